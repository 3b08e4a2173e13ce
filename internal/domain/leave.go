package domain

import "slices"

// What of the terms and names of a function its callers see, see Summary.Exported.

// leaving are terms as callers see them.
type leaving struct {
	terms *Terms
	key   ContextKey
}

// leftKey are terms of accesses to memory that the function has made and returns, or to other memory.
type leftKey struct {
	*Terms
	made bool
}

func (s *Summary) left(t leftKey, lasting map[Sym]bool, known map[leftKey]*leaving) *leaving {
	l := known[t]
	if l == nil {
		l = &leaving{terms: t.Terms}
		if s.own(t.Terms, lasting) {
			l.terms = t.Changed(func(terms *Terms) { s.leave(terms, lasting, t.made) })
		}
		l.key = l.terms.Key()
		known[t] = l
	}
	return l
}

// export adapts what a touches to the callers of the function, and reports whether they need it, leaving aside where it happens.
func (s *Summary) export(a *Access) bool {
	early := a.Heard && a.Site == 0
	a.Path, a.Under, a.Kept, a.Heard = s.rename(a.Path), s.outsideAll(a.Under), false, false
	if a.Kind == Out || early {
		return false // callers touch it themselves, or have not got it yet
	}
	return a.Path.Root.Kind != Local && (a.Kind < OperandRead || a.Path.Root.Kind == FreeVar)
}

// own reports whether t holds something of which callers do not know.
func (s *Summary) own(t *Terms, lasting map[Sym]bool) bool {
	over := func(site Sym) bool { return !lasting[site] }
	return t.Site != 0 && over(t.Site) || slices.ContainsFunc(t.Running, over) || slices.ContainsFunc(t.Locks, ofLocal) || slices.ContainsFunc(t.After, isLocal)
}

func isLocal(p Path) bool { return p.Root.Kind == Local }
func ofLocal(l Lock) bool { return l.Path.Root.Kind == Local }

// leave adapts c to the callers of the function whose lasting spawns are given. Callers have no name for a lock in a local variable, of which each call has another
// one; but goroutines of one call that are left running keep each other out by it. Over memory that the call has made it goes by that of its variable still, since what else touches
// that is of the same call.
func (s *Summary) leave(c *Terms, lasting map[Sym]bool, made bool) {
	if c.Site != 0 && !lasting[c.Site] {
		c.Site, c.Many, c.After, c.Forked = 0, false, nil, true
	}
	c.Running = filterSyms(c.Running, lasting)
	if slices.ContainsFunc(c.Locks, ofLocal) {
		var locks Lockset
		for _, l := range c.Locks {
			switch {
			case !localPath(l.Path):
				l.Path = s.outside(l.Path)
				locks = locks.With(l)
			case made && !l.Once:
				l.Path = Of(Root{Kind: Unknown}).Append(l.Path.Root.Name)
				locks = locks.With(l)
			case c.Site != 0 && !l.Once && l.Mode == WriteMode && len(l.Path.Sel()) == 0: // rlockwrite says nothing of others here
				l.Path = Of(Root{Kind: Local, Name: ForEachCall(l.Path.Root.Name)})
				locks = locks.With(l)
			}
		}
		c.Locks = locks
	}
	c.After = s.outsideAll(c.After)
}

// outside names p as callers do: memory that they get as a result by that, other memory of the function as some instance.
func (s *Summary) outside(p Path) Path {
	p = s.rename(p)
	if p.Root.Kind == Local {
		p.Root = Root{Kind: Unknown, Type: p.Root.Type}
	}
	return p
}

func (s *Summary) outsideAll(paths []Path) []Path {
	if !slices.ContainsFunc(paths, isLocal) {
		return paths
	}
	out := make([]Path, 0, len(paths))
	for _, p := range paths {
		if q := s.outside(p); q.Root.Kind != Unknown || q.Loc() != 0 {
			out = append(out, q)
		}
	}
	slices.SortFunc(out, comparePaths)
	return slices.Compact(out)
}

func filterSyms(set []Sym, keep map[Sym]bool) []Sym {
	drop := func(s Sym) bool { return !keep[s] }
	if !slices.ContainsFunc(set, drop) {
		return set
	}
	return slices.DeleteFunc(slices.Clone(set), drop)
}

// rename gives memory that the function returns the name that its callers know.
func (s *Summary) rename(p Path) Path {
	if p.Root.Kind == Local {
		for i := range s.Results {
			if HasSym(s.Results[i].Made, p.Root.Name) {
				p.Root = Root{Kind: Result, Index: int16(i), Type: p.Root.Type}
				break
			}
		}
	}
	return p
}

// localPath reports whether only the function itself can name p.
func localPath(p Path) bool { return p.Root.Kind == Local && p.field() < 0 }

// callsTold returns the calls of supplied functions that callers are told of, and notes whose goroutines they are on as useful to them.
func (s *Summary) callsTold(cut, gathered, lasting, useful map[Sym]bool) (out []FuncCall) {
	for _, c := range s.Calls {
		if cut[c.Site] {
			continue
		}
		if gathered[c.Site] {
			if c.Many && c.Locks.heldLocally() {
				c.Many, c.Listed = false, false // one after another: callers have no name for the lock
			}
			s.leave(&c.Terms, gathered, false)
		} else {
			running := filterSyms(c.Running, gathered)
			s.leave(&c.Terms, lasting, false)
			c.Running = UnionSyms(c.Running, running)
		}
		useful[c.Site] = true
		out = append(out, c)
	}
	return out
}

// spawnsTold returns the spawns that callers are told of: those that gather what they supply, and the lasting ones that are useful to them.
func (s *Summary) spawnsTold(gathered, lasting, useful map[Sym]bool) (out []Spawn) {
	for _, sp := range s.Spawns {
		if gathered[sp.Site] {
			sp.Signals, sp.Joins, sp.Running = nil, nil, filterSyms(sp.Running, gathered)
			out = append(out, sp)
			continue
		}
		relay := len(sp.Signals) > 0 && len(sp.Joins) > 0
		if lasting[sp.Site] && (useful[sp.Site] || sp.Touches || relay) {
			sp.Signals, sp.Joins = s.outsideAll(sp.Signals), s.outsideAll(sp.Joins)
			sp.Running = filterSyms(sp.Running, useful)
			out = append(out, sp)
		}
	}
	return out
}
