package unguardedmap

import "github.com/mapguard/mapguard/internal/pairs"

// reached reports whether the calls that lead to t come to it with the constants that they pass: a helper that is told that the lock is held, and else calls what
// takes it, does not work bare where it is told that it is not. Callers are told of one access of several, so that another one will do.
func (r *reporter) reached(t *pairs.Touch) bool {
	is, known := r.comes[t]
	if !known {
		is = r.comesTo(t)
		r.comes[t] = is
	}
	return is
}

func (r *reporter) comesTo(t *pairs.Touch) bool {
	if len(t.Chain) == 0 {
		return true
	}
	src := r.mend.sections()
	i, in, known := src.Avoided(t.Chain, t.Pos, r.res.At)
	if i < 0 {
		return true
	}
	for _, at := range r.res.Accesses(in.Obj, t.Path.Loc(), t.Kind.Class()) {
		if at != r.res.At(t.Chain[i].Pos) && !src.Avoids(in, known, at) { // a literal that is not there is called by the same call
			return true
		}
	}
	return false
}
