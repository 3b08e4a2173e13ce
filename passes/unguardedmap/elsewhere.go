package unguardedmap

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// Pairs that are the business of another package, which sees all of what orders them.

// inside reports whether both sides of a pair lie in the depths of other packages: how an object of theirs that hangs on one of ours keeps its
// maps is theirs to order, by locks and states that we see only a part of. What the methods that we call do themselves is ours to order, and so is, on goroutines
// and for requests of this package, what a package of the same module keeps: there a method that calls another one is no less written by us.
func (r *reporter) inside(p pairs.Pair) bool {
	return r.deep(p) && (r.answered(p) || !(r.ownModule(p.A.Path.Loc()) && r.startedHere(p.A) && r.startedHere(p.B)))
}

// answered reports whether both sides are handlers of other packages, which are judged there.
func (r *reporter) answered(p pairs.Pair) bool {
	return r.res.Answers(p.A.Spawn) && r.res.Answers(p.B.Spawn)
}

// deep reports whether both sides of a pair lie in other packages, and not only in methods that this one calls, or that are known there to answer requests.
func (r *reporter) deep(p pairs.Pair) bool {
	if r.res.At(p.A.Pos).IsValid() || r.res.At(p.B.Pos).IsValid() {
		return false
	}
	if r.answered(p) {
		return true
	}
	there := func(f domain.Frame) bool { return !r.res.At(f.Pos).IsValid() }
	return slices.ContainsFunc(p.A.Chain, there) || slices.ContainsFunc(p.B.Chain, there)
}

// ownModule reports whether the memory at loc is declared in the module of this package.
func (r *reporter) ownModule(loc domain.Sym) bool { return summary.OfModule(r.pass, loc.String()) }

// startedHere reports whether t is run by a goroutine or handler of this package, or on its callers'. A callback is called as somebody else sees fit.
func (r *reporter) startedHere(t *pairs.Touch) bool {
	return t.Spawn == nil || t.Spawn.Kind != domain.Callback && r.res.At(t.Spawn.Pos).IsValid()
}

// elsewhere reports whether a pair is the business of another package: neither side is in this one, nor what makes them concurrent; or both are deep in another
// one, on goroutines that it starts and waits for, since how often it does so it decides by states of which we see a part; or for requests, on an object of its own.
func (r *reporter) elsewhere(p pairs.Pair) bool {
	if r.deep(p) && (r.answered(p) || p.A.Forked && p.B.Forked) || r.apart(p) {
		return true
	}
	here := func(t *pairs.Touch) bool { return r.res.At(t.Pos).IsValid() }
	theirs := func(t *pairs.Touch) bool {
		return t.Spawn != nil && (r.res.Answers(t.Spawn) || !r.res.At(t.Spawn.Pos).IsValid())
	}
	if !here(p.A) && !here(p.B) && theirs(p.A) && theirs(p.B) {
		return true // requests that are known there, beside a goroutine that it starts
	}
	for _, t := range []*pairs.Touch{p.A, p.B} {
		if here(t) || t.Spawn != nil && r.res.At(t.Spawn.Pos).IsValid() {
			return false
		}
	}
	return true
}

// apart reports whether both sides are deep in another package, on an object that hangs on another one of it, and are run by handlers or callbacks: it may have made
// the one for the request. What we hold ourselves, and have it work on, all requests have.
func (r *reporter) apart(p pairs.Pair) bool {
	for _, t := range []*pairs.Touch{p.A, p.B} {
		theirs := 0
		for _, sel := range t.Path.Sel() {
			if owner := sel.Owner(); owner != 0 && !r.ownModule(owner) && !strings.HasPrefix(owner.String(), r.res.Path+".") {
				theirs++
			}
		}
		if theirs < 2 || t.Spawn == nil || !t.Spawn.Kind.Registered() {
			return false
		}
	}
	return r.deep(p)
}
