package lockbalance

import (
	"fmt"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// actuals returns the names of what a callee's parameters and captured variables stand for.
func (w *walker) actuals(c *summary.Callee) (params, free []string) {
	for _, a := range c.Args {
		params = append(params, w.names.of(a))
	}
	for _, a := range c.Free {
		free = append(free, w.names.of(a))
	}
	return params, free
}

// entry is what a call of a function of this package does, in the caller's names. It is the same on each path, and made once.
type entry struct {
	callee *summary.Callee
	ways   []way
	// unknown: the callee was given up.
	unknown bool
}

// way is an exit of a callee in the caller's names.
type way struct {
	of    *exit
	facts []fact
	holds []hold
	takes []take
	lasts []take // of takes, those that the caller's callers can name
	told  []fact // what its results tell
}

func (w *walker) entry(callee *summary.Callee, instr ssa.Instruction, res ssa.Value) *entry {
	if got := w.entries[instr]; got != nil {
		return got
	}
	eff := w.c.effectOf(callee.Fn)
	e := &entry{callee: callee, unknown: eff.unknown}
	params, free := w.actuals(callee)
	for i := range eff.exits {
		e.ways = append(e.ways, w.way(&eff, i, params, free, callee, res))
	}
	w.entries[instr] = e
	return e
}

// way puts a way through a callee into the caller's names, and leaves out what has none.
func (w *walker) way(eff *effect, i int, params, free []string, callee *summary.Callee, res ssa.Value) way {
	x := &eff.exits[i]
	out := way{of: x}
	for _, f := range x.facts {
		if name, ok := translate(f.name, params, free); ok {
			out.facts = append(out.facts, fact{name: name, val: f.val, is: f.is, asked: w.passed(callee, f.name), set: f.set})
		}
	}
	for _, t := range x.takes {
		key, ok := translate(t.key, params, free)
		if !ok || eff.underOther(t.key, key, params, free) {
			continue
		}
		w.seePath(key, t.key, callee)
		one := take{key, t.mode}
		out.takes = append(out.takes, one)
		if outer(key) {
			out.lasts = append(out.lasts, one)
		}
	}
	for _, h := range x.holds {
		if key, ok := translate(h.key, params, free); ok {
			w.seePath(key, h.key, callee)
			h.key = key
			out.holds = append(out.holds, h)
		}
	}
	if res != nil {
		out.told = w.tells(x, res)
	}
	return out
}

// passed returns what the argument that name stands for in a callee is by itself: it is no other for what others have done since it was computed.
func (w *walker) passed(callee *summary.Callee, name string) string {
	i, ok := number(strings.TrimPrefix(name, "p"))
	if !ok || i >= len(callee.Args) || name != fmt.Sprintf("p%d", i) {
		return ""
	}
	arg := callee.Args[i]
	if made, ok := arg.(*ssa.MakeInterface); ok {
		arg = made.X
	}
	return w.names.itself(arg)
}

// tells returns what is known of the results of a call that went the way of x.
func (w *walker) tells(x *exit, res ssa.Value) (facts []fact) {
	for i, r := range x.results {
		name, asked := w.names.of(res), w.names.itself(res)
		if len(x.results) > 1 {
			name, asked = fmt.Sprintf("%s#%d", name, i), w.extract(res, i)
		}
		switch r {
		case "":
		case "!nil", "!true":
			facts = append(facts, fact{name: name, val: r[1:], by: res, asked: asked})
		default:
			facts = append(facts, fact{name: name, val: r, is: true, by: res, asked: asked})
		}
	}
	return facts
}

// enter applies a function of this package.
func (w *walker) enter(in *world, callee *summary.Callee, instr ssa.Instruction, res ssa.Value) []*world {
	e := w.entry(callee, instr, res)
	if callee.Fn == w.fn {
		in = w.triedAgain(in)
	}
	if e.unknown {
		return []*world{w.imported(in, callee, instr, false)}
	}
	var feasible []*way
	for i := range e.ways {
		if e.ways[i].fits(in) {
			feasible = append(feasible, &e.ways[i])
		}
	}
	switch {
	case len(e.ways) == 0:
		return []*world{in}
	case alike(feasible):
		// Which way it went changes nothing for any lock, so it is not told: worlds that differ in that alone would be many.
		if len(feasible) == 0 {
			return nil
		}
		return []*world{w.heard(w.leaves(w.takes(sets(in, feasible), feasible, e, instr), feasible[0], e, instr), feasible)}
	case !tellable(feasible):
		w.takes(in, feasible, e, instr)
		return []*world{w.confused(sets(in, feasible), feasible)}
	}
	var out []*world
	for _, x := range feasible {
		n := in
		for _, f := range x.facts {
			if _, known := n.knows(f); !known || f.set {
				n = n.learn(f)
			}
		}
		n = w.leaves(w.takes(n, []*way{x}, e, instr), x, e, instr)
		out = append(out, w.heard(n, []*way{x}))
	}
	return out
}

// sets is the world after what the ways set, of which it is not known which was gone.
func sets(in *world, ways []*way) *world {
	for i, x := range ways {
		for _, f := range x.facts {
			switch all := !slices.ContainsFunc(ways, func(y *way) bool { return !slices.Contains(y.facts, f) }); {
			case !f.set:
			case !all:
				in = in.forget(func(k *known) bool { return k.name == f.name })
			case i == 0:
				in = in.learn(f)
			}
		}
	}
	return in
}

// heard is the world in which what the results tell is known, as far as it is the same on all ways and asked for: a helper that has no way left to fail returns no
// error.
func (w *walker) heard(in *world, ways []*way) *world {
	for _, f := range ways[0].told {
		if w.tested[f.name] > 0 && !slices.ContainsFunc(ways[1:], func(x *way) bool { return !slices.ContainsFunc(x.told, f.says) }) {
			in = in.learn(f)
		}
	}
	return in
}

// triedAgain is the world after a function has called itself: what it had given up to try again it may have now.
func (w *walker) triedAgain(in *world) *world {
	for _, h := range in.holds {
		if h.rel != nil && !h.held() {
			h.rel, h.unsure = nil, true
			in = in.with(h)
		}
	}
	return in
}

// fits reports whether nothing that is known speaks against x.
func (x *way) fits(in *world) bool {
	for _, f := range x.facts {
		if is, known := in.knows(f); known && is != f.is && !f.set {
			return false
		}
	}
	return true
}

// alike reports whether all ways do the same to the locks of the caller and of its callers.
func alike(ways []*way) bool {
	for _, x := range ways {
		if !sameHolds(x.holds, ways[0].holds) || !slices.Equal(x.lasts, ways[0].lasts) {
			return false
		}
	}
	return true
}

// tellable reports whether ways that leave locks otherwise can be told apart.
func tellable(ways []*way) bool {
	for i, x := range ways {
		for _, y := range ways[:i] {
			if !sameHolds(x.holds, y.holds) && !x.of.toldFrom(y.of) {
				return false
			}
		}
	}
	return true
}

// takes notes what is taken on the ways.
func (w *walker) takes(in *world, ways []*way, e *entry, instr ssa.Instruction) *world {
	for _, x := range ways {
		for _, t := range x.takes {
			h := in.get(t.key)
			w.notes.acquiring(w, h, t.mode, instr, e.callee)
			if h.w >= 0 && h.r >= 0 {
				in = in.taking(t)
			}
		}
	}
	return in
}

// leaves applies what is held, or given up, at the end of x.
func (w *walker) leaves(in *world, x *way, e *entry, instr ssa.Instruction) *world {
	n := in
	for _, h := range x.holds {
		if h.unsure {
			n = w.unsure(n, h.key)
			continue
		}
		for range -h.w {
			n = w.release(n, h.key, domain.WriteMode, instr, e.callee)
		}
		for range -h.r {
			n = w.release(n, h.key, domain.ReadMode, instr, e.callee)
		}
		if h.held() {
			n = w.took(n, h.key, h, instr, e.callee)
			if returnsFunc(e.callee.Fn) {
				n = w.unsure(n, h.key) // what it returns may release it
			}
		}
	}
	return n
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
func (w *walker) seePath(key, inner string, callee *summary.Callee) {
	if _, ok := w.paths[key]; ok || callee.Fn == nil {
		return
	}
	if p, ok := w.c.walkers[callee.Fn].paths[inner]; ok && p.Loc() != 0 {
		w.paths[key] = p
	}
}

// confused is the world after a callee that treats a lock in two ways which nothing tells apart.
func (w *walker) confused(in *world, ways []*way) *world {
	for _, x := range ways {
		for _, h := range x.holds {
			in = w.unsure(in, h.key)
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
			return w.names.itself(ex)
		}
	}
	return ""
}
