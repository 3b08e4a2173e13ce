package lockbalance

import (
	"hash/maphash"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// hold is what happened to one lock on a path.
type hold struct {
	key string // its name
	// w and r count the holds in write and read mode. Negative: the caller's were given up.
	w, r int8
	at   ssa.Instruction // the last acquisition
	rel  ssa.Instruction // the release that followed it, nil if there was none
	// own: at is an acquisition of this function, not of one that it called.
	own bool
	// carried: the lock was held when the loop of its acquisition came round.
	carried bool
	// unsure: an effect on the lock could not be followed. It says nothing any more.
	unsure bool
}

func (h *hold) held() bool { return h.w > 0 || h.r > 0 }

// fact is what a path has found out about a value: that it is, or is not, val.
type fact struct {
	name, val string
	is        bool
	by        ssa.Value // the value asked; executed again, it may answer otherwise
	asked     string    // that value by itself
	old       bool      // no lock was held since: of the value it is still true, not of another of its name
	set       bool      // the function has made it so: it says nothing of what was before
}

// world is one path, or several that can't be told apart. Worlds are immutable, and share what they have in common: each method that changes one
// returns another, which is made once (see worlds).
type world struct {
	holds  []hold       // by key
	facts  []*known     // by name, then val
	defers []*ssa.Defer // oldest first
	takes  []take       // what was acquired that the function did not hold, those for reading first, then by key
	id     ident
	exact  uint64 // of all that facts say: ident leaves out who was asked
	among  *worlds
}

// knowing reports whether anything is known on w but that locks were taken.
func (w *world) knowing() bool { return len(w.facts)+len(w.holds)+len(w.defers) > 0 }

func (w *world) find(key string) (int, bool) {
	return slices.BinarySearchFunc(w.holds, key, func(h hold, k string) int { return strings.Compare(h.key, k) })
}

// get returns the hold on key.
func (w *world) get(key string) hold {
	if i, ok := w.find(key); ok {
		return w.holds[i]
	}
	return hold{key: key}
}

// with returns w after h has changed.
func (w *world) with(h hold) *world {
	id := w.id
	i, ok := w.find(h.key)
	if ok {
		if w.holds[i] == h {
			return w
		}
		id.rest ^= maphash.Comparable(seed, w.holds[i])
	}
	id.rest ^= maphash.Comparable(seed, h)
	return w.become(id, w.exact, func(out *world) {
		if !ok {
			out.holds = domain.InsertedAt(w.holds, i, h)
			return
		}
		out.holds = slices.Clone(w.holds)
		out.holds[i] = h
	})
}

// without returns w with the holds dropped that lose says.
func (w *world) without(lose func(hold) bool) *world {
	if !slices.ContainsFunc(w.holds, lose) {
		return w
	}
	id := w.id
	for _, h := range w.holds {
		if lose(h) {
			id.rest ^= maphash.Comparable(seed, h)
		}
	}
	return w.become(id, w.exact, func(out *world) { out.holds = slices.DeleteFunc(slices.Clone(w.holds), lose) })
}

// taking notes the acquisition of a lock that the function did not hold, nor its caller give up.
func (w *world) taking(t take) *world {
	if !outer(t.key) {
		return w
	}
	i, ok := slices.BinarySearchFunc(w.takes, t, take.compare)
	if ok {
		return w
	}
	id := w.id
	id.rest ^= maphash.Comparable(seed, t)
	return w.become(id, w.exact, func(out *world) { out.takes = domain.InsertedAt(w.takes, i, t) })
}

// deferring returns w with the calls to be run at the end.
func (w *world) deferring(calls []*ssa.Defer) *world {
	id := w.id
	id.rest ^= hashDefers(w.defers) ^ hashDefers(calls)
	return w.become(id, w.exact, func(out *world) { out.defers = calls })
}

// knows returns what w knows of what q asks.
func (w *world) knows(q fact) (is, known bool) {
	if strings.HasPrefix(q.name, "#") {
		return q.name[1:] == q.val, true
	}
	if q.val == "nil" && slices.ContainsFunc(w.holds, func(h hold) bool { return h.held() && strings.HasPrefix(h.key, q.name+".") }) {
		return false, true // its lock was found there
	}
	for _, f := range w.facts {
		if f.name != q.name || f.old && f.asked != q.asked {
			continue
		}
		if f.is {
			return f.val == q.val, true
		}
		if f.val == q.val {
			return false, true
		}
	}
	return false, false
}

// another reports whether w knows the answer to q of another value, which held the same then: what that one will be when this is asked again may be another thing.
func (w *world) another(q fact) bool {
	low, high := w.about(q.name)
	return low < high && !slices.ContainsFunc(w.facts[low:high], func(f *known) bool { return f.asked == q.asked })
}

// learn returns w knowing f.
func (w *world) learn(f fact) *world {
	// What f takes the place of: what is known of the name if f says what it is, else what is known of the name and val.
	low, high := w.about(f.name)
	if !f.is {
		i, ok := slices.BinarySearchFunc(w.facts[low:high], f.val, func(a *known, val string) int { return strings.Compare(a.val, val) })
		if low += i; ok {
			high = low + 1
		} else {
			high = low
		}
	}
	if high == low+1 && w.facts[low].fact == f {
		return w
	}
	n := w.among.known(f)
	id, exact := w.id, w.exact^n.exact
	id.facts ^= n.hash
	for _, g := range w.facts[low:high] {
		id.facts ^= g.hash
		exact ^= g.exact
	}
	return w.become(id, exact, func(out *world) {
		out.facts = append(make([]*known, 0, len(w.facts)-(high-low)+1), w.facts[:low]...)
		out.facts = append(append(out.facts, n), w.facts[high:]...)
	})
}

// about returns where what is known of a name begins among the facts, and where it ends.
func (w *world) about(name string) (low, high int) {
	low, _ = slices.BinarySearchFunc(w.facts, name, func(a *known, name string) int { return strings.Compare(a.name, name) })
	for high = low; high < len(w.facts) && w.facts[high].name == name; high++ {
	}
	return low, high
}

// forget returns w without the facts that drop says.
func (w *world) forget(drop func(*known) bool) *world {
	first := slices.IndexFunc(w.facts, drop)
	if first < 0 {
		return w
	}
	id, exact := w.id, w.exact
	for _, f := range w.facts[first:] {
		if drop(f) {
			id.facts ^= f.hash
			exact ^= f.exact
		}
	}
	return w.become(id, exact, func(out *world) { out.facts = slices.DeleteFunc(slices.Clone(w.facts), drop) })
}

// aged returns w when others may have changed what memory held: what was found out of it is old.
func (w *world) aged() *world {
	young := func(f *known) bool { return !f.old && ofMemory(f.name) }
	if !slices.ContainsFunc(w.facts, young) {
		return w
	}
	old := func(f *known) *known {
		if !young(f) {
			return f
		}
		aged := f.fact
		aged.old = true
		return w.among.known(aged)
	}
	id, exact := w.id, w.exact
	for _, f := range w.facts {
		n := old(f)
		id.facts ^= f.hash ^ n.hash
		exact ^= f.exact ^ n.exact
	}
	return w.become(id, exact, func(out *world) {
		out.facts = slices.Clone(w.facts)
		for i, f := range out.facts {
			out.facts[i] = old(f)
		}
	})
}

// maxWorlds bounds the paths that are kept apart at one point. Beyond, the function is given up: silence is better than a report that mixes
// two paths.
const maxWorlds = 64

// maxWork bounds the instructions that are gone over in one function, each as often as worlds come to it: a few seconds. A function written by a
// person takes some ten thousand, those that a compiler has written take any number.
const maxWork = 1 << 20

// problem is the flow problem of one function, over sets of worlds.
type problem struct{ *walker }

// Join implements flow.Problem.
func (p problem) Join(a, b []*world) []*world {
	out := slices.Clip(a)
	if len(a) <= few {
		for _, w := range b {
			if !slices.ContainsFunc(a, w.same) {
				out = append(out, w)
			}
		}
		return p.bounded(out)
	}
	seen := p.idents(a)
	for _, w := range b {
		if !seen[w.id] {
			out = append(out, w)
		}
	}
	return p.bounded(out)
}

func (w *world) same(other *world) bool { return w.id == other.id }

// idents returns what tells the worlds apart, until it is asked for again.
func (w *walker) idents(ws []*world) map[ident]bool {
	if w.seen == nil {
		w.seen = map[ident]bool{}
	}
	clear(w.seen)
	for _, in := range ws {
		w.seen[in.id] = true
	}
	return w.seen
}

// bounded merges worlds that differ in nothing but facts if there are too many, and gives up if that doesn't help.
func (p problem) bounded(ws []*world) []*world {
	if len(ws) <= maxWorlds {
		return ws
	}
	index := map[ident]int{}
	var out []*world
	for _, w := range ws {
		bare := w.id
		bare.facts = 0
		i, ok := index[bare]
		if !ok {
			index[bare] = len(out)
			out = append(out, w)
			continue
		}
		out[i] = out[i].forget(func(f *known) bool {
			return !slices.ContainsFunc(w.facts, func(g *known) bool { return f.says(g.fact) })
		})
	}
	if len(out) > maxWorlds {
		p.gaveUp = true
		return out[:1]
	}
	p.blurred = true
	return out
}

// Equal implements flow.Problem.
func (p problem) Equal(a, b []*world) bool {
	if len(a) != len(b) {
		return false
	}
	if len(a) <= few {
		return !slices.ContainsFunc(b, func(w *world) bool { return !slices.ContainsFunc(a, w.same) })
	}
	seen := p.idents(a)
	return !slices.ContainsFunc(b, func(w *world) bool { return !seen[w.id] })
}

// Transfer implements flow.Problem.
func (p problem) Transfer(b *ssa.BasicBlock, in []*world) [][]*world {
	out := make([][]*world, len(b.Succs))
	if p.gaveUp {
		return out
	}
	if p.work += len(b.Instrs) * len(in); p.work > maxWork {
		p.gaveUp = true
		return out
	}
	ws := in
	for _, instr := range b.Instrs {
		ws = p.step(ws, instr)
	}
	for i := range out {
		out[i] = p.bounded(p.unique(p.edge(b, i, ws)))
	}
	return out
}

// unique returns each world of ws once. It returns ws itself if they all differ.
func (w *walker) unique(ws []*world) []*world {
	if len(ws) < 2 {
		return ws
	}
	if len(ws) <= few {
		return uniqueOfFew(ws)
	}
	seen := w.idents(ws)
	if len(seen) == len(ws) {
		return ws
	}
	out := make([]*world, 0, len(seen))
	for _, in := range ws {
		if seen[in.id] {
			out = append(out, in)
			delete(seen, in.id)
		}
	}
	return out
}

// few is how many worlds are compared one by one sooner than by a map.
const few = 8

// uniqueOfFew is unique for few worlds.
func uniqueOfFew(ws []*world) []*world {
	again := func(i int) bool {
		return slices.ContainsFunc(ws[:i], func(w *world) bool { return w.id == ws[i].id })
	}
	out := ws
	for i, w := range ws {
		switch {
		case again(i) && len(out) == len(ws):
			out = slices.Clone(ws[:i])
		case !again(i) && len(out) < i:
			out = append(out, w)
		}
	}
	return out
}
