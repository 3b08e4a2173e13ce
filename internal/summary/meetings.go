package summary

import (
	"go/types"

	"github.com/mapguard/mapguard/internal/domain"
)

// Meetings: what is in a map may say what the map is for. Goroutines meet at mutexes and channels, so that a table of those is looked up by several. A table of
// channels may be filled before anybody uses it, as a registry is; where entries go, too, it is in use meanwhile.

// meeting is what a map has in it.
type meeting uint8

const (
	noMeeting meeting = iota
	atChannel
	atMutex
)

// findMeetings finds the fields and package variables with such a map.
func (u *unit) findMeetings() {
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		switch obj := scope.Lookup(name).(type) {
		case *types.Var:
			u.noteMeeting(domain.Intern(u.pass.Pkg.Path()+"."+name), obj.Type())
		case *types.TypeName:
			st, ok := obj.Type().Underlying().(*types.Struct)
			if !ok || obj.IsAlias() {
				continue
			}
			for i := range st.NumFields() {
				u.noteMeeting(fieldSym(obj.Type(), i), st.Field(i).Type())
			}
		}
	}
}

func (u *unit) noteMeeting(loc domain.Sym, t types.Type) {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return
	}
	if at := max(meetingAt(m.Key(), maxReach), meetingAt(m.Elem(), maxReach)); at != noMeeting {
		u.meetings[loc] = at
	}
}

// meetingAt returns what t is, or is a list or map of, at most depth within each other. A channel that carries nothing but a yes tells a goroutine to stop, mostly, and those who start and stop
// goroutines are often one.
func meetingAt(t types.Type, depth int) meeting {
	if depth == 0 {
		return noMeeting
	}
	switch t := t.Underlying().(type) {
	case *types.Chan:
		if carries(t.Elem()) {
			return atChannel
		}
		return noMeeting
	case *types.Slice:
		return meetingAt(t.Elem(), depth-1)
	case *types.Map:
		return max(meetingAt(t.Key(), depth-1), meetingAt(t.Elem(), depth-1))
	}
	if s := typeSym(t); s == mutexType || s == rwMutexType {
		return atMutex
	}
	return noMeeting
}

var mutexType, rwMutexType = domain.Intern("sync.Mutex"), domain.Intern("sync.RWMutex")

func carries(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Struct:
		return t.NumFields() > 0
	case *types.Basic:
		return t.Kind() != types.Bool
	}
	return true
}

// Meets reports whether what is in the map at p says that it is for several goroutines; in use, if it says so only of one from which things are deleted.
func (r *Result) Meets(p *domain.Path) (meets, inUse bool) {
	at := r.u.meetings[p.Loc()]
	return at != noMeeting, at == atChannel
}
