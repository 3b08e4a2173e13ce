package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Memos: a function that is asked for something looks it up in a table of the package, and where it is missing makes it and keeps it there. There is one such table,
// whoever asks, and those who ask have no way to know of it, let alone to lock it. What fills a registry is different: it is told what to put there.
// A table in an object is one for all if the package has one such object. What a function goes over and empties then is a batch, which whoever has gathered it sends off: a second
// one who gathers at the same time would have his things sent too early, so that there is none.

var contextType = domain.Intern("context.Context")

// findMemos finds the package variables, and the fields, whose map fn fills on the way to an answer.
func (u *unit) findMemos(fn *ssa.Function) {
	if isSetup(fn) || u.inTest(fn) {
		return
	}
	looked := map[domain.Sym][]*ssa.Lookup{}
	ranged := map[domain.Sym]bool{}
	eachInstr(fn, func(instr ssa.Instruction) {
		if made, ok := instr.(*ssa.Alloc); ok && isStruct(deref(made.Type())) && !isKept(made) {
			u.makes(deref(made.Type()))
		}
		if l, ok := instr.(*ssa.Lookup); ok {
			if at := u.tableOf(l.X); at != 0 {
				looked[at] = append(looked[at], l)
			}
		}
		if r, ok := instr.(*ssa.Range); ok {
			ranged[u.tableOf(r.X)] = true
		}
	})
	if len(ranged) > 0 {
		eachInstr(fn, func(instr ssa.Instruction) {
			if at := u.emptied(instr); at != 0 && ranged[at] {
				u.batches[at] = true
			}
		})
	}
	if len(looked) == 0 {
		return
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		up, ok := instr.(*ssa.MapUpdate)
		if !ok {
			return
		}
		at := u.tableOf(up.Map)
		if at == 0 || isGiven(up.Value) {
			return
		}
		for _, l := range looked[at] {
			if (answers(fn, up.Value.Type()) || answersBy(l, maxAnswer)) && sameValue(l.Index, up.Key) && decides(l, up.Block(), maxTests) {
				u.memos[at] = true
			}
		}
	})
}

// maxAnswer bounds the steps from what was found to the answer: a call of one of its methods, a field, what it holds under another key.
const maxAnswer = 6

// answersBy reports whether what the function returns is had by way of v.
func answersBy(v ssa.Value, steps int) bool {
	return steps > 0 && slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Return:
			return true
		case *ssa.Call:
			return (ref.Call.Value == v || len(ref.Call.Args) > 0 && ref.Call.Args[0] == v) && answersBy(ref, steps-1)
		case *ssa.Extract:
			return ref.Index == 0 && answersBy(ref, steps-1)
		case *ssa.Phi, *ssa.FieldAddr, *ssa.Field, *ssa.Lookup, *ssa.IndexAddr, *ssa.TypeAssert:
			return answersBy(ref.(ssa.Value), steps-1)
		case *ssa.UnOp:
			return ref.Op == token.MUL && answersBy(ref, steps-1)
		}
		return false
	})
}

// makes notes that an object of a struct type is made, with those that are parts of it.
func (u *unit) makes(t types.Type) {
	if sym := typeSym(t); sym != 0 {
		if u.elsewhere[sym] {
			return
		}
		u.elsewhere[sym] = true
	}
	for field := range t.Underlying().(*types.Struct).Fields() {
		if isStruct(field.Type()) {
			u.makes(field.Type())
		}
	}
}

// isKept reports whether what is made is put into a package variable.
func isKept(made *ssa.Alloc) bool {
	return slices.ContainsFunc(*made.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		if !ok || st.Val != ssa.Value(made) {
			return false
		}
		_, ok = st.Addr.(*ssa.Global)
		return ok
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
			// What goes over the elements found asks for nothing, and what dies of one that is found registers it.
			return b != to && b.Dominates(to) && !slices.ContainsFunc(b.Preds, b.Dominates) && !slices.ContainsFunc(b.Succs, dies)
		case *ssa.Extract, *ssa.BinOp, *ssa.UnOp, *ssa.Call, *ssa.Phi:
			return decides(ref.(ssa.Value), to, steps-1)
		}
		return false
	})
}

// dies reports whether nothing returns from the block, which goes nowhere else.
func dies(b *ssa.BasicBlock) bool {
	_, returns := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	return len(b.Succs) == 0 && !returns
}

// tableOf returns the location that the map v is loaded from, 0 if that is neither a package variable of this package nor a field of an object which one holds, or which
// a method is called on.
func (u *unit) tableOf(v ssa.Value) domain.Sym {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return 0
	}
	return u.tableAt(load.X)
}

// emptied returns the location of the table that instr leaves with nothing in it, 0 if there is none.
func (u *unit) emptied(instr ssa.Instruction) domain.Sym {
	switch instr := instr.(type) {
	case *ssa.Store:
		if _, ok := instr.Val.(*ssa.MakeMap); ok {
			return u.tableAt(instr.Addr)
		}
	case *ssa.Call:
		if b, ok := instr.Call.Value.(*ssa.Builtin); ok && b.Name() == "clear" {
			return u.tableOf(instr.Call.Args[0])
		}
	}
	return 0
}

// tableAt is tableOf, of the address of the map.
func (u *unit) tableAt(addr ssa.Value) domain.Sym {
	if !IsMap(deref(addr.Type())) {
		return 0
	}
	switch at := addr.(type) {
	case *ssa.Global:
		if at.Pkg == u.pkg {
			return variableSym(at)
		}
	case *ssa.FieldAddr:
		object := at.X
		if l, ok := object.(*ssa.UnOp); ok {
			object = l.X
		}
		g, ofPackage := object.(*ssa.Global)
		p, ofCaller := object.(*ssa.Parameter)
		if ofPackage && g.Pkg == u.pkg || ofCaller && p.Parent().Signature.Recv() != nil && p == p.Parent().Params[0] {
			return fieldSym(at.X.Type(), at.Field)
		}
	}
	return 0
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

// Memo returns the location of the map at p, if functions fill that on the way to an answer, whoever asks; 0 if not. A field of what a package variable holds is one
// for all who come by the variable; for who calls a method it is if the package has one variable of the type, and makes no other.
func (r *Result) Memo(p *domain.Path) domain.Sym {
	switch sel := p.Sel(); {
	case len(sel) == 0 && p.Root.Kind == domain.Global && r.u.isMemo(p.Root.Name):
		return p.Root.Name
	case len(sel) != 1 || !r.u.isMemo(p.Loc()):
	case p.Root.Kind == domain.Global:
		return p.Loc() // whatever else of the type there is
	case p.Root.Kind == domain.Param && r.Single[p.Root.Type] != 0 && !r.u.elsewhere[p.Root.Type]:
		return p.Loc()
	}
	return 0
}

func (u *unit) isMemo(at domain.Sym) bool { return u.memos[at] && !u.batches[at] }
