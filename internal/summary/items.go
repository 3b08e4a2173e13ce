package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
)

// A WaitGroup that counts items: a worker is done once for each that it takes off a channel, and who has waited comes after all that was done to them. What a turn of
// the loop does before it says so of its own item follows what it has said of the one before, and is waited for nonetheless.

// itemDone is a call in a loop by which a worker is done with an item.
type itemDone struct {
	ssa.Instruction
	keys []domain.Path
}

// yetToSay returns the keys signalled before the instruction at hand, without those that its turn of a loop is still to signal for its own item.
func (f *function) yetToSay(sent []domain.Path) []domain.Path {
	if len(sent) == 0 || f.at == nil {
		return sent
	}
	var pending []domain.Path
	for _, k := range sent {
		if f.saidInTurn(k) {
			pending = domain.InsertPath(pending, k)
		}
	}
	return without(sent, pending)
}

// saidInTurn reports whether the instruction at hand stands in a loop in which each turn signals k after it, and nowhere before.
func (f *function) saidInTurn(k domain.Path) bool {
	var said []ssa.Instruction
	for _, d := range f.itemsDone() {
		if slices.Contains(d.keys, k) {
			said = append(said, d.Instruction)
		}
	}
	if len(said) == 0 {
		return false
	}
	within := f.innermost(f.at.Block(), said[0].Block())
	return within != nil && !slices.ContainsFunc(said, func(d ssa.Instruction) bool { return !within[d.Block()] || f.comesFirst(d, within) }) && f.always(said, within)
}

// comesFirst reports whether d comes before the instruction at hand in some turn of l.
func (f *function) comesFirst(d ssa.Instruction, l loop) bool {
	if d.Block() == f.at.Block() {
		return flow.Precedes(d, f.at)
	}
	head := l.head()
	return f.at.Block() != head && l.leads(d.Block(), f.at.Block(), nil)
}

// always reports whether each way from the instruction at hand to the next turn of l leads by one of said.
func (f *function) always(said []ssa.Instruction, l loop) bool {
	by := map[*ssa.BasicBlock]bool{}
	for _, d := range said {
		if d.Block() == f.at.Block() && (d == f.at || flow.Precedes(f.at, d)) {
			return true
		}
		by[d.Block()] = true
	}
	return !l.leads(f.at.Block(), l.head(), by)
}

// leads reports whether a turn of l gets from one block to another, or comes to its end if that is the head, by none of the others.
func (l loop) leads(from, to *ssa.BasicBlock, by map[*ssa.BasicBlock]bool) bool {
	head, seen := l.head(), map[*ssa.BasicBlock]bool{}
	work := slices.Clone(from.Succs)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		switch {
		case b == to:
			return true
		case b == head || !l[b] || by[b] || seen[b]:
			continue
		}
		seen[b] = true
		work = append(work, b.Succs...)
	}
	return false
}

// head returns the block at which each turn of l begins.
func (l loop) head() *ssa.BasicBlock {
	for b := range l {
		dominates := true
		for c := range l {
			dominates = dominates && b.Dominates(c)
		}
		if dominates {
			return b
		}
	}
	return nil
}

// itemsDone returns the calls in loops of f that say a WaitGroup is to wait for one less: its Done, and what defers that or ends with it.
func (f *function) itemsDone() []itemDone {
	if f.items != nil {
		return *f.items
	}
	f.items = &[]itemDone{}
	if len(f.allLoops()) == 0 {
		return nil
	}
	for _, b := range f.fn.Blocks {
		if f.innermost(b) == nil {
			continue
		}
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if keys := f.doneBy(call); len(keys) > 0 {
					*f.items = append(*f.items, itemDone{instr, keys})
				}
			}
		}
	}
	return *f.items
}

// doneBy returns the WaitGroups that call is done with an item of.
func (f *function) doneBy(call *ssa.Call) []domain.Path {
	if wg := waitGroupDone(&call.Call); wg != nil {
		return f.signalKeys(wg)
	}
	known, dynamic := f.targets(&call.Call)
	if len(known) != 1 || len(dynamic) > 0 || known[0].fn == nil {
		return nil
	}
	sum := f.u.summaryOf(known[0])
	done, other := signalsBy(known[0].fn)
	if sum == nil || !done {
		return nil
	}
	// What else it signals is no item. Of what hangs on an object it is not told here whether it is a WaitGroup or a channel.
	unclear := func(k domain.Path) bool { return other && (len(k.Sel()) > 0 || k.IsChannel()) }
	return f.env(known[0], call).set(slices.DeleteFunc(slices.Clone(sum.Signals), unclear))
}

// waitGroupDone returns the WaitGroup that c is done with, nil if it is another call.
func waitGroupDone(c *ssa.CallCommon) ssa.Value {
	for _, e := range effectsOf(c) {
		if e.Kind == models.Signal && e.Arg < len(c.Args) && typeSym(c.Args[e.Arg].Type()).String() == "sync.WaitGroup" {
			return c.Args[e.Arg]
		}
	}
	return nil
}

// signalsBy reports whether fn itself signals by WaitGroups, and whether it may signal by something else.
func signalsBy(fn *ssa.Function) (done, other bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Send, *ssa.Select, *ssa.Go:
				other = true
			case ssa.CallInstruction:
				if b, ok := instr.Common().Value.(*ssa.Builtin); ok && b.Name() == "close" {
					other = true
				}
				done = done || waitGroupDone(instr.Common()) != nil
			}
		}
	}
	return done, other
}
