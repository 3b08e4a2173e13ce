package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
)

// Pauses: a goroutine that has some memory to itself lets others at it when they ask. They send it a WaitGroup, or a channel, on a channel without a buffer;
// it waits for that at once, while the sender works on the memory, and goes on when the sender says so. The channel is a lock: the goroutine holds it but
// while it waits, and who asks holds it from the send until it signals.

// pausing gathers the channels by which functions are paused.
type pausing struct {
	u  *unit
	by map[variable]map[*ssa.Function]ssa.Value // the receivers, with the channel as they name it
	no map[variable]bool                        // what is received is used for something else, too
}

// findPauses scans the functions of the package. It needs to know which channels have no buffer.
func (u *unit) findPauses(funcs []*ssa.Function) {
	s := &pausing{u: u, by: map[variable]map[*ssa.Function]ssa.Value{}, no: map[variable]bool{}}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				s.instr(fn, instr)
			}
		}
	}
	if len(s.by) == 0 {
		return
	}
	several := u.startedInLoops(funcs)
	for v, by := range s.by {
		if s.no[v] || !u.handshakes[v] || slices.ContainsFunc(several, func(fn *ssa.Function) bool { return by[fn] != nil }) {
			continue
		}
		u.pauses[v] = true
		for fn, ch := range by {
			u.paused[fn] = append(u.paused[fn], ch)
		}
	}
}

func (s *pausing) instr(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW && asksToWait(instr.X) {
			s.received(fn, instr.X, instr)
		}
	case *ssa.Select:
		got := 2 // the index, whether it was received, and then the values
		for _, st := range instr.States {
			if st.Dir != types.RecvOnly {
				continue
			}
			if asksToWait(st.Chan) {
				for _, ref := range *instr.Referrers() {
					if ex, ok := ref.(*ssa.Extract); ok && ex.Index == got {
						s.received(fn, st.Chan, ex)
					}
				}
			}
			got++
		}
	}
}

func (s *pausing) received(fn *ssa.Function, ch, val ssa.Value) {
	v, ok := s.u.variableOf(ch)
	if !ok {
		return
	}
	if !onlyWaitedFor(val) {
		s.no[v] = true
		return
	}
	if s.by[v] == nil {
		s.by[v] = map[*ssa.Function]ssa.Value{}
	}
	s.by[v][fn] = ch
}

// asksToWait reports whether what is sent on ch can be waited for: a WaitGroup, or a channel that carries nothing.
func asksToWait(ch ssa.Value) bool {
	c, ok := ch.Type().Underlying().(*types.Chan)
	if !ok {
		return false
	}
	if inner, ok := c.Elem().Underlying().(*types.Chan); ok {
		st, ok := inner.Elem().Underlying().(*types.Struct)
		return ok && st.NumFields() == 0
	}
	_, ptr := c.Elem().Underlying().(*types.Pointer)
	return ptr && typeSym(c.Elem()).String() == "sync.WaitGroup"
}

// onlyWaitedFor reports whether nothing else is done to v.
func onlyWaitedFor(v ssa.Value) bool {
	waited := false
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			waited = ref.Op == token.ARROW
		case *ssa.Call:
			waited = does(ref, models.Wait)
		default:
			waited = false
		}
		if !waited {
			return false
		}
	}
	return waited
}

// startedInLoops returns the functions of which a go statement starts several, tests aside.
func (u *unit) startedInLoops(funcs []*ssa.Function) (out []*ssa.Function) {
	for _, fn := range funcs {
		if u.inTest(fn) {
			continue
		}
		var cyclic []bool
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if g, ok := instr.(*ssa.Go); ok {
					if cyclic == nil {
						cyclic = flow.Cyclic(fn)
					}
					if callee := g.Call.StaticCallee(); callee != nil && cyclic[b.Index] {
						out = append(out, callee)
					}
				}
			}
		}
	}
	return out
}

// unpaused returns the locks that f holds from its start to its end, but while it is paused.
func (f *function) unpaused() (out domain.Lockset) {
	for _, ch := range f.u.paused[f.fn] {
		for _, p := range f.paths(ch) {
			if p.Loc() != 0 {
				out = out.With(domain.Lock{Path: p, Mode: domain.WriteMode})
			}
		}
	}
	return out
}

// pauses notes that whoever receives from ch is paused until val is signalled.
func (f *function) pause(st *state, ch, val ssa.Value) {
	if len(f.u.pauses) == 0 {
		return
	}
	if v, ok := f.u.variableOf(ch); !ok || !f.u.pauses[v] {
		return
	}
	for _, p := range f.paths(ch) {
		if p.Loc() == 0 {
			continue
		}
		st.locks = st.locks.With(domain.Lock{Path: p, Mode: domain.WriteMode})
		for _, until := range f.paths(val) {
			f.until[until] = p
		}
	}
}

// goOn lets go on whoever waits for one of the keys.
func (f *function) goOn(st *state, keys []domain.Path) {
	for _, k := range keys {
		if p, ok := f.until[k]; ok {
			st.locks = st.locks.Without(&p)
		}
	}
}
