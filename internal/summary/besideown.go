package summary

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// besideOwn reports whether a, an access of a callee on its caller's goroutine, runs beside one of a goroutine that the callee has started, to the same memory. What
// the caller has for itself up to the call it does not have there: a constructor that has a method start the worker, which goes on with the map.
//
// That the callee has given the memory to some goroutine is not enough: it starts others, before it does, which run as well.
func (u *unit) besideOwn(callee *domain.Summary, a *domain.Access) bool {
	if len(a.Running) == 0 {
		return false
	}
	meets := func(b *domain.Access) bool {
		return domain.Conflict(a.Kind, b.Kind) && a.Path.SomeElement() == b.Path.SomeElement()
	}
	for i := range callee.Accesses {
		if b := &callee.Accesses[i]; b.Site != 0 && meets(b) && domain.HasSym(a.Running, b.Site) {
			return true
		}
	}
	// What holds the lock of its map is not told of where it is called, and handlers speak for themselves: it is looked up in the method.
	own := domain.Of(a.Path.Root)
	return a.Path.Root.Kind == domain.Param && a.Path.Root.Index == 0 && domain.HasPath(callee.Publishes, own) && slices.ContainsFunc(callee.Spawns, func(sp domain.Spawn) bool {
		return domain.HasSym(a.Running, sp.Site) && slices.ContainsFunc(u.accessesOfMethod(sp.Func.String()), func(b domain.Access) bool { return b.Site == 0 && meets(&b) })
	})
}

// accessesOfMethod returns those of the method of that name, none if there is no such method in this package.
func (u *unit) accessesOfMethod(name string) []domain.Access {
	_, short, _ := strings.Cut(name, ".")
	for _, m := range u.methods[short] {
		if sum := u.sums[m.fn]; sum != nil && u.name(m.fn) == name {
			return sum.Accesses
		}
	}
	return nil
}
