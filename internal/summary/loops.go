package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// loop is the set of blocks of a natural loop.
type loop map[*ssa.BasicBlock]bool

// leaveLoop notes what a loop has waited for when it is left. A loop that receives once for each goroutine it started, or drains a channel,
// has waited for them all, and so has one that waits in each turn until all are idle; that it may turn zero times, or too few, is not held against it.
func (f *function) leaveLoop(st *state, from, to *ssa.BasicBlock) {
	if !f.waits() && len(f.u.fills) == 0 {
		return
	}
	for _, l := range f.allLoops() {
		if l[to] || !l[from] && !l.skippedBy(from, to) {
			continue
		}
		if l.starts() {
			continue // what it receives are tokens to go on
		}
		for b := range l {
			for _, instr := range b.Instrs {
				switch op := instr.(type) {
				case *ssa.UnOp:
					if op.Op == token.ARROW {
						f.wait(st, f.paths(op.X), true)
					}
				case *ssa.Call:
					if settles(op) {
						st.running, st.multi = nil, nil
					}
				case *ssa.Send:
					if carriesNothing(op.Chan.Type()) && fills(f.u, op) {
						f.wait(st, extend(f.paths(op.Chan), domain.Received), true)
					}
				}
			}
		}
	}
}

// waits reports whether f receives from a channel, or waits until all others are idle, at all.
func (f *function) waits() bool {
	if f.waiting == nil {
		found := false
		for _, b := range f.fn.Blocks {
			for _, instr := range b.Instrs {
				switch op := instr.(type) {
				case *ssa.UnOp:
					found = found || op.Op == token.ARROW
				case *ssa.Call:
					found = found || settles(op)
				}
			}
		}
		f.waiting = &found
	}
	return *f.waiting
}

// works reports whether fn receives from channels in a loop.
func works(fn *ssa.Function) bool {
	return slices.ContainsFunc(naturalLoops(fn), func(l loop) bool { return l.receives(false) })
}

// receives reports whether the loop receives from a channel: one that it waits for, if waits is set.
func (l loop) receives(waits bool) bool {
	for b := range l {
		for _, instr := range b.Instrs {
			switch op := instr.(type) {
			case *ssa.UnOp:
				if op.Op == token.ARROW {
					return true
				}
			case *ssa.Select:
				if op.Blocking || !waits {
					return true
				}
			}
		}
	}
	return false
}

// settles reports whether a call waits until all other goroutines are idle.
func settles(call *ssa.Call) bool { return does(call, models.Settle) }

// does reports whether the models say one of these things of the function that is called.
func does(call *ssa.Call, kinds ...models.EffectKind) bool {
	return slices.ContainsFunc(effectsOf(&call.Call), func(e models.Effect) bool { return slices.Contains(kinds, e.Kind) })
}

// effectsOf returns what the models say of the function that c calls, if that is known by its name.
func effectsOf(c *ssa.CallCommon) []models.Effect {
	callee := c.StaticCallee()
	if callee == nil || origin(callee) == nil {
		return nil
	}
	effects, _ := models.Of(origin(callee))
	return effects
}

// starts reports whether a go statement stands in the loop.
func (l loop) starts() bool {
	for b := range l {
		for _, instr := range b.Instrs {
			if _, ok := instr.(*ssa.Go); ok {
				return true
			}
		}
	}
	return false
}

// skippedBy reports whether the edge passes by the loop: from decides whether to enter it, and to is where it ends. The test of a range
// over a number stands before the loop and again at its end.
func (l loop) skippedBy(from, to *ssa.BasicBlock) bool {
	enters := false
	for _, s := range from.Succs {
		enters = enters || l[s]
	}
	for _, p := range to.Preds {
		if l[p] {
			return enters
		}
	}
	return false
}

// innermost returns the smallest natural loop that holds all of blocks, nil if there is none.
func (f *function) innermost(blocks ...*ssa.BasicBlock) loop {
	var best loop
	for _, l := range f.allLoops() {
		outside := func(b *ssa.BasicBlock) bool { return !l[b] }
		if !slices.ContainsFunc(blocks, outside) && (best == nil || len(l) < len(best)) {
			best = l
		}
	}
	return best
}

