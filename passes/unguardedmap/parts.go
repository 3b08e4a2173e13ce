package unguardedmap

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/mapguard/mapguard/internal/edit"
)

// part returns the lock of a map: that of its own where the maps of the struct can't all be put under one.
func (l *newLock) part(obj *types.Var) *newLock {
	if p := l.parts[obj]; p != nil {
		return p
	}
	return l
}

// divide gives the maps of a struct locks of their own, if one of them is in the way of a common lock. Maps that one function touches stay together: they
// may have to fit each other.
func (m *mender) divide(l *newLock) {
	var parts []*newLock
	for i, obj := range l.maps {
		to := &newLock{owner: l.owner, racy: l.racy}
		for _, p := range slices.Clone(parts) {
			if slices.ContainsFunc(p.maps, func(o *types.Var) bool { return m.touchedTogether(obj, o) }) {
				to.maps, to.decls = append(to.maps, p.maps...), append(to.decls, p.decls...)
				parts = slices.DeleteFunc(parts, func(q *newLock) bool { return q == p })
			}
		}
		to.maps, to.decls = append(to.maps, obj), append(to.decls, l.decls[i])
		parts = append(parts, to)
	}
	if len(parts) == 1 {
		return
	}
	l.parts = map[*types.Var]*newLock{}
	for _, p := range parts {
		m.gather(p)
		m.take(p)
		for _, obj := range p.maps {
			l.parts[obj] = p
		}
	}
	for _, p := range parts {
		m.make(p)
	}
}

// touchedTogether reports whether some function touches both maps, other than to make them.
func (m *mender) touchedTogether(a, b *types.Var) bool {
	in := m.touching(a)
	return slices.ContainsFunc(m.touching(b), func(fn ast.Node) bool { return slices.Contains(in, fn) })
}

// touching returns the declared functions that touch a map, other than to make it.
func (m *mender) touching(obj *types.Var) (out []ast.Node) {
	for _, u := range m.uses(obj) {
		if u.Sets() || u.Unpublished(m.sections()) {
			continue
		}
		if fn := m.sections().Declared(m.sections().At(u.Expr.Pos())); fn != nil {
			out = append(out, fn.Node)
		}
	}
	return out
}

// take says that the accesses under l are going to take it.
func (m *mender) take(l *newLock) {
	for _, h := range l.holds {
		m.takeFor(h)
	}
}

func (m *mender) takeFor(h *edit.Hold) {
	for _, s := range h.Sites {
		m.sections().Take(h, s.Node, m.sections().Declared(m.sections().At(s.Node.Pos())))
	}
}
