package summary

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/domain"
)

// somePaths returns n paths of all lengths, some of which have no name.
func somePaths(r *rand.Rand, n int) []domain.Path {
	out := make([]domain.Path, n)
	for i := range out {
		root := domain.Root{Kind: domain.Param, Index: int16(r.IntN(3))}
		if r.IntN(3) == 0 {
			root = domain.Root{Kind: domain.Unknown}
		}
		out[i] = domain.Of(root)
		for range r.IntN(4) {
			out[i] = out[i].Append(domain.FieldSym("p.T", fmt.Sprint("f", r.IntN(5))))
		}
	}
	return out
}

// TestWithNearest: to add paths at once is to add one after another.
func TestWithNearest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var set []domain.Path
		for _, p := range somePaths(r, r.IntN(30)) {
			set = nearest(domain.InsertPath(set, p), maxKeys)
		}
		more := somePaths(r, r.IntN(30))
		want := set
		for _, p := range more {
			want = nearest(domain.InsertPath(want, p), maxKeys)
		}
		assert.Equal(t, want, withNearest(set, more, maxKeys))
	}
}

// TestWithNearestAllocatesNothing for what is in the set already, or too far: a function near the root of a program signals hundreds of keys in each call.
func TestWithNearestAllocatesNothing(t *testing.T) {
	var set, far []domain.Path
	for i := range maxKeys {
		set = domain.InsertPath(set, domain.Of(domain.Root{Kind: domain.Param, Index: int16(i)}))
		far = append(far, domain.Of(domain.Root{Kind: domain.Unknown}).Append(domain.FieldSym("p.T", fmt.Sprint("f", i))), set[0])
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { withNearest(set, far, maxKeys) }))
	assert.Equal(t, 1.0, testing.AllocsPerRun(10, func() { withNearest(set[:1], set, maxKeys) }), "all that comes in is put into one copy")
}

// TestJoinKeys: it is the nearest of the union, and takes no memory where nothing is added.
func TestJoinKeys(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	set := func(n int) (out []domain.Path) {
		for _, p := range somePaths(r, n) {
			out = domain.InsertPath(out, p)
		}
		return out
	}
	for range 2000 {
		a, b := bounded(set(r.IntN(30))), set(r.IntN(30))
		want := bounded(domain.UnionPaths(a, b))
		assert.Equal(t, want, joinKeys(a, b))
		assert.Zero(t, testing.AllocsPerRun(1, func() { joinKeys(want, b) }))
	}
}
