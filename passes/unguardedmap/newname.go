package unguardedmap

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/edit"
)

// nameFor chooses the name of a new lock as the package names its locks: mu, or sessionsMu where that is taken.
func (m *mender) nameFor(l *newLock) string {
	short, ending := edit.LockName(m.sections())
	obj := l.maps[0]
	for i := 0; ; i++ {
		name := short
		if i > 0 {
			name = obj.Name() + ending
		}
		if i > 1 {
			name += fmt.Sprint(i)
		}
		key := fmt.Sprint(l.scope(m), "|", name)
		if !m.names[key] && !m.names[fmt.Sprint(m.pass.Pkg.Path(), "|", name)] && !m.taken(l, obj, name) {
			m.names[key] = true
			return name
		}
	}
}

// scope tells the places apart where names of locks must differ.
func (l *newLock) scope(m *mender) string {
	switch {
	case l.owner != nil:
		return l.owner.Name()
	case l.local(m):
		return fmt.Sprint(m.sections().Declared(m.sections().At(l.maps[0].Pos())).Node.Pos())
	}
	return m.pass.Pkg.Path()
}

func (l *newLock) local(m *mender) bool {
	return !l.maps[0].IsField() && l.maps[0].Parent() != m.pass.Pkg.Scope()
}

// taken reports whether a name means something already where the lock is declared or used.
func (m *mender) taken(l *newLock, obj *types.Var, name string) bool {
	if l.owner != nil {
		found, _, _ := types.LookupFieldOrMethod(types.NewPointer(l.owner.Type()), true, m.pass.Pkg, name)
		return found != nil || m.embedsOwner(l.owner, name)
	}
	if !l.local(m) && m.pass.Pkg.Scope().Lookup(name) != nil {
		return true
	}
	return slices.ContainsFunc(l.uses, func(u *edit.Use) bool { return u.Knows(m.sections(), name) })
}

// embedsOwner reports whether a struct that embeds the owner has the name already: the new field would be hidden behind it, or make it ambiguous.
func (m *mender) embedsOwner(owner types.Object, name string) bool {
	for id, def := range m.pass.TypesInfo.Defs {
		t, ok := def.(*types.TypeName)
		if !ok || id.Name == owner.Name() {
			continue
		}
		st, ok := t.Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		embeds := slices.ContainsFunc(slices.Collect(st.Fields()), func(f *types.Var) bool {
			return f.Embedded() && m.is(f.Type(), m.pass.Pkg.Path()+"."+owner.Name())
		})
		if found, _, _ := types.LookupFieldOrMethod(types.NewPointer(t.Type()), true, m.pass.Pkg, name); embeds && found != nil {
			return true
		}
	}
	return false
}

// of names the maps for the message of the fix.
func (l *newLock) of() string {
	var names []string
	for _, v := range l.maps {
		name := v.Name()
		if l.owner != nil {
			name = l.owner.Name() + "." + name
		}
		names = append(names, name)
	}
	slices.Sort(names)
	if fixWith.to != 0 {
		return fmt.Sprintf("make %s %s", strings.Join(names, " and "), target())
	}
	return fmt.Sprintf("guard %s by a new lock, %s", strings.Join(names, " and "), l.name)
}

// rank has package variables choose their names before local ones, which would hide them.
func (l *newLock) rank(m *mender) int {
	if l.local(m) {
		return 1
	}
	return 0
}
