package pairs

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// ownership tells memory that hangs on an object of this package from the insides of other packages, which are judged there.
type ownership struct {
	prefix string
	known  map[domain.Sym]bool
}

func (o *ownership) holds(p *domain.Path) bool {
	if o.sym(p.Root.Type) || p.Root.Kind == domain.Global && o.sym(p.Root.Name) {
		return true
	}
	for _, s := range p.Sel() {
		if o.sym(s.Owner()) {
			return true
		}
	}
	return false
}

func (o *ownership) sym(s domain.Sym) bool {
	if s == 0 {
		return false
	}
	ours, ok := o.known[s]
	if !ok {
		ours = strings.HasPrefix(s.String(), o.prefix)
		o.known[s] = ours
	}
	return ours
}

// madeForOne reports whether a and b touch objects that the activation which leads to them has made, and on its own goroutine: two activations have two objects,
// and one does one thing after the other.
func madeForOne(a, b *Touch) bool {
	return len(a.Made)+len(b.Made) > 0 && a.madeBy(b) && b.madeBy(a) && a.onMakers() && b.onMakers()
}

// madeBy reports whether t touches an object that the functions above it have made: as they do all, or by the name that the other touch knows, or which they have
// put where others find it.
func (t *Touch) madeBy(o *Touch) bool {
	return len(t.Made) > 0 || t.isOwn() || t.Path.Root.Kind == domain.Local && domain.HasSym(o.Made, t.Path.Root.Name)
}

// madeApart reports whether a and b touch two objects since those are made at different places: all that either may be is known.
func madeApart(a, b *Touch) bool {
	as, bs := a.makings(), b.makings()
	return len(a.Made)+len(b.Made) > 0 && len(as) > 0 && len(bs) > 0 && !slices.ContainsFunc(as, func(s domain.Sym) bool { return domain.HasSym(bs, s) })
}

// makings returns the names of the objects of which t may touch a map, none if they are not known. What hangs on their parts they may have in common.
func (t *Touch) makings() []domain.Sym {
	switch {
	case len(t.Path.Sel()) != 1:
		return nil
	case t.Path.Root.Kind == domain.Local:
		return []domain.Sym{t.Path.Root.Name}
	}
	return t.Made
}

// Gathered reports whether t works on an object of a function that has a helper run this on goroutines, and wait. The code speaks for itself where it stands:
// to count it again for each of those goroutines says nothing of which lock the object has, since what holds the lock is told to no caller.
func (t *Touch) Gathered() bool {
	return t.Spawn != nil && t.Spawn.Joined && t.Path.Root.Kind == domain.Local && domain.OfCall(t.Spawn.Site)
}

// onMakers reports whether t runs on the goroutine that has made its object: its caller's, or one on which a callback was called that led to all that.
func (t *Touch) onMakers() bool {
	if t.Site != 0 || t.Spawn != nil && !t.Spawn.Kind.Registered() {
		return false
	}
	return t.Spawn == nil || !slices.ContainsFunc(t.Holder.Makers, func(f *summary.Func) bool { return starts(f, t.Spawn) != nil })
}
