package rlockwrite

import (
	"slices"

	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/sections"
)

// reached returns t, or nil if some call on the way to it passes constants with which it is not reached. Callers are told of one write of several, so
// it may be another one that is reached.
func (c *checker) reached(t *pairs.Touch) *pairs.Touch {
	if i, in, known := c.sources().Avoided(t.Chain, t.Pos, c.res.At); i >= 0 {
		return c.instead(in, known, t, i)
	}
	return t
}

// instead returns the write to the memory of t that a run of fn, the callee of its call i, comes to with its parameters as known.
func (c *checker) instead(fn *sections.Func, known sections.Values, t *pairs.Touch, i int) *pairs.Touch {
	for a, at := range c.res.Accesses(fn.Obj, t.Path.Loc(), t.Kind.Class()) {
		if !c.sources().Avoids(fn, known, at) {
			other, access := *t, *t.Access
			access.Pos, access.Kind, access.Chain = a.Pos, a.Kind, slices.Concat(t.Chain[:i+1], a.Chain)
			other.Access = &access
			return &other
		}
	}
	return nil
}
