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

// findHooks returns the fields of the package that the product sets to a parameter which is nil at all calls, and else at most to nil. Of one that it only sets to nil
// it is not known where the map comes from.
func (r *Result) findHooks() map[domain.Sym]bool {
	only, set := map[domain.Sym]bool{}, map[domain.Sym]bool{}
	for _, f := range r.Funcs {
		if f.InTest {
			continue
		}
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				addr, ok := instr.(*ssa.FieldAddr)
				if !ok || !IsMap(deref(addr.Type())) || ast.IsExported(fieldOf(addr).Name()) {
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

// setAt reports whether the field is set there to what callers pass.
func setAt(addr *ssa.FieldAddr) bool {
	return slices.ContainsFunc(*addr.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		if !ok {
			return false
		}
		_, ok = st.Val.(*ssa.Parameter)
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
	at, calls := slices.Index(fn.Params, p), 0
	for _, f := range r.Funcs {
		if f.InTest {
			continue
		}
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				n, ok := callsWithNil(instr, fn, at)
				if !ok {
					return false
				}
				calls += n
			}
		}
	}
	return calls > 0 // of a function that the product does not call it is not known for whom it is
}

// callsWithNil returns how often instr calls fn; ok is false if that is with something else than nil as the argument at, or if instr has another use for fn.
func callsWithNil(instr ssa.Instruction, fn *ssa.Function, at int) (n int, ok bool) {
	uses := 0
	for _, op := range instr.Operands(nil) {
		if *op == ssa.Value(fn) {
			uses++
		}
	}
	if uses == 0 {
		return 0, true
	}
	call, isCall := instr.(ssa.CallInstruction)
	if !isCall || uses > 1 || call.Common().Value != ssa.Value(fn) {
		return 0, false
	}
	arg, isConst := call.Common().Args[at].(*ssa.Const)
	return 1, isConst && arg.IsNil()
}
