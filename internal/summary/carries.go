package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// carries reports whether a turn of l in which start comes may leave the variable v to the next one as it is: on some way from start, nothing else is put into it.
// A batch that a goroutine is given is the goroutine's if the loop goes on with a new one.
func (l loop) carries(v ssa.Value, start ssa.Instruction) bool {
	phi, ok := v.(*ssa.Phi)
	if !ok {
		return false // another one in each turn
	}
	type value struct {
		v  ssa.Value
		at *ssa.BasicBlock
	}
	seen := map[value]bool{}
	work := []value{{phi, start.Block()}} // what may still be v, at the end of the block
	for len(work) > 0 {
		here := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range here.at.Succs {
			if !l[s] {
				continue
			}
			names := carriedInto(here.v, here.at, s)
			if s == phi.Block() {
				if slices.Contains(names, v) {
					return true
				}
				continue
			}
			for _, v := range append(names, here.v) {
				if next := (value{v, s}); !seen[next] {
					seen[next] = true
					work = append(work, next)
				}
			}
		}
	}
	return false
}

// carriedInto returns the variables that get v where the edge from b leads to.
func carriedInto(v ssa.Value, b, to *ssa.BasicBlock) (out []ssa.Value) {
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		for i, p := range to.Preds {
			if p == b && phi.Edges[i] == v {
				out = append(out, phi)
			}
		}
	}
	return out
}
