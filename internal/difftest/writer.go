package difftest

import (
	"fmt"
	"go/format"
	"math/rand/v2"
	"slices"
	"strings"
)

// names gives each role of a program a name.
type names struct {
	byRole map[string]string
	used   map[string]int
}

var pools = map[string][]string{
	"T": {"server", "cache", "registry", "store", "tracker", "hub", "pool", "agent"}, "I": {"state", "table", "inner", "bucket", "shard"},
	"N": {"index", "counts", "labels", "scores"}, "m": {"sessions", "conns", "items", "byName", "seen", "hits", "routes"},
	"f": {"entries", "data", "kv", "peers"}, "mu": {"mu", "lock", "mtx", "guard"}, "mu2": {"statsMu", "otherMu", "closeMu"}, "s": {"s", "srv", "app", "x"},
	"g": {"live", "all", "current"}, "once": {"once", "setup"}, "run": {"run", "loop", "work"}, "touch": {"update", "visit", "handle", "sweep"},
	"lock": {"acquireLock", "enter", "begin"}, "unlock": {"releaseLock", "leave", "end"}, "withLock": {"withLock", "locked", "do"}, "acquire": {"acquire", "hold"},
}

func drawNames(p *plan) names {
	n := names{map[string]string{}, map[string]int{}}
	roles := make([]string, 0, len(pools))
	for role := range pools {
		roles = append(roles, role)
	}
	slices.Sort(roles)
	for _, role := range roles {
		n.byRole[role] = pick(p, pools[role])
	}
	return n
}

func (n names) get(role string) string {
	if name := n.byRole[role]; name != "" {
		return name
	}
	return role
}

func (n names) fresh(prefix string) string {
	n.used[prefix]++
	return fmt.Sprint(prefix, n.used[prefix])
}

// ctx is how the code at one place names what the program is about.
type ctx struct {
	base, m, lock, lock2, once, join, join2 string
	params                                  bool // they are parameters
	plainLock                               bool
}

// writer writes a plan down.
type writer struct {
	plan    *plan
	names   names
	decls   strings.Builder // types and variables
	funcs   strings.Builder
	prelude strings.Builder // the beginning of main
	written map[string]bool // routines
	decoys  []string
}

func (p *plan) program() *Program {
	w := &writer{plan: p, names: p.names, written: map[string]bool{}}
	// What is drawn from here on is the same for both twins.
	p.rng = rand.New(rand.NewPCG(p.seed, 1))
	source := w.source()
	text, err := format.Source([]byte(source))
	if err != nil {
		panic(fmt.Sprintf("seed %d: %v\n%s", p.seed, err, source))
	}
	return &Program{Seed: p.seed, Racy: p.racy(), Source: string(text), Decoys: w.decoys, Traits: Traits{
		Location: p.loc.String(), Lock: p.lock.name, Wrap: p.wrap, Shape: p.shape.name, Join: p.join, Scheme: p.scheme, Fault: p.fault,
	}}
}

// names in place of the letters of a text.
func (w *writer) fill(c ctx, text string) string {
	n := w.names
	return strings.NewReplacer("$e", c.m, "$s", c.base, "$m", n.get("m"), "$f", n.get("f"), "$I", n.get("I"), "$N", n.get("N"), "$T", n.get("T"),
		"$g", n.get("g"), "$l", c.lock).Replace(text)
}

// at returns the names at a place where base leads to the struct, if there is one.
func (w *writer) at(base string) ctx {
	p, n := w.plan, w.names
	dot := ""
	if p.loc.fields {
		dot = base + "."
	}
	c := ctx{base: base, m: dot + n.get("m"), lock: dot + n.get("mu"), lock2: dot + n.get("mu2"), once: dot + n.get("once"), join: "pending", join2: "others"}
	if p.lock.embedded {
		c.lock = base
	}
	if p.lock.global {
		c.lock, c.lock2 = n.get("mu"), n.get("mu2")
	}
	if p.inScope {
		c.join, c.join2 = dot+"pending", dot+"others"
	}
	return c
}

// routine declares a function, once, and returns the call of it from c: a method, a function of the package, a closure of main or a function that gets
// everything passed, as the map's scope wants it.
func (w *writer) routine(name, params, result string, c ctx, body func(in ctx) string) string {
	in := c
	switch w.plan.loc.scope {
	case method:
		in = w.at("r")
	case argument:
		in.params = true
	}
	if !w.written[name] {
		w.written[name] = true
		text := body(in)
		switch w.plan.loc.scope {
		case method:
			fmt.Fprintf(&w.funcs, "\nfunc (r *%s) %s(%s) %s {\n%s\n}\n", w.names.get("T"), name, params, result, text)
		case localVar:
			fmt.Fprintf(&w.prelude, "%s := func(%s) %s {\n%s\n}\n", name, params, result, text)
		case argument:
			fmt.Fprintf(&w.funcs, "\nfunc %s(%s) %s {\n%s\n}\n", name, strings.Trim(w.params()+", "+params, ", "), result, text)
		default:
			fmt.Fprintf(&w.funcs, "\nfunc %s(%s) %s {\n%s\n}\n", name, params, result, text)
		}
	}
	switch w.plan.loc.scope {
	case method:
		return c.base + "." + name + "()"
	case argument:
		return name + "(" + w.args(c) + ")"
	}
	return name + "()"
}

// params are the parameters by which functions get a map of main, with its lock.
func (w *writer) params() string {
	c, p := w.at(""), w.plan
	out := c.m + " " + w.fill(c, p.loc.declare)
	switch p.scheme {
	case "locked":
		out += fmt.Sprintf(", %s %s", c.lock, p.lock.pointer)
		if w.uses(wrong) {
			out += fmt.Sprintf(", %s %s", c.lock2, p.lock.pointer)
		}
	case "once":
		out += fmt.Sprintf(", %s *sync.Once", c.once)
	}
	return out
}

func (w *writer) args(c ctx) string {
	p := w.plan
	addr := func(typ string) string {
		if c.params || typ == p.lock.pointer && typ != "" {
			return ""
		}
		return "&"
	}
	out := c.m
	switch p.scheme {
	case "locked":
		out += ", " + addr(p.lock.typ) + c.lock
		if w.uses(wrong) {
			out += ", " + addr(p.lock.typ) + c.lock2
		}
	case "once":
		out += ", " + addr("") + c.once
	}
	return out
}

// uses reports whether a section is held so.
func (w *writer) uses(h hold) bool {
	for _, t := range w.plan.touches {
		if slices.ContainsFunc(t.sections, func(s section) bool { return s.hold == h }) {
			return true
		}
	}
	return false
}
