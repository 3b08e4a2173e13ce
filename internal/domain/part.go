package domain

import "slices"

// Part is a map, or a struct with maps, that a result shares with the memory it was copied from.
type Part struct {
	Path   Path   // from the result on
	Of     []Path // what it is a copy of
	Except []Sym  // fields of the struct that are not, since they were set anew (sorted)
	Under  []Path // see ResultInfo.Under
}

// Shares returns the memory that p, which hangs on the result, shares with others through the part.
func (t *Part) Shares(p *Path) (out []Path) {
	n := len(t.Path.Sel())
	if len(p.Sel()) < n || !slices.Equal(p.Sel()[:n], t.Path.Sel()) {
		return nil
	}
	rest := p.Sel()[n:]
	if len(rest) > 0 && HasSym(t.Except, rest[0]) {
		return nil
	}
	for _, q := range t.Of {
		q = q.Along(rest)
		out = append(out, q)
	}
	return out
}
