package domain

import "slices"

// FuncCall is a call of a function that the caller supplied: a parameter or a captured variable, or one of its fields.
type FuncCall struct {
	Context
	Path Path
	Args [][]Path // what each argument may denote
	// Each numbers the arguments of which each goroutine has another one (sorted): its item, or its number.
	Each []int
	// Listed: each goroutine of the site runs another one, of a list.
	Listed bool
	// Again: it stands in a loop, so that the function may run again and again.
	Again bool
}

// ResultInfo is what a caller learns of one result.
type ResultInfo struct {
	Paths []Path // memory that the caller can name, too
	Fresh bool   // memory made by the function
	Other bool   // some instance that can't be named
	Made  []Sym  // the names that this memory has in the function (sorted)
	// Waits holds the sites of the goroutines that are over once the result, a function, has been called (sorted).
	Waits []Sym
	// Under holds the locks under which a map was taken, and which are given up when the function returns (must, sorted).
	Under []Path
	// Parts are the maps of others that the result carries, in a struct that is a copy or was made to carry them.
	Parts []Part
}

// LockEffect is what a call does to the locks of its caller.
type LockEffect struct {
	Acquired []Lock
	Released []Path // locks given up that the function did not take (may, sorted)
}

// Unlocker is a result that is a function: calling it has the effect.
type Unlocker struct {
	Result int
	LockEffect
}

// Summary is all that callers and checks learn of a function.
type Summary struct {
	Accesses []Access
	// decoded: it comes from another package, so that what is settled in it is that of Openly, which this one's functions are told of.
	decoded bool
	Calls   []FuncCall
	Spawns  []Spawn
	LockEffect
	// Unlockers are the results that give up a lock when called: lock functions that return the unlock.
	Unlockers []Unlocker
	// Signals and Joins are the join keys that a call sends on and waits for.
	Signals, Joins []Path
	// JoinsIf are those that a call waits for under a condition.
	JoinsIf []JoinIf
	// JoinsNil are those that a call has waited for if the error that it returns is nil.
	JoinsNil []Path
	// AcquiredWell are the locks that are held afterwards if the last result says that all went well, being no error, or true.
	AcquiredWell []Lock
	// Late are the signals that nobody expects before the function itself says so: who waits for them may not wait for it.
	Late []Path
	// Awaits are all join keys that it ever waits for: what a relay goroutine has seen end when it signals itself.
	Awaits  []Path
	Results []ResultInfo
	// Publishes lists the parameters, captured variables and fresh results, or parts of them, whose memory another goroutine or object can reach afterwards (sorted); Gives
	// those that more than goroutines started by the function, and functions that have captured them, can reach.
	Publishes, Gives []Path
	// Heard lists those that functions have captured which others come to have (sorted).
	Heard []Heard
	// Puts says where others find the parameters (sorted): whoever made an object that a call has put somewhere shares it under that name.
	Puts []Put
	// LetOut holds the local memory that more than the goroutines started by the function may come to have. It is for the function's own package.
	LetOut map[Sym]bool
	// LetOutBy names the fields of whose slices or maps such memory becomes an element.
	LetOutBy map[Sym][]Sym
	// Hearers names the functions that have captured such memory. It is for the function's own package.
	Hearers map[Sym][]Sym
	// Locked is what the goroutines do that the function has started, and callers are not told of: see Access.Settled. It is for the function's own package.
	Locked   []LockedTouch
	NoReturn bool
	// Touches: it or something that it calls touches shared memory, even if that is judged where it happens.
	Touches bool
	// Serves: it starts to serve the handlers registered before.
	Serves bool
	// Conveyed: how the package that declares the interface calls this method of it.
	Conveyed Conveyed
}

// LockedTouch is a touch by the goroutine of a site, under a lock that settles it.
type LockedTouch struct {
	Site Sym
	Path Path
	Kind Kind // its class
}

