package lockbalance

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/summary"
)

// notes is what the paths of one function show. Whether it is wrong is decided when all functions have been seen.
type notes struct {
	acquired map[ssa.Instruction]*acquisition
	released map[ssa.Instruction]*release
	again    map[ssa.Instruction]*relock
	defers   map[*ssa.Defer]*deferral
	touched  map[ssa.Instruction]map[string]ssa.Instruction // map accesses: the locks released before, on every path
	pairs    map[ssa.Instruction]ssa.Instruction            // releases, and the acquisition that they end
	handed   map[string]bool                                // locks that a closure releases, at some time
	kept     map[ssa.Instruction][]map[string]bool          // ways out: the locks that are held there, or may be
}

func newNotes() notes {
	return notes{
		map[ssa.Instruction]*acquisition{}, map[ssa.Instruction]*release{}, map[ssa.Instruction]*relock{}, map[*ssa.Defer]*deferral{},
		map[ssa.Instruction]map[string]ssa.Instruction{}, map[ssa.Instruction]ssa.Instruction{}, map[string]bool{},
		map[ssa.Instruction][]map[string]bool{},
	}
}

func (n *notes) empty() bool {
	return len(n.acquired)+len(n.released)+len(n.again)+len(n.defers)+len(n.touched)+len(n.pairs) == 0
}

// acquisition is a place where a lock is taken.
type acquisition struct {
	key      string
	mode     domain.Mode
	callee   *summary.Callee   // who takes it, nil for the function itself
	releases []ssa.Instruction // what releases it
	exits    []ssa.Instruction // ways out on which it is still held
	rounds   []round           // ends of turns of a loop on which it is still held
	turned   []*ssa.BasicBlock // loops of which a turn that takes it ends without it
}

// round is the end of a turn of a loop: the i'th edge out of from.
type round struct {
	from *ssa.BasicBlock
	i    int
}

// release is a place where a lock is given up.
type release struct {
	key    string
	mode   domain.Mode
	callee *summary.Callee
	held   bool            // on some path it is held
	free   bool            // on some path this function does not hold it, and has not held it
	twice  ssa.Instruction // the release before, on some path
	wrong  ssa.Instruction // the acquisition in the other mode, on some path
	right  bool            // on some path the mode is right
}

// relock is a place where a lock is taken while it is held.
type relock struct {
	key    string
	mode   domain.Mode
	held   domain.Mode
	at     ssa.Instruction // where it was taken
	callee *summary.Callee // who takes it again
}

// deferral is the deferred call of a lock's method.
type deferral struct {
	op         summary.LockOp
	key        string
	held, free bool
	loops      bool // it is deferred again in the next turn of a loop
}

func once[T comparable](set []T, x T) []T {
	if slices.Contains(set, x) {
		return set
	}
	return append(set, x)
}

func (n *notes) acquisition(key string, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) *acquisition {
	a := n.acquired[instr]
	if a == nil {
		a = &acquisition{key: key, mode: mode, callee: callee}
		n.acquired[instr] = a
	}
	return a
}

// acquiring is called before a lock is taken.
func (n *notes) acquiring(w *walker, h hold, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) {
	if !w.report {
		return
	}
	if callee == nil {
		n.acquisition(h.key, mode, instr, nil)
	}
	if h.unsure || !h.held() || n.again[instr] != nil {
		return
	}
	held := domain.ReadMode
	if h.w > 0 {
		held = domain.WriteMode
	}
	n.again[instr] = &relock{h.key, mode, held, h.at, callee}
}

// releasing is called before a lock is given up.
func (n *notes) releasing(w *walker, h hold, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) {
	if !w.report {
		return
	}
	r := n.released[instr]
	if r == nil {
		r = &release{key: h.key, mode: mode, callee: callee}
		n.released[instr] = r
	}
	count, other := h.w, h.r
	if mode == domain.ReadMode {
		count, other = other, count
	}
	switch {
	case h.unsure:
		r.held = true
	case count > 0, other > 0:
		r.held = true
		if count > 0 {
			r.right = true
		} else if h.own {
			r.wrong = h.at
		}
		if a := n.acquired[h.at]; a != nil {
			a.releases = once(a.releases, instr)
		}
		if !h.own {
			w.c.releasesFor(n, h.at)
		}
		if h.own && callee == nil {
			n.pairs[instr] = h.at
		}
	case h.rel != nil:
		r.twice = h.rel
	default:
		r.free = true
	}
	if callee != nil && callee.Fn != nil && (h.held() || h.unsure) {
		w.c.heldAtCall[callee.Fn] = true
	}
}

