package lockbalance

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/summary"
)

// key names the lock at addr.
func (w *walker) key(addr ssa.Value) string {
	key := w.names.of(addr)
	if _, ok := w.paths[key]; !ok {
		if p, ok := w.locks.Path(addr); ok {
			w.paths[key] = p
		}
	}
	return key
}

// call applies a call. It returns several worlds if the call may have several effects that its results tell apart.
func (w *walker) call(in *world, c *ssa.CallCommon, instr ssa.Instruction, res ssa.Value) []*world {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		if len(c.Args) > 0 && summary.IsMap(c.Args[0].Type()) && (b.Name() == "len" || b.Name() == "delete" || b.Name() == "clear") {
			w.touch([]*world{in}, instr)
		}
		return []*world{in}
	}
	if stops(c) {
		return nil
	}
	if op, ok := w.locks.Op(c); ok {
		key := w.key(op.Addr)
		switch op.Kind {
		case models.Acquire:
			return []*world{w.acquire(in, key, op.Mode, instr, nil)}
		case models.Release:
			return []*world{w.release(in, key, modeOf(op, in.get(key)), instr, nil)}
		}
		return w.try(in, key, op.Mode, instr, res)
	}
	if cond, is, ok := w.locks.Asserted(c); ok {
		return w.asserted(in, cond, is)
	}
	if once, run, ok := w.locks.Once(c); ok {
		return []*world{w.once(in, once, run, instr)}
	}
	callee, ok := w.locks.Callee(c)
	if !ok {
		return []*world{in}
	}
	if callee.Sum != nil && callee.Sum.NoReturn {
		return nil
	}
	if callee.Fn == nil {
		return []*world{w.imported(in, callee, instr, true)}
	}
	return w.enter(in, callee, instr, res)
}

// modeOf is the mode in which op gives up a lock that is held so.
func modeOf(op summary.LockOp, h hold) domain.Mode {
	if op.Either && h.r > 0 && h.w <= 0 {
		return domain.ReadMode
	}
	return op.Mode
}

// asserted applies a call that returns only if cond is what is says. What it teaches needs no remembering: the worlds in which it is otherwise end.
func (w *walker) asserted(in *world, cond ssa.Value, is bool) []*world {
	q := w.question(cond)
	if got, known := in.knows(q); known && (got == q.is) != is {
		return nil
	}
	return []*world{in}
}

// stops reports whether a method of an interface does not return, such as Fatal of testing.TB. After functions that don't, SSA ends by itself.
func stops(c *ssa.CallCommon) bool { return c.IsInvoke() && models.IsNoReturn(c.Method) }

// acquire takes a lock, for callee if it is not nil.
func (w *walker) acquire(in *world, key string, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) *world {
	h := in.get(key)
	w.notes.acquiring(w, h, mode, instr, callee)
	n := in
	if h.w >= 0 && h.r >= 0 {
		n = n.taking(take{key, mode})
	}
	if h.w < 0 && mode == domain.WriteMode || h.r < 0 && mode == domain.ReadMode {
		// The caller's lock, taken back.
		if mode == domain.WriteMode {
			h.w++
		} else {
			h.r++
		}
		h.at, h.rel, h.own = nil, nil, false
		return n.with(h)
	}
	if mode == domain.WriteMode {
		h.w = 1
	} else {
		h.r = min(h.r+1, 3)
	}
	h.at, h.rel, h.own, h.carried = instr, nil, callee == nil, false
	return n.with(h)
}

// release gives up a lock.
func (w *walker) release(in *world, key string, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) *world {
	h := in.get(key)
	w.notes.releasing(w, h, mode, instr, callee)
	count, other := &h.w, &h.r
	if mode == domain.ReadMode {
		count, other = &h.r, &h.w
	}
	own := h.held()
	switch {
	case *count > 0:
		*count--
		h.rel = instr
	case *other > 0:
		*other-- // in the wrong mode, which was noted
		h.rel = instr
	case h.rel != nil:
		// A second time, which was noted.
	default:
		*count = -1
		if w.report {
			w.effect.gives(key)
		}
	}
	n := in.with(h)
	// A lock of the caller's, given up between the two ends of a condition, was not taken for that condition: it makes no fact old.
	if own && !slices.ContainsFunc(n.holds, func(h hold) bool { return h.held() }) {
		n = n.aged()
	}
	return n
}

