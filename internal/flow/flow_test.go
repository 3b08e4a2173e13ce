package flow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/ssatest"
)

const src = `package p

func a()
func b()
func c()

func branch(x bool) {
	a()
	if x {
		b()
	} else {
		c()
	}
}

func loop(n int) {
	for i := 0; i < n; i++ {
		a()
		if i == 3 {
			b()
			continue
		}
	}
	c()
}

func nested(n int) {
	for i := range n {
		if i == 3 {
			a()
			return
		}
		for i < 7 {
			b()
		}
		if n == 2 {
			goto out
		}
	}
	c()
out:
	a()
again:
	if n > 3 {
		b()
		goto again
	}
}

func dead() {
	a()
	for {
	}
	b()
}
`

// called is the set of functions that may have been called, as bits.
type called struct{}

func (called) Join(a, b uint) uint  { return a | b }
func (called) Equal(a, b uint) bool { return a == b }
func (called) Transfer(b *ssa.BasicBlock, in uint) []uint {
	for _, instr := range b.Instrs {
		if call, ok := instr.(*ssa.Call); ok {
			in |= 1 << (call.Call.StaticCallee().Name()[0] - 'a')
		}
	}
	out := make([]uint, len(b.Succs))
	for i := range out {
		out[i] = in
	}
	return out
}

func function(t *testing.T, name string) *ssa.Function {
	_, pkg := ssatest.Build(t, src)
	return pkg.Func(name)
}

// atReturn is what may have been called at the function's only return.
func atReturn(t *testing.T, fn *ssa.Function, sol *flow.Solution[uint]) (uint, bool) {
	for _, b := range fn.Blocks {
		if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			if !sol.Reached[b.Index] {
				return 0, false
			}
			in := sol.In[b.Index]
			for _, instr := range b.Instrs {
				if call, ok := instr.(*ssa.Call); ok {
					in |= 1 << (call.Call.StaticCallee().Name()[0] - 'a')
				}
			}
			return in, true
		}
	}
	return 0, false
}

func TestForward(t *testing.T) {
	for name, want := range map[string]uint{"branch": 0b111, "loop": 0b111} {
		fn := function(t, name)
		sol := flow.Forward(fn, called{}, 0, nil)
		got, reached := atReturn(t, fn, sol)
		assert.True(t, reached, name)
		assert.Equal(t, want, got, name)
		assert.GreaterOrEqual(t, sol.Transfers, len(fn.Blocks), name)
	}
	_, reached := atReturn(t, function(t, "dead"), flow.Forward(function(t, "dead"), called{}, 0, nil))
	assert.False(t, reached, "what stands after an endless loop is not reached")
}

func TestForwardIsBounded(t *testing.T) {
	fn := function(t, "loop")
	sol := flow.Forward(fn, called{}, 0, nil)
	assert.LessOrEqual(t, sol.Transfers, 4*len(fn.Blocks), "each block is processed a few times, not once per path")
}

// again is flow.Cyclic by its meaning.
func again(b *ssa.BasicBlock) bool {
	seen := map[*ssa.BasicBlock]bool{}
	work := append([]*ssa.BasicBlock{}, b.Succs...)
	for len(work) > 0 {
		c := work[0]
		work = work[1:]
		if !seen[c] {
			seen[c] = true
			work = append(work, c.Succs...)
		}
	}
	return seen[b]
}

func TestCyclic(t *testing.T) {
	for name, some := range map[string]bool{"branch": false, "loop": true, "nested": true, "dead": true} {
		fn := function(t, name)
		any := false
		for i, got := range flow.Cyclic(fn) {
			assert.Equal(t, again(fn.Blocks[i]), got, "%s block %d", name, i)
			any = any || got
		}
		assert.Equal(t, some, any, name)
	}
}

func TestPrecedes(t *testing.T) {
	fn := function(t, "branch")
	calls := map[string]ssa.Instruction{}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				calls[call.Call.Value.Name()] = instr
			}
		}
	}
	a, b, c := calls["a"], calls["b"], calls["c"]
	assert.True(t, flow.Precedes(a, b))
	assert.False(t, flow.Precedes(b, a))
	assert.False(t, flow.Precedes(b, c), "on another branch")
	last := a.Block().Instrs[len(a.Block().Instrs)-1]
	assert.True(t, flow.Precedes(a, last), "in one block")
	assert.False(t, flow.Precedes(last, a))
	assert.False(t, flow.Precedes(a, a))
}
