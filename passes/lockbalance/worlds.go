package lockbalance

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// worlds are those of one function. Each is made once: most steps lead to one that another path has led to, or the same path in an earlier turn, and when
// the fixed point stands, all of them do.
type worlds struct {
	all   map[uint64]*world
	facts map[fact]*known
	live  *liveness
}

// start returns the world in which nothing has happened.
func start(live *liveness) *world {
	return &world{among: &worlds{map[uint64]*world{}, map[fact]*known{}, live}}
}

// become returns the world that has id and exact. Where there is none yet, change makes it of a copy of w.
func (w *world) become(id ident, exact uint64, change func(*world)) *world {
	k := exact ^ bits.RotateLeft64(id.rest, 1)
	if got := w.among.all[k]; got != nil {
		return got
	}
	out := *w
	out.id, out.exact = id, exact
	change(&out)
	w.among.all[k] = &out
	return &out
}

// ident is equal for equal worlds: a hash of what they know, and one of the rest. These are sets, all but the deferred calls, so that the hash is the
// exclusive or of those of the members, and one change costs one hash.
type ident struct{ facts, rest uint64 }

var seed = maphash.MakeSeed()

func hashDefers(calls []*ssa.Defer) (hash uint64) {
	for _, d := range calls {
		hash = maphash.Comparable(seed, struct {
			before uint64
			d      *ssa.Defer
		}{hash, d})
	}
	return hash
}

// says reports whether f and g say the same.
func (f fact) says(g fact) bool { return f.name == g.name && f.val == g.val && f.is == g.is }

// known is a fact of a world, with hashes: of what tells worlds apart, and of all. Worlds share it: there are many of them, and each change of one copies
// its list.
type known struct {
	fact
	hash, exact uint64
	ofSelf      bool // the name is of a value that is only itself
	outer       bool // callers can name it
	index       int  // of the name among those that somebody asks, -1 if nobody does
}

// known returns f as worlds have it.
func (ws *worlds) known(f fact) *known {
	got := ws.facts[f]
	if got == nil {
		asked := ""
		if f.old {
			asked = f.asked
		}
		told := fact{name: f.name, val: f.val, is: f.is, asked: asked, old: f.old, set: f.set}
		got = &known{f, maphash.Comparable(seed, told), maphash.Comparable(seed, f), strings.Contains(f.name, selfMark), outer(f.name), ws.live.find(f.name)}
		ws.facts[f] = got
	}
	return got
}

// take is an acquisition of a lock that the function did not hold.
type take struct {
	key  string
	mode domain.Mode
}

func (t take) compare(o take) int {
	return cmp.Or(cmp.Compare(t.mode, o.mode), strings.Compare(t.key, o.key))
}
