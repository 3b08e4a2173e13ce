package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// perCall reports whether each call of the function starts another goroutine like this one: it works on what the call was about, the key that it was
// given. That a function can be called twice says nothing: it may be what starts a service. What such a goroutine does to a package variable is told to no caller, so that it
// counts where it is started, too.
func (t *Touch) perCall() bool {
	return t.Spawn != nil && t.Spawn.Kind == domain.Go && !t.Spawn.Joined && t.Spawn.Turn == 0 && t.keyed() && t.entered() && t.Kind.ContentWrite() &&
		(t.Path.Root.Kind == domain.Param && int(t.Path.Root.Index) != int(t.Key)-1 || t.Path.Root.Kind == domain.Global)
}

// entered reports whether callers of whom nothing is known come to the function of t: by itself, or on the way to a package variable.
func (t *Touch) entered() bool {
	return concurrentEntry(t.Fn) || t.Path.Root.Kind == domain.Global && t.Fn.Entry == summary.NoEntry && t.Fn.Reached.Entry
}

// keyed reports whether an argument, and not the receiver, says which element of the map is meant.
func (t *Touch) keyed() bool {
	first := 1
	if t.Fn.Method {
		first = 2
	}
	return int(t.Key) >= first
}

// enters reports whether t puts what the call is about into the map, under a lock that is there for others: it is called for one thing after another, and what an earlier
// call has started is running then.
func (t *Touch) enters() bool {
	return t.Kind == domain.Write && t.keyed() && int(t.Path.Root.Index) != int(t.Key)-1 &&
		slices.ContainsFunc(t.Locks, func(l domain.Lock) bool { return l.Mode == domain.WriteMode && !l.Maybe && !l.Once })
}

// perRequest reports whether each request starts another goroutine like this one, on memory that all requests have in common: what the handler hangs on. Whether it is waited
// for tells of this request alone. Of an element the requests have each their own, as far as is known, unless the handler starts a goroutine for every one of them.
func (t *Touch) perRequest() bool {
	if t.Fn.Entry != summary.Served || t.Spawn == nil || t.Spawn.Kind != domain.Go || t.Spawn.First {
		return false
	}
	if r := &t.Path.Root; r.Kind != domain.Global && !(r.Kind == domain.Param && r.Index == 0 && t.Fn.Method) {
		return false
	}
	return !hasElements(t.Path.Sel()) || domain.HasSym(t.Spawn.Running, t.Spawn.Site) && !chosen(t.Path.Sel())
}

// chosen reports whether an argument says which element is meant.
func chosen(sel []domain.Sym) bool {
	return slices.ContainsFunc(sel, func(s domain.Sym) bool { _, index := s.Index(); return index })
}
