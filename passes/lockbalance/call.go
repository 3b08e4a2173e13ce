package lockbalance

import (
	"fmt"
	"go/types"
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
		if len(c.Args) > 0 && isMap(c.Args[0].Type()) && (b.Name() == "len" || b.Name() == "delete" || b.Name() == "clear") {
			w.touch([]*world{in}, instr)
		}
		return []*world{in}
	}
	if op, ok := w.locks.Op(c); ok {
		key := w.key(op.Addr)
		switch op.Kind {
		case models.Acquire:
			return []*world{w.acquire(in, key, op.Mode, instr, nil)}
		case models.Release:
			return []*world{w.release(in, key, op.Mode, instr, nil)}
		}
		return w.try(in, key, op.Mode, instr, res)
	}
	callee, ok := w.locks.Callee(c)
	if !ok {
		return []*world{in}
	}
	if callee.Sum != nil && callee.Sum.NoReturn {
		return nil
	}
	if callee.Fn == nil {
		return []*world{w.imported(in, callee, instr)}
	}
	return w.enter(in, callee, instr, res)
}

// acquire takes a lock, for callee if it is not nil.
func (w *walker) acquire(in *world, key string, mode domain.Mode, instr ssa.Instruction, callee *summary.Callee) *world {
	h := in.get(key)
	w.notes.acquiring(w, h, mode, instr, callee)
	n := in.clone()
	if h.w >= 0 && h.r >= 0 {
		n.taking(key, mode)
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
	}
	n := in.with(h)
	// A lock of the caller's, given up between the two ends of a condition, was not taken for that condition: it makes no fact old.
	if own && !slices.ContainsFunc(n.holds, func(h hold) bool { return h.held() }) {
		n = n.clone()
		for i := range n.facts {
			n.facts[i].old = n.facts[i].old || ofMemory(n.facts[i].name) // others may change it now
		}
	}
	return n
}

// try takes a lock in one world and not in the other.
func (w *walker) try(in *world, key string, mode domain.Mode, instr ssa.Instruction, res ssa.Value) []*world {
	if res == nil {
		return []*world{in}
	}
	name := w.names.of(res)
	h := in.get(key)
	no := in.clone()
	no.learn(fact{name, "true", false, res, itself(res), false})
	if h.held() {
		return []*world{no}
	}
	if w.report {
		w.notes.acquisition(key, mode, instr, nil)
	}
	yes := in.clone()
	yes.learn(fact{name, "true", true, res, itself(res), false})
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
	n := in.clone()
	n.defers = append(n.defers, d)
	return n
}

func (w *walker) runDefers(in *world) []*world {
	ws := []*world{in}
	for _, d := range slices.Backward(in.defers) {
		ws = w.each(ws, func(in *world) []*world { return w.call(in, &d.Call, d, nil) })
	}
	return w.each(ws, func(in *world) []*world {
		n := in.clone()
		n.defers = nil
		return []*world{n}
	})
}

// actuals returns the names of what a callee's parameters and captured variables stand for.
func (w *walker) actuals(c summary.Callee) (params, free []string) {
	for _, a := range c.Args {
		params = append(params, w.names.of(a))
	}
	for _, a := range c.Free {
		free = append(free, w.names.of(a))
	}
	return params, free
}

// imported applies a function of another package by its summary, which holds what all its paths have in common.
func (w *walker) imported(in *world, callee summary.Callee, instr ssa.Instruction) *world {
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
		if key, ok := name(p); ok {
			mode := domain.WriteMode
			if h := out.get(key); h.r > 0 && h.w == 0 {
				mode = domain.ReadMode
			}
			out = w.release(out, key, mode, instr, &callee)
		}
	}
	for _, l := range callee.Sum.Acquired {
		if key, ok := name(l.Path); ok {
			if l.Maybe {
				out = w.unsure(out, key)
				continue
			}
			out = w.acquire(out, key, l.Mode, instr, &callee)
		}
	}
	return out
}

func (w *walker) unsure(in *world, key string) *world {
	h := in.get(key)
	h.unsure = true
	return in.with(h)
}

