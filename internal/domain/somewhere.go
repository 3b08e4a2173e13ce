package domain

// SomeInstance returns the locks of s that are surely held, each named by where it is declared: as another function may speak of them.
func (s Lockset) SomeInstance() Lockset {
	var out Lockset
	for _, l := range s {
		i := l.Path.field()
		switch {
		case l.Maybe || l.Once:
			continue
		case i >= 0 && i == int(l.Path.n)-1:
			l.Path = Of(Root{Kind: Unknown}).Append(l.Path.sel[i])
		case l.Path.Root.Kind != Global || l.Path.n > 0:
			continue
		}
		out = out.With(Lock{Path: l.Path, Mode: l.Mode})
	}
	return out
}

// Common returns the locks that are in s and in t, each in the weaker mode.
func (s Lockset) Common(t Lockset) Lockset {
	var out Lockset
	for _, l := range s {
		if k, ok := t.Get(&l.Path); ok {
			l.Mode = min(l.Mode, k.Mode)
			out = append(out, l)
		}
	}
	return out
}

// Besides returns s without the locks that may be among those released.
func (s Lockset) Besides(released []Path) Lockset {
	for i := range released {
		for _, l := range s {
			if sameLock(&l.Path, &released[i]) {
				s = s.Without(&l.Path)
			}
		}
	}
	return s
}