func (f *function) allLoops() []loop {
	if f.loops == nil {
		f.loops = naturalLoops(f.fn)
		if f.u.isBody(f.fn) {
			f.loops = append(f.loops, turn(f.fn))
		}
	}
	return f.loops
}

// turn returns the body of a loop that others turn, see isBody.
func turn(fn *ssa.Function) loop {
	l := loop{}
	for _, b := range fn.Blocks {
		l[b] = true
	}
	return l
}

func naturalLoops(fn *ssa.Function) []loop {
	byHeader := map[*ssa.BasicBlock]loop{}
	out := []loop{}
	for _, b := range fn.Blocks {
		for _, head := range b.Succs {
			if !head.Dominates(b) {
				continue
			}
			l := byHeader[head]
			if l == nil {
				l = loop{head: true}
				byHeader[head] = l
				out = append(out, l)
			}
			l.fill(b)
		}
	}
	return out
}

// fill adds b and all that reaches it without passing the header, which is in the set already.
func (l loop) fill(b *ssa.BasicBlock) {
	work := []*ssa.BasicBlock{b}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !l[b] {
			l[b] = true
			work = append(work, b.Preds...)
		}
	}
}

// varies reports whether v denotes other memory in each turn of l. A goroutine started in the loop on such memory is the only one
// of its site that has it.
func (f *function) varies(v ssa.Value, l loop) bool {
	return l != nil && f.variesIn(v, l, map[ssa.Value]bool{})
}

func (f *function) variesIn(v ssa.Value, l loop, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	rec := func(v ssa.Value) bool { return f.variesIn(v, l, seen) }
	if p, ok := v.(*ssa.Parameter); ok {
		return l[p.Parent().Blocks[0]] && f.u.isBody(p.Parent())
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || instr.Block() == nil || !l[instr.Block()] {
		if alloc, ok := v.(*ssa.Alloc); ok {
			return f.storedVaries(alloc, rec)
		}
		return false
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		// A variable made in each turn that holds a reference is as good as the reference.
		if isReference(deref(v.Type())) && len(f.stores(v).vals) > 0 {
			return f.storedVaries(v, rec)
		}
		return true
	case *ssa.UnOp:
		if val := f.justStored(v); val != nil {
			return rec(val)
		}
		return v.Op.String() == "<-" || rec(v.X)
	case *ssa.FieldAddr:
		return rec(v.X)
	case *ssa.Field:
		return rec(v.X)
	case *ssa.ChangeType:
		return rec(v.X)
	case *ssa.ChangeInterface:
		return rec(v.X)
	case *ssa.MakeInterface:
		return rec(v.X)
	case *ssa.TypeAssert:
		return rec(v.X)
	case *ssa.Slice:
		return rec(v.X)
	case *ssa.IndexAddr:
		return rec(v.X) || rec(v.Index)
	case *ssa.Index:
		return rec(v.X) || rec(v.Index)
	case *ssa.Lookup:
		return rec(v.X) || rec(v.Index)
	case *ssa.BinOp:
		return rec(v.X) || rec(v.Y)
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			return f.callVaries(call, v.Index, v, rec)
		}
		return rec(v.Tuple)
	case *ssa.Call:
		return f.callVaries(v, 0, v, rec)
	}
	return true
}

func (f *function) storedVaries(x *ssa.Alloc, rec func(ssa.Value) bool) bool {
	for _, v := range f.stores(x).vals {
		if rec(v) {
			return true
		}
	}
	return false
}

// callVaries: a getter returns the same object each time, everything else something new. The value of result i is v.
func (f *function) callVaries(call *ssa.Call, i int, v ssa.Value, rec func(ssa.Value) bool) bool {
	known := f.resultPaths(call, i)
	for _, p := range known {
		if name := p.Root.Name; name != 0 && f.made[name] == v {
			return true
		}
	}
	if len(known) == 0 {
		return true
	}
	return slices.ContainsFunc(call.Call.Args, rec)
}
