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

// conversions holds the types that functions of this package convert to interfaces. What only tests do counts for them.
type conversions struct {
	of, inTests map[*types.Named][]types.Type
}

// findConversions notes what is converted to interfaces, and kept here.
func (u *unit) findConversions(funcs []*ssa.Function) {
	u.conversions = conversions{of: map[*types.Named][]types.Type{}, inTests: map[*types.Named][]types.Type{}}
	for _, fn := range funcs {
		in := u.conversions.of
		if u.inTest(fn) {
			in = u.conversions.inTests
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				mi, ok := instr.(*ssa.MakeInterface)
				if !ok {
					continue
				}
				iface, of := converts(mi)
				if of == nil || u.goesAway(mi) {
					continue
				}
				in[iface] = withType(in[iface], mi.X.Type())
			}
		}
	}
}

// converts returns the interface, and the type that mi converts to it, if both are declared in packages that are read, and in two: which of the types that it has itself is
// behind a value, the package of the interface knows best.
func converts(mi *ssa.MakeInterface) (iface, of *types.Named) {
	if _, none := mi.X.(*ssa.Const); none {
		return nil, nil
	}
	iface, _ = types.Unalias(mi.Type()).(*types.Named)
	of, _ = types.Unalias(deref(mi.X.Type())).(*types.Named)
	if !isRead(iface) || !isRead(of) || iface.Obj().Pkg() == of.Obj().Pkg() {
		return nil, nil
	}
	return iface, of
}

// isRead reports whether t is declared in a package whose source is read.
func isRead(t *types.Named) bool {
	return t != nil && t.TypeParams().Len() == 0 && t.Obj().Pkg() != nil && !Unread(t.Obj().Pkg().Path())
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

// types returns the types that are converted to an interface, none if there are more than are followed.
func (c *conversions) types(iface *types.Named, test bool) []types.Type {
	out := c.of[iface]
	if test {
		out = slices.Clip(out)
		for _, t := range c.inTests[iface] {
			out = withType(out, t)
		}
	}
	if len(out) > maxImpls {
		return nil
	}
	return out
}

func withType(set []types.Type, t types.Type) []types.Type {
	if slices.ContainsFunc(set, func(o types.Type) bool { return types.Identical(o, t) }) {
		return set
	}
	return append(set, t)
}

// converted returns the methods that a call reaches of what is converted to its interface.
func (u *unit) converted(c *ssa.CallCommon, test bool) (out []*types.Func) {
	iface, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok {
		return nil
	}
	for _, t := range u.conversions.types(iface, test) {
		if m := methodNamed(t, c.Method.Pkg(), c.Method.Name()); m != nil && !types.IsInterface(m.Signature().Recv().Type()) {
			out = append(out, m)
		}
	}
	return out
}

// convertedHere returns those of converted that this package declares.
func (u *unit) convertedHere(c *ssa.CallCommon, test bool) (out []*ssa.Function) {
	for _, m := range u.converted(c, test) {
		if fn := u.pkg.Prog.FuncValue(m); fn != nil && m.Pkg() == u.pass.Pkg {
			out = append(out, fn)
		}
	}
	return out
}

// registerConverted registers the methods of an object of one package, which this one hands to another as an interface that is declared there: how that calls them, its
// facts tell. Those of this package's own objects are known by findGiven.
func (f *function) registerConverted(st *state, mi *ssa.MakeInterface, out *collector) {
	iface, of := converts(mi)
	if of == nil || iface.Obj().Pkg() == f.u.pass.Pkg || of.Obj().Pkg() == f.u.pass.Pkg || f.u.inTest(f.fn) {
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
