package summary

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Fact is the summary of an exported function, for the packages that import it. Absence means the default for unknown functions.
type Fact struct {
	Data []byte // see domain.Summary.Encode
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// MarshalBinary returns the encoded summary, for drivers that keep facts as they are.
func (f *Fact) MarshalBinary() ([]byte, error) { return f.Data, nil }

// UnmarshalBinary keeps data, which must not change any more.
func (f *Fact) UnmarshalBinary(data []byte) error {
	f.Data = data
	return nil
}

// String renders the summary for tests.
func (f *Fact) String() string {
	s, err := domain.Decode(f.Data)
	if err != nil {
		return err.Error()
	}
	return s.String()
}

var testNames = []string{"Test", "Benchmark", "Fuzz", "Example"}

// isTest reports whether fn, which stands in a test file, is a test: nobody calls it.
func isTest(fn *types.Func) bool {
	return fn.Signature().Recv() == nil && slices.ContainsFunc(testNames, func(prefix string) bool { return strings.HasPrefix(fn.Name(), prefix) })
}

// exportFact exports the summary of a function that other packages can call.
func (u *unit) exportFact(fn *ssa.Function) {
	for _, m := range u.behind[fn] {
		u.exportAs(m, fn)
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || fn.Parent() != nil || u.inTest(fn) && isTest(obj) {
		return
	}
	u.exportAs(obj, fn)
}

// exportAs exports the summary of fn as that of obj.
func (u *unit) exportAs(obj *types.Func, fn *ssa.Function) {
	sum := u.exported(u.sums[fn]).sum.ForFacts(u.tells)
	sum.Accesses = append(sum.Accesses, u.sums[fn].Openly(isOpen)...)
	sum.Conveyed = u.conveys[obj]
	delete(u.conveys, obj)
	u.export(obj, sum)
}

// isOpen reports whether other packages can name the field at p: it and its type are exported.
func isOpen(p *domain.Path) bool {
	sel := p.Sel()
	return len(sel) == 1 && sel[0].IsField() && token.IsExported(sel[0].Name()) && token.IsExported(sel[0].Owner().Name())
}

func (u *unit) export(obj *types.Func, sum *domain.Summary) {
	if !sum.Empty() || sum.Conveyed != domain.NotConveyed {
		u.pass.ExportObjectFact(obj, &Fact{Data: sum.Encode()})
	}
}

// exportConveyed exports what is known of methods of interfaces but for how they are called: nothing.
func (u *unit) exportConveyed() {
	for m, times := range u.conveys {
		if m.Pkg() == u.pass.Pkg {
			u.export(m, &domain.Summary{Conveyed: times})
		}
	}
}

// indexBehind finds the methods of exported interfaces behind which all that the package has is one type, whose constructor returns the interface: what it does is
// what the interface is for.
func (u *unit) indexBehind() {
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() || tn.IsAlias() || !types.IsInterface(tn.Type()) {
			continue
		}
		iface := tn.Type().Underlying().(*types.Interface)
		only := u.hiddenBehind(tn.Type(), iface)
		for m := range iface.ExplicitMethods() {
			if fn := only[m.Name()]; fn != nil && m.Exported() && m.Pkg() == u.pass.Pkg {
				u.behind[fn] = append(u.behind[fn], m)
			}
		}
	}
}

// hiddenBehind returns the methods, by name, of the only type of the package that implements the interface t, nil if there are several, or if others may have it as
// what it is: it is exported, and no function gives it out as t instead.
func (u *unit) hiddenBehind(t types.Type, iface *types.Interface) map[string]*ssa.Function {
	var only types.Type
	out := map[string]*ssa.Function{}
	for m := range iface.Methods() {
		for _, impl := range u.methods[m.Name()] {
			if u.inTest(impl.fn) || !types.Implements(impl.recv, iface) {
				continue
			}
			if only == nil {
				only = impl.recv
			}
			if !types.Identical(only, impl.recv) {
				return nil
			}
			out[m.Name()] = impl.fn
		}
	}
	if only == nil {
		return nil
	}
	if named, ok := types.Unalias(deref(only)).(*types.Named); !ok || named.Obj().Exported() && (isOffered(only) || !isReturned(u.pass.Pkg, t)) {
		return nil
	}
	return out
}