// BesideOwn reports whether a, an access of the function on its caller's goroutine, runs beside one to the same memory by a goroutine that the function has started at a
// site of those that count.
func (s *Summary) BesideOwn(a *Access, counts func(site Sym) bool) bool {
	meets := func(site Sym, kind Kind, p Path) bool {
		return HasSym(a.Running, site) && Conflict(a.Kind, kind) && a.Path.SomeElement() == p.SomeElement() && counts(site)
	}
	return slices.ContainsFunc(a.Running, counts) &&
		(slices.ContainsFunc(s.Accesses, func(b Access) bool { return b.Site != 0 && meets(b.Site, b.Kind, b.Path) }) ||
			slices.ContainsFunc(s.Locked, func(b LockedTouch) bool { return meets(b.Site, b.Kind, b.Path) }))
}

// Spawn returns the spawn at site.
func (s *Summary) Spawn(site Sym) *Spawn {
	for i := range s.Spawns {
		if s.Spawns[i].Site == site {
			return &s.Spawns[i]
		}
	}
	return nil
}

// Forget drops what only callers ask for, after the last of them: in a large package the sets of join keys take as much memory as all else. Whoever looks
// at accesses later wants to know of After whether there is any. A function that nobody calls has no callers' locks to drop.
func (s *Summary) Forget(called bool) {
	known := map[*Terms]*Terms{}
	for i := range s.Accesses {
		a := &s.Accesses[i]
		if len(a.After) == 0 && (called || len(a.Dropped) == 0) {
			continue
		}
		if known[a.Terms] == nil {
			known[a.Terms] = a.Terms.Changed(func(t *Terms) { t.forget(called) })
		}
		a.Terms = known[a.Terms]
	}
	for i := range s.Spawns {
		s.Spawns[i].Joins = nil
	}
}

func (t *Terms) forget(called bool) {
	if len(t.After) > 0 {
		t.After = signalled
	}
	if !called {
		t.Dropped = nil
	}
}

// signalled stands for any keys.
var signalled = []Path{{}}

// Exported returns the part that a caller can see. What a joined goroutine did has happened on the caller's goroutine by the time the
// call is over; memory and locks that only the function can name are gone. Accesses that no caller could tell apart are one.
//
// What a lasting goroutine does to memory that no caller can say more of (a package variable, an unknown instance) stays with the function that
// starts it; callers get the spawn, to tell what comes before it and after.
func (s *Summary) Exported() *Summary {
	out := *s
	lasting, cut := map[Sym]bool{}, map[Sym]bool{}
	for _, sp := range s.Spawns {
		switch {
		case sp.Joined:
		case len(lasting) < maxSpawns:
			lasting[sp.Site] = true
		default:
			cut[sp.Site] = true
		}
	}
	useful := map[Sym]bool{}
	seen := map[ContextKey]bool{}
	left := map[leftKey]*leaving{}
	out.Accesses = make([]Access, 0, s.told(cut))
	for i := range s.Accesses {
		a := s.Accesses[i]
		if cut[a.Site] {
			continue
		}
		if lasting[a.Site] && a.Path.Root.Kind != Unknown {
			useful[a.Site] = true
		}
		if a.Settled() && !s.decoded || a.Given() {
			continue
		}
		if s.export(&a) {
			l := s.left(leftKey{a.Terms, a.Path.Root.Kind == Result}, lasting, left)
			a.Terms = l.terms
			if a.Site != 0 && (a.Path.Root.Kind == Global || a.Path.Root.Kind == Unknown) {
				continue
			}
			a.Beside = a.Beside || len(l.terms.Running) < len(s.Accesses[i].Running)
			key := Hash(exportKey{a.Path, a.Kind.Class(), a.Fresh, a.Beside, a.Own, l.key, a.Section(), pathsKey(a.Under)})
			if !seen[key] {
				seen[key] = true
				out.Accesses = append(out.Accesses, a)
			}
		}
	}
	gathered := s.gathered()
	out.Calls = s.callsTold(cut, gathered, lasting, useful)
	out.Spawns = s.spawnsTold(gathered, lasting, useful)
	out.Signals, out.Joins, out.Awaits = s.outsideAll(s.Signals), s.outsideAll(s.Joins), s.outsideAll(s.Awaits)
	out.Late = s.outsideAll(s.Late)
	out.JoinsNil = s.outsideAll(s.JoinsNil)
	out.Puts = nil
	for _, put := range s.Puts {
		if put.At = s.outside(put.At); put.At.Root.Kind != Unknown {
			out.Puts = InsertPut(out.Puts, put)
		}
	}
	out.JoinsIf = nil
	for _, j := range s.JoinsIf {
		if j.Key = s.outside(j.Key); j.Key.Root.Kind != Unknown || j.Key.Loc() != 0 {
			out.JoinsIf = InsertJoinIf(out.JoinsIf, j)
		}
	}
	return &out
}

