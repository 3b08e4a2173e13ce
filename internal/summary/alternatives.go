package summary

import (
	"go/types"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// Alternatives reports whether the types named a and b, of this package, are two ways to be one interface that it declares: whoever has it has an object of one of them, and
// mostly the program has.
func (r *Result) Alternatives(a, b domain.Sym) bool {
	x, y := r.declared(a), r.declared(b)
	if a == b || x == nil || y == nil {
		return false
	}
	scope := r.u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if iface, ok := tn.Type().Underlying().(*types.Interface); ok && iface.NumMethods() > 0 && types.Implements(x, iface) && types.Implements(y, iface) {
			return true
		}
	}
	return false
}

// declared returns the pointer to the type of that name, nil if the package declares none, or one of interfaces.
func (r *Result) declared(name domain.Sym) types.Type {
	short, ok := strings.CutPrefix(name.String(), r.Path+".")
	if !ok {
		return nil
	}
	tn, ok := r.u.pass.Pkg.Scope().Lookup(short).(*types.TypeName)
	if !ok || types.IsInterface(tn.Type()) {
		return nil
	}
	return types.NewPointer(tn.Type())
}
