package summary

import "github.com/mapguard/mapguard/internal/domain"

// A goroutine has several parts: one up to its first signal, and one after each. Whoever waits for a signal is ordered after the part before it, and not after those behind, which run on.

// variant returns the spawn that stands for the part of the goroutine after it has signalled the keys: whoever waits for one of them is not
// ordered after that part. Most goroutines have one part.
func (s *spawning) variant(after []domain.Path) domain.Sym {
	site := s.siteAfter(after)
	sp := s.f.spawns[site]
	if sp == nil {
		sp = &domain.Spawn{Site: site, Pos: s.pos, Kind: s.kind, When: s.when, First: s.first, Several: s.several}
		s.f.spawns[site] = sp
		s.noteStart(site)
	}
	sp.Func, sp.Again, sp.Turn, sp.From = s.name, s.again, s.turn, s.from
	sp.Touches = sp.Touches || s.touches
	sp.Running = domain.UnionSyms(sp.Running, s.running)
	sp.When = domain.MeetSyms(sp.When, s.when)
	sp.Joins = domain.UnionPaths(sp.Joins, s.joins)
	for _, k := range s.signals {
		if !domain.HasPath(after, k) {
			sp.Signals = domain.InsertPath(sp.Signals, k)
		}
	}
	return site
}

// siteAfter names the part. To spell the name takes longer than all else.
func (s *spawning) siteAfter(after []domain.Path) domain.Sym {
	if after = without(after, s.past); len(after) == 0 {
		return s.site
	}
	key := placeOf(after)
	if site, ok := s.parts.get(key); ok {
		return site
	}
	return s.parts.put(key, domain.After(s.site, after))
}

// nowRunning adds the goroutine, its later parts, and what it leaves running itself.
func (f *function) nowRunning(st *state, s *spawning, sum *domain.Summary, e *env) {
	st.fresh = nil
	st.running = domain.InsertSym(st.running, s.variant(nil))
	f.laterParts(st, s, sum, e)
	st.running = domain.UnionSyms(st.running, f.left(sum, e))
}

// left returns the goroutines that a callee leaves running.
func (f *function) left(sum *domain.Summary, e *env) (sites []domain.Sym) {
	exported := f.u.exported(sum).sum
	for i := range exported.Spawns {
		if sp := &exported.Spawns[i]; !sp.Kind.Registered() && !sp.Joined {
			sites = domain.InsertSym(sites, e.site(sp.Site))
		}
	}
	return sites
}

// laterParts adds the parts of the goroutine that come after a signal: of its function, and of the functions that f has supplied to that. What those are supplied with is not looked at:
// there may be very many.
func (f *function) laterParts(st *state, s *spawning, sum *domain.Summary, e *env) {
	if st == nil {
		return
	}
	v := f.u.exported(sum)
	f.partsAfter(st, s, v, e, nil)
	for i := range v.sum.Calls {
		call := &v.sum.Calls[i]
		if call.Site != 0 {
			continue
		}
		after := e.set(call.After)
		if len(after) > 0 {
			st.running = domain.InsertSym(st.running, s.variant(after))
		}
		a := e.actual(&call.Path.Root)
		if a == nil || a.val == nil {
			continue
		}
		for _, fv := range f.suppliedFuncs(a, call, e) {
			if fv.fn == nil {
				continue
			}
			if t := f.u.bind(fv, nil); f.u.summaryOf(t) != nil {
				f.partsAfter(st, s, f.u.exported(f.u.summaryOf(t)), f.env(t, nil), after)
			}
		}
	}
}

// partsAfter adds the parts of what the goroutine calls when it has signalled the keys.
func (f *function) partsAfter(st *state, s *spawning, v *view, e *env, past []domain.Path) {
	for _, t := range v.terms {
		if t.Site == 0 && len(t.After) > 0 {
			st.running = domain.InsertSym(st.running, s.variant(e.union(e.set(t.After), past)))
		}
	}
}