// enter applies a function of this package.
func (w *walker) enter(in *world, callee summary.Callee, instr ssa.Instruction, res ssa.Value) []*world {
	eff := w.c.effectOf(callee.Fn)
	if eff.unknown {
		return []*world{w.imported(in, callee, instr)}
	}
	if len(eff.exits) == 0 {
		return []*world{in}
	}
	params, free := w.actuals(callee)
	var out []*world
	var feasible []*exit
	for i := range eff.exits {
		if n, ok := w.take(in, &eff.exits[i], params, free, callee, instr, res, len(eff.exits) > 1); ok {
			feasible = append(feasible, &eff.exits[i])
			out = append(out, n)
		}
	}
	if !sameEffects(feasible) {
		for i, a := range feasible {
			for _, b := range feasible[:i] {
				if !a.sameHolds(b) && !a.toldFrom(b) {
					return []*world{w.confused(in, feasible, params, free)}
				}
			}
		}
	}
	return out
}

// take applies one way through a callee, if it fits what is known.
func (w *walker) take(in *world, e *exit, params, free []string, callee summary.Callee, instr ssa.Instruction, res ssa.Value, several bool) (*world, bool) {
	n := in.clone()
	for _, f := range e.facts {
		name, ok := translate(f.name, params, free)
		if !ok {
			continue
		}
		is, known := n.knows(fact{name: name, val: f.val})
		if known && is != f.is {
			return nil, false
		}
		if !known && several {
			n.learn(fact{name, f.val, f.is, nil, "", false})
		}
	}
	for _, t := range e.takes {
		if key, ok := translate(t[1:], params, free); ok {
			w.seePath(key, t[1:], callee)
			mode := domain.WriteMode
			if t[0] == 'R' {
				mode = domain.ReadMode
			}
			h := n.get(key)
			w.notes.acquiring(w, h, mode, instr, &callee)
			if h.w >= 0 && h.r >= 0 {
				n.taking(key, mode)
			}
		}
	}
	for _, h := range e.holds {
		key, ok := translate(h.key, params, free)
		if !ok {
			continue
		}
		w.seePath(key, h.key, callee)
		if h.unsure {
			n = w.unsure(n, key)
			continue
		}
		for range -h.w {
			n = w.release(n, key, domain.WriteMode, instr, &callee)
		}
		for range -h.r {
			n = w.release(n, key, domain.ReadMode, instr, &callee)
		}
		if h.held() {
			n = w.took(n, key, h, instr, &callee)
			if returnsFunc(callee.Fn) {
				n = w.unsure(n, key) // what it returns may release it
			}
		}
	}
	if several && res != nil {
		n = n.clone()
		for i, r := range e.results {
			name, asked := w.names.of(res), itself(res)
			if len(e.results) > 1 {
				name, asked = fmt.Sprintf("%s#%d", name, i), w.extract(res, i)
			}
			switch r {
			case "":
			case "!nil":
				n.learn(fact{name, "nil", false, res, asked, false})
			case "!true":
				n.learn(fact{name, "true", false, res, asked, false})
			default:
				n.learn(fact{name, r, true, res, asked, false})
			}
		}
	}
	return n, true
}

// took notes that a callee returned with a lock held. That it took it was seen among its takes.
func (w *walker) took(in *world, key string, by hold, instr ssa.Instruction, callee *summary.Callee) *world {
	h := in.get(key)
	if w.report {
		mode := domain.WriteMode
		if by.w == 0 {
			mode = domain.ReadMode
		}
		w.notes.acquisition(key, mode, instr, callee)
	}
	switch {
	case h.w < 0 && by.w > 0, h.r < 0 && by.r > 0:
		h = hold{key: key}
	default:
		h.w, h.r = max(h.w, by.w), max(h.r, by.r)
		h.at, h.rel, h.own, h.carried = instr, nil, false, false
	}
	return in.with(h)
}

// seePath notes which memory a lock is that only a callee named.
func (w *walker) seePath(key, inner string, callee summary.Callee) {
	if _, ok := w.paths[key]; ok || callee.Fn == nil {
		return
	}
	if p, ok := w.c.walkers[callee.Fn].paths[inner]; ok && p.Loc() != 0 {
		w.paths[key] = p
	}
}

// confused is the world after a callee that treats a lock in two ways which nothing tells apart.
func (w *walker) confused(in *world, exits []*exit, params, free []string) *world {
	for _, e := range exits {
		for _, h := range e.holds {
			if key, ok := translate(h.key, params, free); ok {
				in = w.unsure(in, key)
			}
		}
	}
	return in
}

func returnsFunc(fn *ssa.Function) bool {
	for v := range fn.Signature.Results().Variables() {
		if _, ok := v.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// extract returns what result i of a call is by itself.
func (w *walker) extract(call ssa.Value, i int) string {
	for _, ref := range *call.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && ex.Index == i {
			return itself(ex)
		}
	}
	return ""
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}
