package rlockwrite

import (
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/sections"
	"github.com/mapguard/mapguard/internal/summary"
)

type checker struct {
	pass *analysis.Pass
	res  *summary.Result
	out  *report.Findings
	src  *sections.Package
}

// sources returns the package as written. Few packages come as far as to need them.
func (c *checker) sources() *sections.Package {
	if c.src == nil {
		c.src = sections.New(c.pass)
	}
	return c.src
}

// group judges the touches of one memory.
func (c *checker) group(g pairs.Group, overlap func(a, b *pairs.Touch) bool) {
	c.out.Try(c.res.At(g.Touches[0].Pos), g.Touches[0].Path.String(), func() { c.judge(g, overlap) })
}

func (c *checker) judge(g pairs.Group, overlap func(a, b *pairs.Touch) bool) {
	for _, a := range g.Touches {
		if !a.Kind.ContentWrite() && a.Kind != domain.Replace || private(a) {
			continue
		}
		for _, l := range a.ReadGuards() {
			if b := partner(g, a, &l, overlap); b != nil && (proven(a, b) || c.guards(g, a, &l, overlap)) {
				if at := c.reached(a); at != nil {
					c.report(g, at, b, &l)
					break
				}
			}
		}
	}
}

// private reports whether t works on what its own function has just made. To set a variable to a new map under a read lock is no setup: who
// takes the lock expects others.
func private(t *pairs.Touch) bool {
	return t.Spawn == nil && t.Alone || t.Kind.Content() && t.Fresh
}

// partner returns an access that can run while a does, with l held for reading as well: a read by preference, and a itself if several calls of
// it can run at once. Those that hold l in write mode keep a out.
func partner(g pairs.Group, a *pairs.Touch, l *domain.Lock, overlap func(a, b *pairs.Touch) bool) *pairs.Touch {
	var best *pairs.Touch
	rank := func(b *pairs.Touch) int {
		switch {
		case b.Pos == a.Pos:
			return 0
		case b.Kind.Writes():
			return 1
		}
		return 2
	}
	for _, b := range g.Touches {
		if l.HeldAt(b.Access) != domain.ReadMode || private(b) || best != nil && rank(b) <= rank(best) {
			continue
		}
		if domain.MayRace(a.Access, b.Access) && overlap(a, b) {
			best = b
		}
	}
	return best
}

// proven reports whether a goroutine or request handler in sight makes a and b concurrent: whatever the lock is for, it keeps neither out.
func proven(a, b *pairs.Touch) bool {
	return (a.Thread() || b.Thread()) && pairs.SameMemory(a, b) && pairs.Parallel(a, b)
}

// guards reports whether l is shown to be held for the memory of a. A lock that is held for something else is often held around a map of
// one goroutine, so the section itself is no evidence: another section must take l around the memory, or l must be a lock that nobody ever
// takes exclusively, which can't be for anything else.
func (c *checker) guards(g pairs.Group, a *pairs.Touch, l *domain.Lock, overlap func(a, b *pairs.Touch) bool) bool {
	refers := l.Refers(&a.Path)
	if !refers && !c.sources().EverLocked(l) {
		return true
	}
	here := c.section(a, l)
	for _, b := range g.Touches {
		mode := l.HeldAt(b.Access)
		if mode == 0 || refers && (mode != domain.WriteMode || !b.Kind.ContentWrite()) || private(b) || !overlap(a, b) {
			continue
		}
		if there := c.section(b, l); there.fn != here.fn || there.fn == nil && b.Pos != a.Pos {
			return true
		}
	}
	return false
}

// place is where, on the way from an entry point to an access, a lock is taken.
type place struct {
	fn   *sections.Func // the function that takes it, nil if none on the way does
	at   token.Pos      // in that function, the access or the call that leads to it
	down []domain.Frame
}

// section finds the function that holds l at t: the innermost on the way that takes it.
func (c *checker) section(t *pairs.Touch, l *domain.Lock) place {
	for i := len(t.Chain); i >= 0; i-- {
		pos := t.Pos
		if i < len(t.Chain) {
			pos = t.Chain[i].Pos
		}
		at := c.res.At(pos)
		if fn := c.sources().At(at); fn != nil && fn.Acquires(l) {
			return place{fn, at, t.Chain[i:]}
		}
	}
	return place{}
}
