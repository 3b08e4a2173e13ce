package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// lifelong reports whether a call of fn is what one goroutine does as long as its object is in use, such as Run and Serve: it waits in a loop that ends only when
// it is told to, or by an error, and it gets nothing that says for whom it does that. Two calls of it at once for one object would do everything twice.
//
// A function that waits in a loop until something has come about is not: many may wait for that.
func lifelong(fn *ssa.Function) bool {
	if fn.Signature.Recv() == nil || !forNobody(fn.Signature.Params()) || !onlyError(fn.Signature.Results()) {
		return false
	}
	return slices.ContainsFunc(naturalLoops(fn), func(l loop) bool { return l.receives(true) && l.endsWhenTold() })
}

// forNobody reports whether the parameters say how long to go on, and how, but not for whom.
func forNobody(params *types.Tuple) bool {
	for p := range params.Variables() {
		if name := p.Type().String(); !carriesNothing(p.Type()) && name != "context.Context" && name != "time.Duration" {
			return false
		}
	}
	return true
}

func onlyError(results *types.Tuple) bool {
	return results.Len() == 0 || results.Len() == 1 && isError(results.At(0).Type())
}

// endsWhenTold reports whether the loop is left only where a channel that carries nothing has something or is closed, or with an error.
func (l loop) endsWhenTold() bool {
	for b := range l {
		for _, s := range b.Succs {
			if l[s] || dies(s) {
				continue
			}
			if branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); !ok || !tells(branch.Cond) {
				return false
			}
		}
	}
	return true
}

// tells reports whether a condition says that a signal or an error has come, or that a channel is closed.
func tells(cond ssa.Value) bool {
	switch c := cond.(type) {
	case *ssa.Extract: // ok of v, ok := <-ch
		_, selects := c.Tuple.(*ssa.Select)
		recv, ok := c.Tuple.(*ssa.UnOp)
		return (selects || ok && recv.Op == token.ARROW) && c.Index == 1
	case *ssa.BinOp:
		if isError(c.X.Type()) {
			return true
		}
		chosen, ok := c.X.(*ssa.Extract)
		if !ok || chosen.Index != 0 {
			return false
		}
		sel, ok := chosen.Tuple.(*ssa.Select)
		n, isConst := c.Y.(*ssa.Const)
		return ok && isConst && carriesNothing(sel.States[n.Int64()].Chan.Type())
	}
	return false
}
