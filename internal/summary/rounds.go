package summary

import (
	"reflect"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// The rounds over functions that call each other are bounded: those for their effects, and then those for their accesses, where each round adds what is one
// more call away.
const (
	maxEffectRounds = 8
	maxAccessRounds = 3
)

// solve summarises functions that need each other's summaries.
//
// Effects come first, from below: a call of a function not summarised yet does not return. Accesses are collected only when the effects
// stand. Doing both at once is wrong: an access seen while a callee's Lock was still unknown goes round the cycle for ever.
func (u *unit) solve(scc []*ssa.Function, recursive bool, result *Result) {
	if !recursive {
		u.sums[scc[0]] = u.summarize(scc[0], true, result)
		return
	}
	u.solving = map[*ssa.Function]bool{}
	u.looked = looks{of: map[*ssa.Function]map[*ssa.Function]bool{}, changed: map[*ssa.Function]int{}}
	defer func() { u.solving, u.looked = nil, looks{} }()
	for _, fn := range scc {
		u.solving[fn] = true
		u.sums[fn] = &domain.Summary{NoReturn: true}
	}
	u.rounds(scc, maxEffectRounds, false, result)
	for _, fn := range scc {
		sum := *u.sums[fn]
		sum.NoReturn = sum.NoReturn && !hasReturn(fn)
		u.sums[fn] = &sum
	}
	u.rounds(scc, maxAccessRounds, true, result)
}

func (u *unit) rounds(scc []*ssa.Function, most int, collect bool, result *Result) {
	done := map[*ssa.Function]int{} // when each was summarised
	for range most {
		changed := false
		for _, fn := range scc {
			if at, ok := done[fn]; ok && !u.looked.since(fn, at) {
				continue // as before
			}
			u.looked.now++
			done[fn] = u.looked.now
			old := u.sums[fn]
			sum := u.summarize(fn, collect, result)
			if !collect && reflect.DeepEqual(old, sum) {
				continue
			}
			u.looked.changed[fn] = u.looked.now
			delete(u.exports, old)
			u.sums[fn] = sum
			changed = changed || !sameSize(old, sum)
		}
		if !changed {
			return
		}
	}
}

// looks says which summaries of functions that call each other were looked at for which, and when each last changed. What has seen nothing new is as it was.
type looks struct {
	fn      *ssa.Function // the function at hand
	of      map[*ssa.Function]map[*ssa.Function]bool
	changed map[*ssa.Function]int
	now     int
}

// note notes that the summary of fn is looked at.
func (s *looks) note(fn *ssa.Function) {
	if s.of == nil || s.fn == nil {
		return
	}
	if s.of[s.fn] == nil {
		s.of[s.fn] = map[*ssa.Function]bool{}
	}
	s.of[s.fn][fn] = true
}

// since reports whether anything that fn looks at has changed after the given time, or at it: a function that calls itself has seen the summary before that.
func (s *looks) since(fn *ssa.Function, at int) bool {
	for m := range s.of[fn] {
		if s.changed[m] >= at {
			return true
		}
	}
	return false
}

func hasReturn(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			return true
		}
	}
	return false
}

// sameSize reports whether a round over recursive functions added nothing.
func sameSize(a, b *domain.Summary) bool {
	results := func(s *domain.Summary) (n int) {
		for _, r := range s.Results {
			n += len(r.Paths) + len(r.Made)
		}
		return n
	}
	return len(a.Accesses) == len(b.Accesses) && len(a.Calls) == len(b.Calls) && len(a.Spawns) == len(b.Spawns) &&
		len(a.Acquired) == len(b.Acquired) && len(a.Released) == len(b.Released) && len(a.Joins) == len(b.Joins) && len(a.JoinsIf) == len(b.JoinsIf) && len(a.AcquiredWell) == len(b.AcquiredWell) &&
		len(a.Signals) == len(b.Signals) && a.NoReturn == b.NoReturn && results(a) == results(b)
}
