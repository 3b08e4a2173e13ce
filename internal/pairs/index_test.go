package pairs

import (
	"math/rand"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// TestIndexMissesNothing compares the index with a look at all pairs.
func TestIndexMissesNothing(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	whole := domain.Of(domain.Root{Kind: domain.Param, Type: domain.Intern("p.U")})
	fns := []*summary.Func{{}, {Method: true, Wholes: []domain.Path{whole}}, {Entry: summary.Served}}
	spawn := &domain.Spawn{}
	pick := func(names ...string) domain.Sym { return domain.Intern(names[r.Intn(len(names))]) }
	var g Group
	for range 300 {
		path := domain.Of(domain.Root{Kind: domain.RootKind(r.Intn(6)), Index: int16(r.Intn(2)), Name: pick("p.a", "p.b"), Type: pick("", "p.T", "p.U")})
		path = path.Append(domain.FieldSym("p.T", string(rune('m'+r.Intn(2)))))
		touch := &Touch{Access: &domain.Access{Terms: &domain.Terms{}, Path: path}, Home: path, Inner: r.Intn(3) == 0, Single: pick("", "p.a", "p.b")}
		if touch.Inner && r.Intn(2) == 0 {
			at := domain.Of(domain.Root{Kind: domain.Local, Name: pick("p.F#1", "p.F#2")})
			touch.At = []domain.Path{at.Append(domain.FieldSym("p.T", "m")), path}
		}
		touch.Fn = fns[r.Intn(3)]
		touch.Holder = touch.Fn
		if r.Intn(3) == 0 {
			touch.Spawn = spawn
		}
		g.Touches = append(g.Touches, touch)
	}
	index := NewIndex(g)
	met := 0
	for i, a := range g.Touches {
		var want, got []int
		for j, b := range g.Touches[i:] {
			if (a.Thread() || b.Thread()) && SameObject(a, b) {
				want = append(want, i+j)
			}
		}
		at := map[*Touch]int{}
		for j, b := range g.Touches {
			at[b] = j
		}
		for b := range index.From(i) {
			if SameObject(a, b) {
				got = append(got, at[b])
			}
		}
		assert.Equal(t, want, got)
		met += len(want)
	}
	assert.Positive(t, met)
}
