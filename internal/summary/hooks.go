package summary

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Hooks are maps that are there for tests: a field that is not exported, into which the product puts nothing but nil. What the product does with it where it is
// not nil it does in tests.

// OnlyInTests reports whether the map variable at loc, a field, is nil wherever no test has set it.
func (r *Result) OnlyInTests(loc domain.Sym) bool {
	if r.hooks == nil {
		r.hooks = r.findHooks()
	}
	return r.hooks[loc]
}

// findHooks returns the fields of the package that the product sets, and only ever to nil, or to a parameter that is nil at all calls. Of one that it does not set
// it is not known where it comes from.
func (r *Result) findHooks() map[domain.Sym]bool {
	only, set := map[domain.Sym]bool{}, map[domain.Sym]bool{}
	for _, f := range r.Funcs {
		if f.InTest {
			continue
		}
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				addr, ok := instr.(*ssa.FieldAddr)
				if !ok || !isMap(deref(addr.Type())) || ast.IsExported(fieldOf(addr).Name()) {
					continue
				}
				loc := fieldSym(addr.X.Type(), addr.Field)
				if known, seen := only[loc]; !seen || known {
					only[loc] = r.putsNil(addr)
				}
				set[loc] = set[loc] || setAt(addr)
			}
		}
	}
	maps.DeleteFunc(only, func(loc domain.Sym, is bool) bool { return !is || !set[loc] })
	return only
}

func setAt(addr *ssa.FieldAddr) bool {
	return slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.Store)
		return ok
	})
}

// putsNil reports whether the variable at addr is only read there, or set to nil.
func (r *Result) putsNil(addr *ssa.FieldAddr) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != ssa.Value(addr) || !r.isNil(ref.Val) && !loads(ref.Val, addr) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// loads reports whether v comes out of the same field, of an object that is copied.
func loads(v ssa.Value, addr *ssa.FieldAddr) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	from, ok := load.X.(*ssa.FieldAddr)
	return ok && from.Field == addr.Field && types.Identical(deref(from.X.Type()), deref(addr.X.Type()))
}

// isNil reports whether v is nil, or a parameter that all callers pass as nil, tests aside.
func (r *Result) isNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Parameter:
		return r.passedNil(v)
	}
	return false
}

func (r *Result) passedNil(p *ssa.Parameter) bool {
	fn := p.Parent()
	if ast.IsExported(fn.Name()) || fn.Parent() != nil {
		return false
	}
	at := slices.Index(fn.Params, p)
	for _, f := range r.Funcs {
		if f.SSA == fn && f.Stray {
			return false
		}
		if f.InTest {
			continue
		}
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if !r.callsWithNil(instr, fn, at) {
					return false
				}
			}
		}
	}
	return true
}

// callsWithNil reports whether instr has no other use for fn than to call it with nil as its argument at.
func (r *Result) callsWithNil(instr ssa.Instruction, fn *ssa.Function, at int) bool {
	var ops []*ssa.Value
	uses := 0
	for _, op := range instr.Operands(ops) {
		if *op == ssa.Value(fn) {
			uses++
		}
	}
	if uses == 0 {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok || uses > 1 || call.Common().Value != ssa.Value(fn) {
		return false
	}
	arg, ok := call.Common().Args[at].(*ssa.Const)
	return ok && arg.IsNil()
}
