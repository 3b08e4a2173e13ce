package domain

import "slices"

// maxOpen bounds the accesses that Openly returns for a function: it is to be known that there is a lock, and where it was taken.
const maxOpen = 4

// Openly returns the settled accesses on the function's own goroutine to memory that importers may touch without calling it, as they see them: a lock is for
// those who know of it, and callers in the package are not told since they can't make it worse.
func (s *Summary) Openly(open func(*Path) bool) (out []Access) {
	for i := range s.Accesses {
		a := s.Accesses[i]
		if len(out) == maxOpen {
			break
		}
		if a.Site != 0 || a.Kind == Load || a.Given() || !a.Settled() || !s.export(&a) || a.Path.Root.Kind != Param || !open(&a.Path) {
			continue
		}
		t := Terms{}
		for _, l := range a.Locks {
			if l.Path = s.outside(l.Path); l.Path.Root.Kind != Local && l.Path.Root.Kind != Unknown {
				t.Locks = t.Locks.Union(Lockset{l})
			}
		}
		told := Access{Terms: &t, Pos: a.Pos, Path: a.Path, Kind: a.Kind, Fresh: a.Fresh}
		same := func(o Access) bool { return o.Path == told.Path && o.Kind == told.Kind }
		if told.Settled() && !slices.ContainsFunc(out, same) {
			out = append(out, told)
		}
	}
	return out
}