// try takes a lock in one world and not in the other.
func (w *walker) try(in *world, key string, mode domain.Mode, instr ssa.Instruction, res ssa.Value) []*world {
	if res == nil || len(*res.Referrers()) == 0 {
		return []*world{w.unsure(in, key)} // somebody has it now
	}
	name := w.names.of(res)
	h := in.get(key)
	no := in.learn(fact{name: name, val: "true", by: res, asked: w.names.itself(res)})
	if h.held() {
		return []*world{no}
	}
	if w.report {
		w.notes.acquisition(key, mode, instr, nil)
	}
	yes := in.learn(fact{name: name, val: "true", is: true, by: res, asked: w.names.itself(res)})
	if mode == domain.WriteMode {
		h.w++
	} else {
		h.r++
	}
	h.at, h.rel, h.own, h.carried = instr, nil, true, false
	return []*world{yes.with(h), no}
}

// deferred notes a deferred call. One that is deferred in each turn of a loop is kept once.
func (w *walker) deferred(in *world, d *ssa.Defer) *world {
	op, isOp := w.locks.Op(&d.Call)
	if isOp {
		w.notes.deferring(w, in, op, d)
	}
	if slices.Contains(in.defers, d) {
		return in
	}
	return in.deferring(append(slices.Clip(in.defers), d))
}

func (w *walker) runDefers(in *world) []*world {
	ws := []*world{in}
	for _, d := range slices.Backward(in.defers) {
		ws = w.each(ws, func(in *world) []*world { return w.call(in, &d.Call, d, nil) })
	}
	return w.map1(ws, func(in *world) *world {
		if len(in.defers) == 0 {
			return in
		}
		return in.deferring(nil)
	})
}

// imported applies a function by its summary: which locks it has taken on all its paths, and which it may have given up. Of another package's function that
// is all there is to know. One of this package, which is recursive or was given up, is not sure to have given up what it may have. Nor is one sure to have left held
// what it has taken if it gives up anything, which may be that by another name, as in walker.aliased.
func (w *walker) imported(in *world, callee *summary.Callee, instr ssa.Instruction, foreign bool) *world {
	if callee.Sum == nil {
		return in
	}
	out := in
	name := func(p domain.Path) (string, bool) {
		var root string
		switch {
		case p.Root.Kind == domain.Param && int(p.Root.Index) < len(callee.Args):
			root = w.names.of(callee.Args[p.Root.Index])
		case p.Root.Kind == domain.Global:
			root = "g:" + p.Root.Name.String()
		default:
			return "", false
		}
		for _, s := range p.Sel() {
			text := s.String()
			dot := strings.LastIndexByte(text, '.')
			if dot < 0 {
				return "", false
			}
			root += text[dot:]
		}
		return root, true
	}
	for _, p := range callee.Sum.Released {
		key, ok := name(p)
		switch {
		case !ok:
		case !foreign:
			out = w.unsure(out, key)
		default:
			mode := domain.WriteMode
			if h := out.get(key); h.r > 0 && h.w == 0 {
				mode = domain.ReadMode
			}
			out = w.release(out, key, mode, instr, callee)
		}
	}
	for _, l := range callee.Sum.Acquired {
		if key, ok := name(l.Path); ok {
			if l.Maybe || len(callee.Sum.Released) > 0 {
				out = w.unsure(out, key)
				continue
			}
			w.named(key, l.Path, callee)
			out = w.acquire(out, key, l.Mode, instr, callee)
		}
	}
	return out
}

// named notes what messages call the lock at p of another package's function, by what its caller has passed.
func (w *walker) named(key string, p domain.Path, callee *summary.Callee) {
	if _, known := w.paths[key]; known || p.Root.Kind != domain.Param {
		return
	}
	if at, ok := w.locks.Path(callee.Args[p.Root.Index]); ok {
		w.paths[key] = at.Join(&p)
	}
}

func (w *walker) unsure(in *world, key string) *world {
	h := in.get(key)
	h.unsure = true
	return in.with(h)
}
