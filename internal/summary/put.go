package summary

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Who uses an object often says what it wants of it by an interface of its own, and is handed a type of another package, in this one: that is the type behind the
// interface then, though nothing where either is declared says so. What a whole program converts would say it best (rapid type analysis: Bacon and Sweeney, "Fast
// static analysis of C++ virtual function calls", OOPSLA 1996); a package sees what it converts itself.

// putBehind holds the types that functions of this package convert to interfaces. What only tests do counts for them.
type putBehind struct {
	of, inTests map[*types.Named][]types.Type
}

// findPut notes what is converted to interfaces that packages declare whose source is read.
func (u *unit) findPut(funcs []*ssa.Function) {
	u.behindOf = putBehind{of: map[*types.Named][]types.Type{}, inTests: map[*types.Named][]types.Type{}}
	for _, fn := range funcs {
		in := u.behindOf.of
		if u.inTest(fn) {
			in = u.behindOf.inTests
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				mi, ok := instr.(*ssa.MakeInterface)
				if !ok {
					continue
				}
				iface, ok := types.Unalias(mi.Type()).(*types.Named)
				if _, none := mi.X.(*ssa.Const); none || !ok || !isRead(iface) || !isRead(deref(mi.X.Type())) || declaresBoth(iface, mi.X.Type()) || u.goesAway(mi) {
					continue
				}
				if t := mi.X.Type(); !slices.ContainsFunc(in[iface], func(o types.Type) bool { return types.Identical(o, t) }) {
					in[iface] = append(in[iface], t)
				}
			}
		}
	}
}

// declaresBoth reports whether the package of the interface has the type, too: which of those that it has is behind a value, it knows best.
func declaresBoth(iface *types.Named, t types.Type) bool {
	return types.Unalias(deref(t)).(*types.Named).Obj().Pkg() == iface.Obj().Pkg()
}

// goesAway reports whether the value is only handed to other packages: what they give back may be dressed, with a lock above all.
func (u *unit) goesAway(mi *ssa.MakeInterface) bool {
	for _, ref := range *mi.Referrers() {
		call, ok := ref.(ssa.CallInstruction)
		if !ok || call.Common().IsInvoke() && call.Common().Value == mi {
			return false
		}
		if obj := calledByName(call.Common()); obj == nil || obj.Pkg() == u.pass.Pkg {
			return false
		}
	}
	return true
}

// isRead reports whether t is declared, and its source is read.
func isRead(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.TypeParams().Len() == 0 && named.Obj().Pkg() != nil && !Unread(named.Obj().Pkg().Path())
}

// types returns the types put behind an interface, none if there are more than are followed.
func (p *putBehind) types(iface *types.Named, test bool) []types.Type {
	put := p.of[iface]
	if test {
		put = append(slices.Clone(put), p.inTests[iface]...)
	}
	if len(put) > maxImpls {
		return nil
	}
	return put
}

// put returns the methods that a call reaches in what is put behind its interface.
func (u *unit) put(c *ssa.CallCommon, test bool) (out []*types.Func) {
	iface, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok {
		return nil
	}
	for _, t := range u.behindOf.types(iface, test) {
		if m := methodNamed(t, c.Method.Pkg(), c.Method.Name()); m != nil && !types.IsInterface(m.Signature().Recv().Type()) {
			out = append(out, m)
		}
	}
	return out
}

// putHere returns those of put that this package declares.
func (u *unit) putHere(c *ssa.CallCommon, test bool) (out []*ssa.Function) {
	for _, m := range u.put(c, test) {
		if fn := u.pkg.Prog.FuncValue(m); fn != nil && m.Pkg() == u.pass.Pkg {
			out = append(out, fn)
		}
	}
	return out
}

// putThere registers the methods of an object of one package, which this one hands to another as an interface that is declared there: how that calls them, its
// facts tell. Those of this package's own objects are known by findGiven.
func (f *function) putThere(st *state, mi *ssa.MakeInterface, out *collector) {
	iface, ok := types.Unalias(mi.Type()).(*types.Named)
	if !ok || iface.Obj().Pkg() == f.u.pass.Pkg || !isRead(iface) || !isRead(deref(mi.X.Type())) || f.u.inTest(f.fn) {
		return
	}
	if of := types.Unalias(deref(mi.X.Type())).(*types.Named); of.Obj().Pkg() == f.u.pass.Pkg || declaresBoth(iface, of) {
		return
	}
	for m := range iface.Underlying().(*types.Interface).Methods() {
		e, ok := f.u.conveyedTo(m)
		if !ok {
			continue
		}
		if fn := methodNamed(mi.X.Type(), f.u.pass.Pkg, m.Name()); fn != nil {
			f.begin(st, target{obj: fn, args: []ssa.Value{mi.X}}, cmp.Or(mi.Pos(), mi.X.Pos()), e, 0, out)
		}
	}
}
