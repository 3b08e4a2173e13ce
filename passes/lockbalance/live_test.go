package lockbalance

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/ssatest"
)

// TestLiveness: what is known of a name is asked up to the last branch on it, by way of phis, too, and round a loop.
func TestLiveness(t *testing.T) {
	const src = `package p

func do()

func f(a, b, c, d bool) {
	if a {
		do()
	}
	if a {
		do()
	}
	x := c
	if b {
		x = d
	}
	if x {
		do()
	}
}

func loop(a, b bool) {
	for a {
		do()
	}
	if b {
		do()
	}
}`
	_, pkg := ssatest.Build(t, src)
	asked := func(name string) (l *liveness, ifs []*ssa.BasicBlock) {
		fn := pkg.Func(name)
		names := newNamer(nil, fn)
		l = newLiveness(fn)
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.If:
					l.asks(b, names.of(instr.Cond))
					ifs = append(ifs, b)
				case *ssa.Phi:
					l.hands(instr, names)
				}
			}
		}
		l.solve(fn, names)
		return l, ifs
	}
	has := func(l *liveness, b *ssa.BasicBlock) (out []string) {
		for _, name := range []string{"p0", "p1", "p2", "p3"} {
			if l.has(b, name) {
				out = append(out, name)
			}
		}
		return out
	}

	l, ifs := asked("f")
	require.Len(t, ifs, 4)
	assert.Equal(t, []string{"p0", "p1", "p2", "p3"}, has(l, ifs[0]))
	assert.Equal(t, []string{"p0", "p1", "p2", "p3"}, has(l, ifs[1]))
	assert.Equal(t, []string{"p1", "p2", "p3"}, has(l, ifs[2]), "a is not asked any more")
	assert.Equal(t, []string{"p3"}, has(l, ifs[2].Succs[0]), "x is d on this way")
	assert.Empty(t, has(l, ifs[3]), "x has got its answer on the way")

	l, ifs = asked("loop")
	require.Len(t, ifs, 2)
	head, behind := ifs[1], ifs[0] // as blocks are numbered
	assert.Equal(t, []string{"p0", "p1"}, has(l, head.Succs[0]), "a is asked in the next turn")
	assert.Equal(t, []string{"p1"}, has(l, behind))
}