// told is how many accesses callers are told of at most: to grow a list of them as they come would take three times as much memory.
func (s *Summary) told(cut map[Sym]bool) (n int) {
	for i := range s.Accesses {
		if a := &s.Accesses[i]; a.Kind != Out && !cut[a.Site] && (s.decoded || !a.Settled()) {
			n++
		}
	}
	return n
}

// gathered returns the spawns that are over when the function returns, and on which functions of its caller may have run beside each other: the same one
// several times, those of a list, two, or one beside what the function calls itself. Whether they meet is for the caller to tell.
func (s *Summary) gathered() map[Sym]bool {
	out, beside := map[Sym]bool{}, false
	for i := range s.Calls {
		c := &s.Calls[i]
		if sp := s.Spawn(c.Site); sp != nil && sp.Joined && len(out) < maxSpawns {
			out[c.Site] = true
			beside = beside || c.Many || c.Listed
		}
	}
	if !beside && len(out) < 2 && !s.callsBeside(out) {
		return nil
	}
	return out
}

// callsBeside reports whether the function calls one of its caller's functions itself while a goroutine of the sites is running.
func (s *Summary) callsBeside(sites map[Sym]bool) bool {
	return slices.ContainsFunc(s.Calls, func(c FuncCall) bool {
		return c.Site == 0 && slices.ContainsFunc(c.Running, func(site Sym) bool { return sites[site] })
	})
}

// maxSpawns bounds the goroutines that callers are told of. The root of a large program starts hundreds; each speaks for itself in the
// function that starts it.
const maxSpawns = 24

// Returns reports whether the function returns the local memory of this name, or what leads to it.
func (s *Summary) Returns(name Sym) bool {
	return slices.ContainsFunc(s.Results, func(r ResultInfo) bool { return HasSym(r.Made, name) })
}

// ForFacts returns the part of an exported summary that other packages need. Accesses to memory that they can't name are judged here, and so are those to
// package variables, but for those that they are told of.
func (s *Summary) ForFacts(tell func(*Access) bool) *Summary {
	out := *s
	out.Accesses = slices.DeleteFunc(slices.Clone(s.Accesses), func(a Access) bool {
		return a.Path.Root.Kind == Global && !tell(&a) || a.Path.Root.Kind == Unknown
	})
	out.Gives, out.Heard = outsiders(s.Gives, s.Heard), nil
	return &out
}

// Shares reports whether others can reach result i, fresh memory, as a whole.
func (s *Summary) Shares(i int) bool {
	return slices.ContainsFunc(s.Publishes, func(p Path) bool { return p.Root.Kind == Result && int(p.Root.Index) == i && len(p.Sel()) == 0 })
}

// Empty reports whether s says nothing that the default for unknown functions does not say.
func (s *Summary) Empty() bool {
	for _, r := range s.Results {
		if len(r.Paths) > 0 || len(r.Parts) > 0 || r.Fresh {
			return false
		}
	}
	return len(s.Accesses)+len(s.Calls)+len(s.Spawns)+len(s.Acquired)+len(s.Released)+len(s.Unlockers)+
		len(s.Signals)+len(s.Joins)+len(s.JoinsIf)+len(s.JoinsNil)+len(s.AcquiredWell)+len(s.Publishes)+len(s.Puts) == 0 && !s.NoReturn && !s.Serves && !s.Touches
}
