package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// Gates: a goroutine that begins by a receive from a channel of whoever starts it waits there until that closes the channel or sends on it. What its starter does
// until then comes before all that the goroutine does.

// noteGate records what opens the gate at which the goroutine of a go statement begins, if it begins at one that nobody else can open.
func (f *function) noteGate(instr *ssa.Go, pos domain.Pos) {
	mc, ok := instr.Call.Value.(*ssa.MakeClosure)
	if !ok || f.gates[pos] != nil {
		return
	}
	fn := mc.Fn.(*ssa.Function)
	free := firstReceived(fn)
	i := slices.Index(fn.FreeVars, free)
	if free == nil || i < 0 {
		return
	}
	if ch, ok := mc.Bindings[i].(*ssa.Alloc); ok {
		if opens := opensOnly(ch, mc); len(opens) > 0 {
			f.gates[pos] = opens
		}
	}
}

// firstReceived returns the captured variable with the channel that fn receives from before it does anything else, nil if there is none.
func firstReceived(fn *ssa.Function) *ssa.FreeVar {
	for _, instr := range fn.Blocks[0].Instrs {
		op, ok := instr.(*ssa.UnOp)
		if !ok {
			return nil
		}
		if load, ok := op.X.(*ssa.UnOp); ok {
			free, _ := load.X.(*ssa.FreeVar)
			return free
		}
		if _, ok := op.X.(*ssa.FreeVar); !ok {
			return nil
		}
	}
	return nil
}

// opensOnly returns the instructions that close the channel in the variable or send on it, nil if it is used for anything else than that, and by the closure.
func opensOnly(variable *ssa.Alloc, closure *ssa.MakeClosure) (out []ssa.Instruction) {
	made := false
	for _, ref := range *variable.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.MakeClosure:
			if ref != closure {
				return nil
			}
		case *ssa.Store:
			if _, ok := ref.Val.(*ssa.MakeChan); !ok || made {
				return nil
			}
			made = true
		case *ssa.UnOp:
			for _, use := range *ref.Referrers() {
				if !opens(use, ref) {
					return nil
				}
				out = append(out, use)
			}
		default:
			return nil
		}
	}
	return out
}

// opens reports whether instr closes the channel or sends on it.
func opens(instr ssa.Instruction, ch ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.Send:
		return instr.Chan == ch && instr.X != ch
	case *ssa.Call:
		b, ok := instr.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "close"
	}
	return false
}

// past returns the goroutines of running that may have got past their gates at the instruction at hand.
func (f *function) past(running []domain.Sym) []domain.Sym {
	if len(f.gates) == 0 || f.at == nil {
		return running
	}
	shut := func(site domain.Sym) bool {
		sp := f.spawns[site]
		if sp == nil {
			return false
		}
		opened, gated := f.gates[sp.Pos]
		return gated && !slices.ContainsFunc(opened, func(instr ssa.Instruction) bool {
			return flow.Reaches(instr.Block(), f.at.Block()) || instr.Block() == f.at.Block() && flow.Precedes(instr, f.at)
		})
	}
	if !slices.ContainsFunc(running, shut) {
		return running
	}
	return slices.DeleteFunc(slices.Clone(running), shut)
}