// leaving is called at each way out.
func (n *notes) leaving(w *walker, in *world, instr ssa.Instruction) {
	kept := map[string]bool{}
	for _, h := range in.holds {
		if h.held() || h.unsure && h.rel == nil {
			kept[h.key] = true
		}
		if a := n.acquired[h.at]; a != nil && h.held() && !h.unsure {
			a.exits = once(a.exits, instr)
			if !h.own {
				w.c.releasesFor(n, h.at) // it is this function's to answer for
			}
		}
	}
	n.kept[instr] = append(n.kept[instr], kept)
}

// frees reports whether there is a way out behind the acquisition at on which the lock is not held.
func (n *notes) frees(at ssa.Instruction, key string) bool {
	var behind map[*ssa.BasicBlock]bool
	for exit, ways := range n.kept {
		if !slices.ContainsFunc(ways, func(kept map[string]bool) bool { return !kept[key] }) {
			continue
		}
		if behind == nil {
			behind = flow.Reachable(at.Block(), nil)
		}
		if behind[exit.Block()] {
			return true
		}
	}
	return false
}

// deferring is called at the defer of a lock's method.
func (n *notes) deferring(w *walker, in *world, op summary.LockOp, d *ssa.Defer) {
	key := w.key(op.Addr)
	if !w.report {
		return
	}
	r := n.defers[d]
	if r == nil {
		r = &deferral{op: op, key: key}
		n.defers[d] = r
	}
	h := in.get(key)
	r.held = r.held || h.held() && !h.unsure
	r.free = r.free || !h.held() || h.unsure
	if op.Kind == models.Release && slices.Contains(in.defers, d) {
		r.loops = true
	}
}

// comesRound is called where a turn of a loop ends: what was taken in it and is held is carried into the next.
func (w *walker) comesRound(b *ssa.BasicBlock, i int, ws []*world) []*world {
	body := w.loop(b.Succs[i])
	inside := func(instr ssa.Instruction) bool { return instr != nil && body[instr.Block()] }
	var out []*world
	for _, in := range ws {
		n := in
		for _, h := range in.holds {
			n = n.with(w.carried(h, b, i, inside))
		}
		n = n.without(func(h hold) bool { return h == hold{key: h.key} })
		for _, d := range n.defers {
			if r := w.notes.defers[d]; r != nil && inside(d) && r.op.Kind == models.Release && strings.ContainsAny(r.key, "[;") {
				r.loops = true
			}
		}
		out = append(out, n)
	}
	return out
}

// carried is a hold when the turn of a loop ends.
func (w *walker) carried(h hold, b *ssa.BasicBlock, i int, inside func(ssa.Instruction) bool) hold {
	a := w.notes.acquired[h.at]
	switch {
	case !inside(h.at) || h.carried:
	case h.held():
		if a != nil && w.report && !h.unsure {
			a.rounds = once(a.rounds, round{b, i})
		}
		h.carried = true
	case h.rel != nil && w.report && a != nil:
		a.turned = once(a.turned, b.Succs[i])
	}
	if !h.held() && inside(h.rel) {
		h.at, h.rel, h.own, h.carried = nil, nil, false, false
	}
	return h
}

// loop returns the blocks of the natural loop that head is the entry of.
func (w *walker) loop(head *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	if got, ok := w.loops[head]; ok {
		return got
	}
	body := map[*ssa.BasicBlock]bool{head: true}
	var work []*ssa.BasicBlock
	for _, p := range head.Preds {
		if head.Dominates(p) {
			work = append(work, p)
		}
	}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if !body[b] {
			body[b] = true
			work = append(work, b.Preds...)
		}
	}
	w.loops[head] = body
	return body
}

// touch notes which locks are released before a map is touched.
func (w *walker) touch(ws []*world, instr ssa.Instruction) {
	if !w.report {
		return
	}
	for _, in := range ws {
		before := map[string]ssa.Instruction{}
		for _, h := range in.holds {
			if h.rel != nil && !h.held() && !h.unsure {
				before[h.key] = h.rel
			}
		}
		if old, ok := w.notes.touched[instr]; ok {
			for key := range old {
				if before[key] == nil {
					delete(old, key)
				}
			}
			continue
		}
		w.notes.touched[instr] = before
	}
}
