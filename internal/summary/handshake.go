package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Handshakes: a send on a channel without a buffer returns when somebody has received, so that the sender comes after what the receiver did before. With a
// buffer of n, the sender comes after the receive of n sends ago: whoever has filled it has heard of everybody who has given an element back.
//
// Only channels that carry no data count. Where jobs are sent, what the receiver did before is of no interest, and to note every receive costs.

// carriesNothing reports whether the elements of a channel are empty structs or booleans; not where there is no channel.
func carriesNothing(ch types.Type) bool {
	c, ok := ch.Underlying().(*types.Chan)
	if !ok {
		return false
	}
	switch t := c.Elem().Underlying().(type) {
	case *types.Struct:
		return t.NumFields() == 0
	case *types.Basic:
		return t.Kind() == types.Bool
	}
	return false
}

// unbuffered reports whether ch is a channel without a buffer that carries nothing.
func (f *function) unbuffered(ch ssa.Value) bool {
	if len(f.u.handshakes) == 0 || !carriesNothing(ch.Type()) {
		return false
	}
	v, ok := f.u.variableOf(ch)
	return ok && f.u.handshakes[v]
}

// received notes a receive from ch in block b, if a sender may come after it.
func (f *function) received(st *state, ch ssa.Value, b *ssa.BasicBlock) {
	if !f.unbuffered(ch) && !f.filled(ch) {
		return
	}
	keys := extend(f.paths(ch), domain.Received)
	if f.innermost(b) != nil {
		keys = extend(keys, domain.Repeated)
	}
	f.signal(st, keys)
}

// filled reports whether some loop fills the buffer of ch.
func (f *function) filled(ch ssa.Value) bool {
	v, ok := f.u.variableOf(ch)
	return ok && f.u.fills[v]
}

// noteFill notes a send in a loop that has as many turns as the channel has room.
func (s *chanScan) noteFill(send *ssa.Send) {
	if !carriesNothing(send.Chan.Type()) || !fills(s.u, send) {
		return
	}
	if v, ok := s.u.variableOf(send.Chan); ok {
		s.u.fills[v] = true
	}
}

// fills reports whether the function of send compares something with the capacity of the channel, as the loop that fills it does.
func fills(u *unit, send *ssa.Send) bool {
	v, ok := u.variableOf(send.Chan)
	if !ok {
		return false
	}
	for _, b := range send.Parent().Blocks {
		for _, instr := range b.Instrs {
			cmp, ok := instr.(*ssa.BinOp)
			if !ok || cmp.Op != token.LSS {
				continue
			}
			call, ok := cmp.Y.(*ssa.Call)
			if !ok {
				continue
			}
			if bi, ok := call.Call.Value.(*ssa.Builtin); ok && bi.Name() == "cap" {
				if w, ok := u.variableOf(call.Call.Args[0]); ok && v == w {
					return true
				}
			}
		}
	}
	return false
}
