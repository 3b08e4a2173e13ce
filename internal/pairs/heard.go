package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// hearers are the functions that have captured what some function has made, and that others have.
type hearers struct {
	pool  *Pool
	names []domain.Sym
	below map[*summary.Func]bool // they and what they lead to, once asked for
}

// heardKey is memory that f has made.
type heardKey struct {
	f    *summary.Func
	name domain.Sym
}

// hearersOf returns those of the memory of a, which f has made; nil if others have it, too.
func (p *Pool) hearersOf(a *domain.Access, f *summary.Func) *hearers {
	if !a.Heard {
		return nil
	}
	key := heardKey{f, a.Path.Root.Name}
	h := p.hearers[key]
	if h == nil {
		h = &hearers{pool: p, names: f.Summary.Hearers[key.name]}
		p.hearers[key] = h
	}
	return h
}

// keptFrom reports whether t touches what its function has made and given to goroutines of its own alone, of which o is none, nor in that function beside t; or to functions, too, that
// don't lead to o.
func (t *Touch) keptFrom(o *Touch) bool {
	switch {
	case t.Heard:
		return (o.Spawn == nil || starts(t.Holder, o.Spawn) == nil) && !t.toldBy(o)
	case !t.Kept:
		return false
	case t.besideRequests(o):
		return false
	case o.Spawn == nil:
		return t.Spawn == nil || t.Spawn.Joined && o.Holder != t.Holder && !o.during(t) || t.Starter && o.ofStrangers()
	}
	return starts(t.Holder, o.Spawn) == nil
}

// ofStrangers reports whether t is in a function that only other packages call, and touches what they have: none of it is what a function here has kept to its goroutines.
func (t *Touch) ofStrangers() bool {
	return t.Holder == t.Fn && !t.Fn.Called && (t.Fn.Entry == summary.Exported || t.Fn.Entry == summary.Uncalled) && t.Path.Root.Kind == domain.Param
}

// besideRequests reports whether o is in a handler that the function of t has made one, and that may be called by then.
func (t *Touch) besideRequests(o *Touch) bool {
	if o.Spawn != nil || o.Fn.Entry != summary.Served {
		return false
	}
	name := domain.Intern(o.Fn.Name)
	return slices.ContainsFunc(t.Holder.Summary.Spawns, func(sp domain.Spawn) bool {
		return sp.Kind == domain.Handler && sp.Func == name && t.runs(sp.Site)
	})
}

// toldBy reports whether o may touch what t does, which functions have captured that others have by then: in one of them, or in what one leads to.
func (t *Touch) toldBy(o *Touch) bool {
	if t.hearers == nil || len(t.hearers.names) == 0 {
		return false
	}
	return slices.ContainsFunc(o.Chain, func(f domain.Frame) bool { return domain.HasSym(t.hearers.names, f.Func) }) || t.hearers.lead(o.Holder)
}

// lead reports whether f is one of the functions, or something that they call, or start.
func (h *hearers) lead(f *summary.Func) bool {
	if h.below == nil {
		h.below = map[*summary.Func]bool{}
		for _, name := range h.names {
			h.add(h.pool.named(name))
		}
	}
	return h.below[f]
}

func (h *hearers) add(funcs []*summary.Func) {
	for _, f := range funcs {
		if !h.below[f] {
			h.below[f] = true
			h.add(h.pool.calls[f])
		}
	}
}

// named returns the functions of that name, of which there are several if an init function is one.
func (p *Pool) named(name domain.Sym) []*summary.Func {
	if p.byName == nil {
		p.byName, p.calls = map[domain.Sym][]*summary.Func{}, map[*summary.Func][]*summary.Func{}
		for _, f := range p.res.Funcs {
			name := domain.Intern(f.Name)
			p.byName[name] = append(p.byName[name], f)
			for _, c := range f.Callers {
				p.calls[c.Fn] = append(p.calls[c.Fn], f)
			}
		}
	}
	return p.byName[name]
}
