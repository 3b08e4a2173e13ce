package domain

import "slices"

// FuncCall is a call of a function that the caller supplied: a parameter or a captured variable, or one of its fields.
type FuncCall struct {
	Context
	Path Path
	Args [][]Path // what each argument may denote
}

// ResultInfo is what a caller learns of one result.
type ResultInfo struct {
	Paths []Path // memory that the caller can name, too
	Fresh bool   // memory made by the function
	Made  []Sym  // the names that this memory has in the function (sorted)
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
	Calls    []FuncCall
	Spawns   []Spawn
	LockEffect
	// Unlockers are the results that give up a lock when called: lock functions that return the unlock.
	Unlockers []Unlocker
	// Signals and Joins are the join keys that a call sends on and waits for.
	Signals, Joins []Path
	Results        []ResultInfo
	// Publishes lists the parameters whose memory another goroutine or object can reach afterwards.
	Publishes []int
	NoReturn  bool
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

// Exported returns the part that a caller can see. What a joined goroutine did has happened on the caller's goroutine by the time the
// call is over; memory and locks that only the function can name are gone.
func (s *Summary) Exported() *Summary {
	out := *s
	out.Spawns = nil
	for _, sp := range s.Spawns {
		if !sp.Joined {
			sp.Signals = slices.DeleteFunc(slices.Clone(sp.Signals), localPath)
			out.Spawns = append(out.Spawns, sp)
		}
	}
	out.Accesses = nil
	for _, a := range s.Accesses {
		a.leave(out.Spawns)
		a.Path = s.rename(a.Path)
		if a.Path.Root.Kind == Local && (a.Site == 0 || a.Path.Loc() == 0) {
			continue
		}
		if a.Kind < OperandRead || a.Path.Root.Kind == FreeVar {
			out.Accesses = append(out.Accesses, a)
		}
	}
	out.Calls = nil
	for _, c := range s.Calls {
		c.leave(out.Spawns)
		out.Calls = append(out.Calls, c)
	}
	return &out
}

// leave adapts c to the callers of the function whose lasting spawns are given.
func (c *Context) leave(lasting []Spawn) {
	isLasting := func(s Sym) bool {
		return slices.ContainsFunc(lasting, func(sp Spawn) bool { return sp.Site == s })
	}
	if c.Site != 0 && !isLasting(c.Site) {
		c.Site, c.Many, c.After = 0, false, nil
	}
	if slices.ContainsFunc(c.Running, func(s Sym) bool { return !isLasting(s) }) {
		c.Running = slices.DeleteFunc(slices.Clone(c.Running), func(s Sym) bool { return !isLasting(s) })
	}
	if slices.ContainsFunc(c.Locks, func(l Lock) bool { return localPath(l.Path) }) {
		c.Locks = slices.DeleteFunc(slices.Clone(c.Locks), func(l Lock) bool { return localPath(l.Path) })
	}
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

// Empty reports whether s says nothing that the default for unknown functions does not say.
func (s *Summary) Empty() bool {
	for _, r := range s.Results {
		if len(r.Paths) > 0 || r.Fresh {
			return false
		}
	}
	return len(s.Accesses)+len(s.Calls)+len(s.Spawns)+len(s.Acquired)+len(s.Released)+len(s.Unlockers)+
		len(s.Signals)+len(s.Joins)+len(s.Publishes) == 0 && !s.NoReturn
}
