package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// sameInstance reports whether a and b, which one function leads to, may touch the same memory, by the names that it has for that, and whether these tell: two objects that it
// has made, or two fields of one, are not the same.
func sameInstance(a, b *Touch) (same, known bool) {
	if a.Fn != b.Fn {
		return false, false
	}
	as, bs := a.named(), b.named()
	known = len(as) > 0 && len(bs) > 0
	for i := range as {
		for j := range bs {
			p, q := as[i].SomeElement(), bs[j].SomeElement()
			p.Root.Type, q.Root.Type = 0, 0
			if p == q {
				return true, true
			}
			known = known && distinct(&p, &q)
		}
	}
	return false, known
}

// Distinct reports whether a and b are known to touch two objects.
func Distinct(a, b *Touch) bool {
	same, known := sameInstance(a, b)
	return known && !same
}

// SameObject is SameMemory, by the names as well that a function has for what it leads to.
func SameObject(a, b *Touch) bool {
	same, _ := sameInstance(a, b)
	return same && (a.Inner || b.Inner) || SameMemory(a, b)
}

// distinct reports whether two names that a function has are of two objects that it has made, or that two variables hold, or of two fields of one.
func distinct(p, q *domain.Path) bool {
	if p.Root != q.Root {
		ours := func(p *domain.Path) bool { return p.Root.Kind == domain.Local || p.Root.Kind == domain.Global }
		return ours(p) && ours(q) && slices.Equal(p.Sel(), q.Sel())
	}
	s, t := p.Sel(), q.Sel()
	if len(s) != len(t) {
		return false
	}
	other := 0
	for i := range s {
		if s[i] != t[i] {
			other++
			if !s[i].IsField() || !t[i].IsField() {
				return false
			}
		}
	}
	return other == 1
}

// named returns what the memory of t may be, as Fn names it; nothing if that is not known.
func (t *Touch) named() []domain.Path {
	switch {
	case t.Path.Root.Kind == domain.Unknown:
		return nil
	case t.Inner:
		return t.At
	}
	return []domain.Path{t.Path}
}
