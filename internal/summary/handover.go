package summary

import "github.com/mapguard/mapguard/internal/domain"

// Locks that go from who starts a goroutine to the goroutine.

// handOver moves locks that the child releases from the parent to it: mu.Lock(); go func() { defer mu.Unlock(); … }().
func (f *function) handOver(st *state, released []domain.Path) domain.Lockset {
	var out domain.Lockset
	for i := range released {
		if l, held := st.locks.Get(&released[i]); held {
			out = out.With(l)
			st.locks = st.locks.Without(&released[i])
		}
	}
	return out
}

// released returns the locks that a goroutine gives up without having taken them: in its function, or in what that calls of what it was given.
func (f *function) released(sum *domain.Summary, e *env) []domain.Path {
	out := e.set(sum.Released)
	for i := range sum.Calls {
		call := &sum.Calls[i]
		a := e.actual(&call.Path.Root)
		if call.Site != 0 || a == nil || a.val == nil {
			continue
		}
		for _, fv := range f.suppliedFuncs(a, call, e) {
			if fv.fn == nil {
				continue
			}
			t := f.u.bind(fv, nil)
			if sum := f.u.summaryOf(t); sum != nil {
				out = domain.UnionPaths(out, f.env(t, nil).set(sum.Released))
			}
		}
	}
	return out
}
