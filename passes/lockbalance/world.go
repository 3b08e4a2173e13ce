package lockbalance

import (
	"slices"
	"strconv"
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
}

// world is one path, or several that can't be told apart. Worlds are immutable.
type world struct {
	holds  []hold       // by key
	facts  []fact       // by name, then val
	defers []*ssa.Defer // oldest first
	takes  []string     // what was acquired that the function did not hold (sorted; 'R' or 'W', then the key)
	id     string
}

func (w *world) clone() *world {
	return &world{slices.Clone(w.holds), slices.Clone(w.facts), slices.Clone(w.defers), slices.Clone(w.takes), ""}
}

// knowing reports whether anything is known on w but that locks were taken.
func (w *world) knowing() bool { return len(w.facts)+len(w.holds)+len(w.defers) > 0 }

// ident is equal for equal worlds.
func (w *world) ident(order map[ssa.Instruction]int) string {
	if w.id != "" {
		return w.id
	}
	var b strings.Builder
	num := func(i ssa.Instruction) {
		if i != nil {
			b.WriteString(strconv.Itoa(order[i]))
		}
		b.WriteByte(',')
	}
	for _, h := range w.holds {
		b.WriteString(h.key)
		b.WriteString("\x00" + strconv.Itoa(int(h.w)) + "," + strconv.Itoa(int(h.r)) + ",")
		num(h.at)
		num(h.rel)
		for _, flag := range []bool{h.own, h.carried, h.unsure} {
			if flag {
				b.WriteByte('+')
			} else {
				b.WriteByte('-')
			}
		}
	}
	b.WriteByte('|')
	for _, f := range w.facts {
		b.WriteString(f.name + "\x00" + f.val + "\x00" + strconv.FormatBool(f.is) + "\x00")
		if f.old {
			b.WriteString(f.asked + "\x00")
		}
	}
	b.WriteByte('|')
	for _, d := range w.defers {
		b.WriteString(strconv.Itoa(order[d]) + ",")
	}
	b.WriteByte('|')
	b.WriteString(strings.Join(w.takes, "\x00"))
	w.id = b.String()
	return w.id
}

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
	out := w.clone()
	if i, ok := out.find(h.key); ok {
		out.holds[i] = h
	} else {
		out.holds = slices.Insert(out.holds, i, h)
	}
	return out
}

// taking notes the acquisition of a lock that the function did not hold, nor its caller give up.
func (w *world) taking(key string, mode domain.Mode) {
	t := "W" + key
	if mode == domain.ReadMode {
		t = "R" + key
	}
	if i, ok := slices.BinarySearch(w.takes, t); !ok && outer(key) {
		w.takes = slices.Insert(w.takes, i, t)
	}
}

// knows returns what w knows of what q asks.
func (w *world) knows(q fact) (is, known bool) {
	if strings.HasPrefix(q.name, "#") {
		return q.name[1:] == q.val, true
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

// learn adds a fact to w, which must be a clone.
func (w *world) learn(f fact) {
	if f.is {
		w.forget(func(g fact) bool { return g.name == f.name })
	}
	i, ok := slices.BinarySearchFunc(w.facts, f, func(a, b fact) int {
		if c := strings.Compare(a.name, b.name); c != 0 {
			return c
		}
		return strings.Compare(a.val, b.val)
	})
	if ok {
		w.facts[i] = f
		return
	}
	w.facts = slices.Insert(w.facts, i, f)
}

// forget drops facts from w, which must be a clone.
func (w *world) forget(drop func(fact) bool) { w.facts = slices.DeleteFunc(w.facts, drop) }

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
	seen := map[string]bool{}
	for _, w := range a {
		seen[w.ident(p.order)] = true
	}
	for _, w := range b {
		if !seen[w.ident(p.order)] {
			out = append(out, w)
		}
	}
	return p.bounded(out)
}

// bounded merges worlds that differ in nothing but facts if there are too many, and gives up if that doesn't help.
func (p problem) bounded(ws []*world) []*world {
	if len(ws) <= maxWorlds {
		return ws
	}
	index := map[string]int{}
	var out []*world
	for _, w := range ws {
		bare := *w
		bare.facts, bare.id = nil, ""
		key := bare.ident(p.order)
		i, ok := index[key]
		if !ok {
			index[key] = len(out)
			out = append(out, w)
			continue
		}
		m := out[i].clone()
		m.forget(func(f fact) bool {
			return !slices.ContainsFunc(w.facts, func(g fact) bool { return f.name == g.name && f.val == g.val && f.is == g.is })
		})
		out[i] = m
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
	seen := map[string]bool{}
	for _, w := range a {
		seen[w.ident(p.order)] = true
	}
	for _, w := range b {
		if !seen[w.ident(p.order)] {
			return false
		}
	}
	return true
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
		out[i] = p.dedupe(p.edge(b, i, ws))
	}
	return out
}

func (p problem) dedupe(ws []*world) []*world { return p.Join(nil, p.unique(ws)) }

func (p problem) unique(ws []*world) []*world {
	if len(ws) < 2 {
		return ws
	}
	seen := map[string]bool{}
	var out []*world
	for _, w := range ws {
		if id := w.ident(p.order); !seen[id] {
			seen[id] = true
			out = append(out, w)
		}
	}
	return out
}
