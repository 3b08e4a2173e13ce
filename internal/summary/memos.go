package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Memos: a function that is asked for something looks it up in a table of the package, and where it is missing makes it and keeps it there. There is one such table,
// whoever asks, and those who ask have no way to know of it, let alone to lock it. What fills a registry is different: it is told what to put there.

var contextType = domain.Intern("context.Context")

// findMemos finds the package variables whose map fn fills on the way to an answer.
func (u *unit) findMemos(fn *ssa.Function) {
	if isSetup(fn) || u.inTest(fn) {
		return
	}
	looked := map[*ssa.Global][]*ssa.Lookup{}
	eachInstr(fn, func(instr ssa.Instruction) {
		if l, ok := instr.(*ssa.Lookup); ok {
			if g := u.tableOf(l.X); g != nil {
				looked[g] = append(looked[g], l)
			}
		}
	})
	if len(looked) == 0 {
		return
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		up, ok := instr.(*ssa.MapUpdate)
		if !ok {
			return
		}
		g := u.tableOf(up.Map)
		if g == nil || isGiven(up.Value) || !answers(fn, up.Value.Type()) {
			return
		}
		for _, l := range looked[g] {
			if sameValue(l.Index, up.Key) && decides(l, up.Block(), maxTests) {
				u.memos[variableSym(g)] = true
			}
		}
	})
}

// maxTests bounds the steps from what was found to the branch on it: a comparison, a negation.
const maxTests = 4

// decides reports whether a branch on v comes on every way to a block: what was not found is made there.
func decides(v ssa.Value, to *ssa.BasicBlock, steps int) bool {
	return steps > 0 && slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.If:
			b := ref.Block()
			return b != to && b.Dominates(to) && !slices.ContainsFunc(b.Preds, b.Dominates) // what goes over the elements found asks for nothing
		case *ssa.Extract, *ssa.BinOp, *ssa.UnOp, *ssa.Call, *ssa.Phi:
			return decides(ref.(ssa.Value), to, steps-1)
		}
		return false
	})
}

// tableOf returns the package variable of this package that the map v is loaded from, nil if it is from elsewhere.
func (u *unit) tableOf(v ssa.Value) *ssa.Global {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return nil
	}
	g, ok := load.X.(*ssa.Global)
	if !ok || g.Pkg != u.pkg || !isMap(load.Type()) {
		return nil
	}
	return g
}

func eachInstr(fn *ssa.Function, do func(ssa.Instruction)) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			do(instr)
		}
	}
}

// isGiven reports whether v is what the caller has passed.
func isGiven(v ssa.Value) bool {
	switch v := unwrap(v).(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		return ok && onlyParameter(alloc) != nil
	}
	return false
}

// sameValue reports whether a and b are one value, or loads of one field.
func sameValue(a, b ssa.Value) bool {
	if a == b {
		return true
	}
	x, ok := a.(*ssa.UnOp)
	if !ok {
		return false
	}
	y, ok := b.(*ssa.UnOp)
	if !ok {
		return false
	}
	p, ok := x.X.(*ssa.FieldAddr)
	if !ok {
		return x.X == y.X
	}
	q, ok := y.X.(*ssa.FieldAddr)
	return ok && p.Field == q.Field && p.X == q.X
}

// answers reports whether fn is asked for something: it returns what is kept in the table, or it works on a request, which is one of several.
func answers(fn *ssa.Function, kept types.Type) bool {
	results := fn.Signature.Results()
	for i := range results.Len() {
		if types.Identical(results.At(i).Type(), kept) {
			return true
		}
	}
	params := fn.Signature.Params()
	for i := range params.Len() {
		if t := params.At(i).Type(); types.IsInterface(t) && typeSym(t) == contextType {
			return true
		}
	}
	return false
}

// Memo returns the package variable that the memory at p is the map of, if functions fill that on the way to an answer; 0 if not.
func (r *Result) Memo(p *domain.Path) domain.Sym {
	if p.Root.Kind == domain.Global && len(p.Sel()) == 0 && r.u.memos[p.Root.Name] {
		return p.Root.Name
	}
	return 0
}
