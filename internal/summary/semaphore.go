package summary

import (
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// Semaphores: a channel of capacity 1 is a lock if some function, with what it calls and defers, both sends to it and receives from it. Who puts the
// first element takes it (sem <- struct{}{} … <-sem); if the channel is filled where it is made, who takes the element out does.
//
// A channel that one goroutine sends to and another one receives from tells of an event and is no lock; nor is one that stands in a select.

// semaphore says how a channel serves as a lock.
type semaphore struct{ filled bool }

// chanUse is what a function does with a channel.
type chanUse struct{ sends, receives bool }

// chanScan gathers the uses of channels.
type chanScan struct {
	u      *unit
	made   map[variable]bool // all makes have capacity 1
	bare   map[variable]bool // all makes have no buffer
	filled map[variable]bool // sent to by the function that makes it
	no     map[variable]bool // stands in a select
	uses   map[*ssa.Function]map[variable]chanUse
	calls  map[*ssa.Function][]*ssa.Function
}

// findSemaphores scans the functions of the package.
func (u *unit) findSemaphores(funcs []*ssa.Function) {
	s := &chanScan{u: u, made: map[variable]bool{}, bare: map[variable]bool{}, filled: map[variable]bool{}, no: map[variable]bool{},
		uses: map[*ssa.Function]map[variable]chanUse{}, calls: map[*ssa.Function][]*ssa.Function{}}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				s.instr(fn, instr)
			}
		}
	}
	u.handshakes = s.bare
	if len(s.uses) == 0 {
		return
	}
	for fn, uses := range s.uses {
		maps.DeleteFunc(uses, func(v variable, use chanUse) bool { return use.sends && use.receives && s.eitherWay(fn, v) })
	}
	for _, fn := range funcs {
		for v, use := range s.reachable(fn, 2) {
			if use.sends && use.receives && s.single(v) && !s.no[v] {
				u.semaphores[v] = semaphore{filled: s.filled[v]}
			}
		}
	}
}

// eitherWay reports whether fn itself sends to v and receives from it, but never the one after the other: on one branch it tells of something, on the other it waits for that.
func (s *chanScan) eitherWay(fn *ssa.Function, v variable) bool {
	var sends, receives []*ssa.BasicBlock
	is := func(ch ssa.Value) bool { w, ok := s.u.variableOf(ch); return ok && w == v }
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Send:
				if is(instr.Chan) {
					sends = append(sends, b)
				}
			case *ssa.UnOp:
				if instr.Op == token.ARROW && is(instr.X) {
					receives = append(receives, b)
				}
			}
		}
	}
	return !slices.ContainsFunc(sends, func(b *ssa.BasicBlock) bool {
		return slices.ContainsFunc(receives, func(c *ssa.BasicBlock) bool { return b == c || flow.Reaches(b, c) || flow.Reaches(c, b) })
	})
}

// single reports whether v has room for one element. Whoever sends to a parameter and receives from it can only mean to lock.
func (s *chanScan) single(v variable) bool {
	_, param := v.value.(*ssa.Parameter)
	return param || s.made[v]
}

func (s *chanScan) instr(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.MakeChan:
		s.noteMake(instr)
	case *ssa.Send:
		s.noteFill(instr)
		s.use(fn, instr.Chan, chanUse{sends: true})
	case *ssa.UnOp:
		if _, ok := instr.X.Type().Underlying().(*types.Chan); ok {
			s.use(fn, instr.X, chanUse{receives: true})
		}
	case *ssa.Select:
		for _, st := range instr.States {
			if v, ok := s.u.variableOf(st.Chan); ok {
				s.no[v] = true
			}
		}
	case *ssa.Call:
		s.callee(fn, instr.Call.Value)
	case *ssa.Defer:
		s.callee(fn, instr.Call.Value)
	}
}

// noteMake notes the variables that the new channel is put into.
func (s *chanScan) noteMake(mc *ssa.MakeChan) {
	size, ok := mc.Size.(*ssa.Const)
	is := func(n int64) bool {
		return ok && size.Value != nil && constant.Compare(size.Value, token.EQL, constant.MakeInt64(n))
	}
	note := func(v variable) {
		old, seen := s.made[v]
		s.made[v] = is(1) && (old || !seen)
		s.bare[v] = is(0) && (s.bare[v] || !seen)
	}
	note(s.u.canon(variable{value: mc}))
	for _, ref := range *mc.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Val == ssa.Value(mc) {
			if v, ok := s.u.variableAt(st.Addr); ok {
				note(v)
				s.filled[v] = s.filled[v] || sentTo(st, v, s.u)
			}
		}
	}
}

// sentTo reports whether the function of the store sends to the variable further down in the same block. Once it has started a goroutine, it takes the lock by that.
func sentTo(store *ssa.Store, v variable, u *unit) bool {
	after := false
	for _, instr := range store.Block().Instrs {
		if _, starts := instr.(*ssa.Go); starts && after {
			return false
		}
		if send, ok := instr.(*ssa.Send); ok && after {
			if w, ok := u.variableOf(send.Chan); ok && w == v {
				return true
			}
		}
		after = after || instr == ssa.Instruction(store)
	}
	return false
}

func (s *chanScan) use(fn *ssa.Function, ch ssa.Value, use chanUse) {
	v, ok := s.u.variableOf(ch)
	if !ok {
		return
	}
	if s.uses[fn] == nil {
		s.uses[fn] = map[variable]chanUse{}
	}
	s.uses[fn][v] = s.uses[fn][v].with(use)
}

func (c chanUse) with(d chanUse) chanUse {
	return chanUse{c.sends || d.sends, c.receives || d.receives}
}

// callee notes the functions of this package that a call or defer of v reaches.
func (s *chanScan) callee(fn *ssa.Function, v ssa.Value) {
	if callee := s.u.calledFunc(v); callee != nil {
		s.calls[fn] = append(s.calls[fn], callee)
		return
	}
	if call, ok := v.(*ssa.Call); ok { // defer lock()()
		if locker := s.u.calledFunc(call.Call.Value); locker != nil {
			s.calls[fn] = append(append(s.calls[fn], locker), locker.AnonFuncs...)
		}
	}
}

// reachable returns what fn does with channels, itself and in calls down to a depth.
func (s *chanScan) reachable(fn *ssa.Function, depth int) map[variable]chanUse {
	if depth == 0 || len(s.calls[fn]) == 0 {
		return s.uses[fn]
	}
	out := map[variable]chanUse{}
	add := func(uses map[variable]chanUse) {
		for v, use := range uses {
			out[v] = out[v].with(use)
		}
	}
	add(s.uses[fn])
	for _, callee := range s.calls[fn] {
		add(s.reachable(callee, depth-1))
	}
	return out
}

// semaphoreOp applies a send to ch, or a receive from it, if ch serves as a lock.
func (f *function) semaphoreOp(st *state, ch ssa.Value, send bool) bool {
	if len(f.u.semaphores) == 0 {
		return false
	}
	v, ok := f.u.variableOf(ch)
	if !ok {
		return false
	}
	sem, ok := f.u.semaphores[v]
	switch {
	case !ok:
		return false
	case send == sem.filled:
		f.releaseAll(st, f.paths(ch))
	default:
		f.acquire(st, f.paths(ch), domain.WriteMode, false)
	}
	return true
}
