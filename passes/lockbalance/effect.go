package lockbalance

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// effect is what a function of this package does to the locks of its callers.
type effect struct {
	exits   []exit
	unknown bool            // given up
	gave    map[string]bool // locks of callers that it gives up somewhere, though it may take them back
}

// exit is one way out of a function, in names that its callers can translate.
type exit struct {
	facts   []fact
	results []string // of each result: a constant, "!nil", "!true" or "" for anything
	holds   []hold   // those left held or given up
	takes   []take
}

// gives notes that the function gives up a lock of its callers.
func (e *effect) gives(key string) {
	if outer(key) {
		if e.gave == nil {
			e.gave = map[string]bool{}
		}
		e.gave[key] = true
	}
}

// underOther reports whether the function gives up, by another name, the lock that its callers, who pass these, call key: what it takes as inner it may take after that.
func (e *effect) underOther(inner, key string, params, free []string) bool {
	for name := range e.gave {
		if same, ok := translate(name, params, free); ok && name != inner && same == key {
			return true
		}
	}
	return false
}

// maxExits bounds the ways that callers tell apart.
const maxExits = 16

// exit notes that the function returns in world in, for its callers and for what is wrong with it.
func (w *walker) exit(in *world, instr ssa.Instruction) {
	if !w.report {
		return
	}
	w.notes.leaving(w, in, instr)
	var e exit
	for _, f := range in.facts {
		if outer(f.name) {
			e.facts = append(e.facts, fact{name: f.name, val: f.val, is: f.is, set: f.set})
		}
	}
	ret, _ := instr.(*ssa.Return)
	for _, h := range in.holds {
		if (h.w != 0 || h.r != 0 || h.unsure) && outer(h.key) {
			e.holds = append(e.holds, hold{key: h.key, w: h.w, r: h.r, unsure: h.unsure || ret != nil && h.held() && w.lends(ret, h.key)})
		}
	}
	e.takes = in.takes
	if ret != nil {
		for _, v := range ret.Results {
			e.results = append(e.results, w.resultOf(in, v))
		}
	}
	for i := range w.effect.exits {
		if w.effect.exits[i].equal(&e) {
			return
		}
	}
	w.effect.exits = append(w.effect.exits, e)
}

// resultOf says what is known of a result. An error or pointer that is no nil in sight is taken for one that isn't nil: so it is with all errors
// that are made, and with nearly all that are passed on.
func (w *walker) resultOf(in *world, v ssa.Value) string {
	if k, ok := v.(*ssa.Const); ok {
		return constText(k)
	}
	name := w.names.of(v)
	for _, f := range in.facts {
		if f.name == name && f.is {
			return f.val
		}
		if f.name == name && !f.is && (f.val == "nil" || f.val == "true") {
			return "!" + f.val
		}
	}
	switch v.Type().Underlying().(type) {
	case *types.Interface, *types.Pointer, *types.Signature:
		return "!nil"
	}
	return ""
}

func (e *exit) equal(o *exit) bool {
	return slices.Equal(e.results, o.results) && slices.Equal(e.facts, o.facts) && e.sameLocks(o)
}

// sameLocks reports whether two ways do the same to all locks.
func (e *exit) sameLocks(o *exit) bool {
	return slices.Equal(e.takes, o.takes) && sameHolds(e.holds, o.holds)
}

func sameHolds(a, b []hold) bool {
	return slices.EqualFunc(a, b, func(a, b hold) bool { return a.key == b.key && a.w == b.w && a.r == b.r && a.unsure == b.unsure })
}

// toldFrom reports whether a caller can tell two exits apart by what it gets or has passed.
func (e *exit) toldFrom(o *exit) bool {
	for i := range min(len(e.results), len(o.results)) {
		a, b := e.results[i], o.results[i]
		if a == b || a == "" || b == "" {
			continue
		}
		if strings.TrimPrefix(a, "!") == strings.TrimPrefix(b, "!") || a[0] != '!' && b[0] != '!' {
			return true
		}
	}
	for _, f := range e.facts {
		for _, g := range o.facts {
			if f.name == g.name && f.val == g.val && f.is != g.is {
				return true
			}
		}
	}
	return false
}

// finish keeps the effect small: ways that do the same to all locks are one, and so are those that differ in facts only if there are many, with the
// facts that they share.
func (e *effect) finish() {
	if len(e.exits) > 0 && !slices.ContainsFunc(e.exits, func(x exit) bool { return !x.sameLocks(&e.exits[0]) }) {
		one := e.exits[0]
		one.results = nil
		for _, x := range e.exits[1:] {
			one.facts = common(one.facts, x.facts)
		}
		e.exits = []exit{one}
		return
	}
	if len(e.exits) <= maxExits {
		return
	}
	var out []exit
	for _, x := range e.exits {
		i := slices.IndexFunc(out, func(y exit) bool { y.facts = x.facts; return y.equal(&x) })
		if i < 0 {
			out = append(out, x)
			continue
		}
		out[i].facts = common(out[i].facts, x.facts)
	}
	if len(out) > maxExits {
		*e = effect{unknown: true, gave: e.gave}
		return
	}
	e.exits = out
}

// common returns the facts that hold both ways.
func common(a, b []fact) []fact {
	return slices.DeleteFunc(slices.Clone(a), func(f fact) bool { return !slices.ContainsFunc(b, f.says) })
}
