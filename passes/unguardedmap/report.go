package unguardedmap

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// reporter words findings.
type reporter struct {
	pass    *analysis.Pass
	res     *summary.Result
	out     *report.Findings
	found   []*finding
	mend    *mender
	callers *pairs.Callers
	comes   map[*pairs.Touch]bool // see reached
	shared  []pairs.Group
	guards  map[domain.Sym]bool         // of shared, once asked for; see isGuarded
	sets    map[domain.Sym][]*ssa.Store // see stores
}

// location judges a location that the whole package can name.
func (r *reporter) location(g pairs.Group) {
	if r.res.OnlyInTests(g.Loc) {
		g.Touches = slices.DeleteFunc(g.Touches, func(t *pairs.Touch) bool { return !t.Fn.InTest })
		g.Given = nil
	}
	guard := elect(g)
	said, ok := r.res.Said(g.Loc)
	if ok && said.Lock != guard.Loc && r.guarded(g, domain.Guard{Loc: said.Lock, Owner: said.Owner, Said: true}) {
		return
	}
	if guard.Loc == 0 {
		found := slices.DeleteFunc(append(r.judge(g, false, pairs.SameMemory), handedOut(g)...), r.inside)
		if len(found) == 0 {
			inUse := changesInUse(g)
			found = slices.DeleteFunc(r.racing(g, false, pairs.SameMemory, func(a, b *pairs.Touch) bool {
				return r.meetsWorker(a, b) || fillsAgain(g, a, b) || fillsAgain(g, b, a) || inUse(a, b) || inUse(b, a) || r.begunBefore(g, a, b) || r.begunBefore(g, b, a)
			}), r.inside)
		}
		if len(found) == 0 {
			if guard := mostHeld(g, r.res); guard.Loc != 0 && r.guarded(g, guard) {
				return
			}
		}
		if len(found) == 0 {
			// What a method does to the object on which one goroutine calls it, and another goroutine to the same one by itself: a lock that several hold says more.
			found = slices.DeleteFunc(r.judge(g, false, pairs.SameObject), r.inside)
		}
		if len(found) == 0 && (strict || r.mayBeForSeveral(g)) {
			found = slices.DeleteFunc(r.exposed(g), func(p pairs.Pair) bool { return r.inside(p) || !strict && r.forSeveral(g.Touches, p) == 0 })
		}
		r.races(found, g.Touches)
		return
	}
	r.guarded(g, guard)
}

// guarded reports what misses the guard, and whether anything does.
func (r *reporter) guarded(g pairs.Group, guard domain.Guard) (found bool) {
	all := newGuarded(g, guard, r.res, r.callers)
	held, of := tally(all.places())
	if !guard.Said && !guard.Taken && !all.surelyHeld() {
		return false // where it is held, another lock may be, too, so that it is not shown to be for this map
	}
	for _, p := range append(r.unguarded(all), given(all)...) {
		if r.inside(p) {
			continue
		}
		r.inconsistent(all, p, held, of)
		found = true
	}
	return found
}

// places says of each place that touches the memory, setup aside, whether the guard is held there.
func (g *guarded) places() map[domain.Pos]bool {
	places := map[domain.Pos]bool{}
	for _, t := range g.Touches {
		mode, sure := g.mode(t)
		if t.Kind == domain.Load || !sure || pairs.Setup(t) {
			continue
		}
		places[t.Pos] = places[t.Pos] || mode != 0
	}
	return places
}

// tally counts the places where the guard is held, for the message.
func tally(places map[domain.Pos]bool) (held, of int) {
	for _, ok := range places {
		of++
		if ok {
			held++
		}
	}
	return held, of
}

func (r *reporter) inconsistent(g *guarded, p pairs.Pair, held, of int) {
	pos, via := r.place(g, p.A)
	of-- // the place itself
	msg := fmt.Sprintf("map %s is %s without %s, held at %d of its %d other accesses%s", report.Short(g.Loc), p.A.Kind, report.Short(g.guard.Loc), held, max(of, held), via)
	if held == 0 { // whoever holds it sets the map up
		msg = fmt.Sprintf("map %s is %s without %s, under which it is %s%s", report.Short(g.Loc), p.A.Kind, report.Short(g.guard.Loc), p.B.Kind, via)
	}
	if g.guard.Said {
		msg = fmt.Sprintf("map %s is %s without %s, which guards it as the comment says%s", report.Short(g.Loc), p.A.Kind, report.Short(g.guard.Loc), via)
	}
	if p.A.Kind == domain.Load {
		msg = fmt.Sprintf("variable %s is read without %s, under which it is replaced%s", report.Short(g.Loc), report.Short(g.guard.Loc), via)
	}
	if p.A.Given() {
		msg = fmt.Sprintf("map %s itself is returned, to be used by the caller without %s, under which it is %s", report.Short(g.Loc), report.Short(g.guard.Loc), p.B.Kind)
	}
	if p.A.TakenUnder(g.guard.Loc) && via == "" {
		msg = r.lost(g, p.A)
	}
	_, executor := r.res.Executors[g.guard.Loc]
	if executor {
		msg = fmt.Sprintf("map %s is %s outside the goroutine that runs what is sent on %s, where %d of its %d other accesses are%s", report.Short(g.Loc), p.A.Kind, report.Short(g.guard.Loc), held, max(of, held), via)
	}
	f := r.report(pos, msg, g.Group, p)
	if executor {
		return // there is nothing to lock
	}
	switch {
	case p.A.Kind == domain.Out:
		f.fix, f.why = r.mend.clone(pos, p.A, g.guard)
	case p.A.Kind.Leaves():
		f.why = "whoever gets it may want the live map"
	default:
		f.hold, f.why = r.mend.want(pos, g.Group, g.guard, p.A)
	}
}

// lost says that the guard was held only to get at the map.
func (r *reporter) lost(g *guarded, a *pairs.Touch) string {
	what, lock := report.Short(g.Loc), report.Short(g.guard.Loc)
	switch a.Kind {
	case domain.Out:
		return fmt.Sprintf("map %s itself is returned, to be used by the caller after %s is released", what, lock)
	case domain.Sent:
		return fmt.Sprintf("map %s itself is sent, to be used by the receiver without %s, under which it was taken", what, lock)
	case domain.Placed:
		return fmt.Sprintf("map %s itself is stored in what the caller has, to be used after %s is released", what, lock)
	}
	return fmt.Sprintf("map %s is %s after %s, under which it was taken, is released", what, a.Kind, lock)
}

// races reports a memory without a guard once, at the first pairs.Pair, with the other places as related information.
func (r *reporter) races(found []pairs.Pair, all []*pairs.Touch) {
	if len(found) == 0 {
		return
	}
	p := slices.MinFunc(found, func(p, q pairs.Pair) int { return r.order(p, q) })
	if !r.res.At(p.A.Pos).IsValid() && r.res.At(p.B.Pos).IsValid() {
		p.A, p.B = p.B, p.A // a place in this package can be shown
	}
	g := pairs.Group{Loc: p.A.Path.Loc()}
	what := "map " + r.describe(p.A)
	if p.A.Kind == domain.Replace || p.B.Kind == domain.Replace {
		what = "map variable " + r.describe(p.A)
	}
	if p.A.Kind >= domain.OperandRead {
		what = "the operand " + r.describe(p.A) + " of a map operation"
	}
	var msg string
	switch {
	case p.A == p.B && !p.A.Thread():
		msg = fmt.Sprintf("%s is %s here with no lock: %s", what, p.A.Kind, r.meet(all, p))
	case p.A == p.B:
		msg = fmt.Sprintf("%s is %s here by several goroutines at once with no lock: %s", what, p.A.Kind, r.why(all, p))
	default:
		msg = fmt.Sprintf("%s is %s here and %s at %s with no lock in common: %s", what, p.A.Kind, p.B.Kind, r.where(p.B), r.why(all, p))
	}
	for _, q := range found {
		for _, t := range []*pairs.Touch{q.A, q.B} {
			if !slices.Contains(g.Touches, t) {
				g.Touches = append(g.Touches, t)
			}
		}
	}
	f := r.report(r.here(p.A), msg, g, p)
	if f.lock, f.why = r.mend.fresh(p.A, all); f.lock != nil {
		f.obj = r.mend.holder(p.A)
	}
}

// order prefers writes, then what is called here to what that calls in its turn: a call that leads far touches several maps, of which only one is told there. Then comes
// the earliest place.
func (r *reporter) order(p, q pairs.Pair) int {
	first := func(is func(pairs.Pair) bool) int {
		switch a, b := is(p), is(q); {
		case a == b:
			return 0
		case a:
			return -1
		}
		return 1
	}
	writes := func(p pairs.Pair) bool { return p.A.Kind.Writes() }
	shallow := func(p pairs.Pair) bool { return !r.deep(p) }
	self := func(p pairs.Pair) bool { return p.A == p.B } // m[k]++ is a read and a write at one place: the write against itself says it best
	return cmp.Or(first(writes), first(shallow), cmp.Compare(r.here(p.A), r.here(q.A)), first(self), cmp.Compare(r.here(p.B), r.here(q.B)))
}

// why names what makes a and b concurrent.
func (r *reporter) why(all []*pairs.Touch, p pairs.Pair) string {
	a, b := p.A, p.B
	t := a
	if t.Spawn == nil && b.Thread() {
		t = b
	}
	switch {
	case !a.Thread() && !b.Thread() && !t.Together():
		return r.meet(all, p)
	case t.Spawn == nil && t.Together():
		return fmt.Sprintf("%s and %s are parallel tests", a.Fn.Name, b.Fn.Name)
	case t.Spawn == nil && t.Fn.Entry == summary.Callback:
		return fmt.Sprintf("%s is called back on another goroutine", t.Fn.Name)
	case t.Spawn == nil && t.Fn.By == domain.Callback:
		return fmt.Sprintf("%s is called by several goroutines at once", t.Fn.Name)
	case t.Spawn == nil:
		return fmt.Sprintf("%s runs for each request", t.Fn.Name)
	case t.Spawn.Kind == domain.Handler:
		return fmt.Sprintf("the handler %s runs for each request", t.Runs())
	case t.Spawn.Kind == domain.Callback && t.Many:
		return fmt.Sprintf("the callback %s is called by several goroutines at once", t.Runs())
	case t.Spawn.Kind == domain.Callback:
		return fmt.Sprintf("the callback %s is called on another goroutine", t.Runs())
	case (a == b || a.Spawn == b.Spawn) && t.Each:
		return fmt.Sprintf("%s starts at %s, once for each of several objects", described(t), report.Line(t.Spawn.Pos))
	case a == b || a.Spawn == b.Spawn:
		return fmt.Sprintf("%s starts at %s, again while it is running", described(t), report.Line(t.Spawn.Pos))
	}
	return fmt.Sprintf("%s starts at %s", described(t), report.Line(t.Spawn.Pos))
}

func described(t *pairs.Touch) string {
	if t.Runs() == 0 {
		return fmt.Sprintf("the %s", t.Spawn.Kind)
	}
	return fmt.Sprintf("the %s %s", t.Spawn.Kind, t.Runs())
}

func (r *reporter) where(t *pairs.Touch) string { return report.Line(t.Pos) }

// maxRelated bounds the further places shown with a finding.
const maxRelated = 8

// report notes a diagnostic. It is made once per place and message: see flush.
func (r *reporter) report(pos token.Pos, msg string, g pairs.Group, p pairs.Pair) *finding {
	at := r.pass.Fset.Position(pos)
	// What is in a map of maps is not said beside the map: a getter that returns the one or the other is one thing to mend.
	whole := strings.TrimRight(p.A.Path.Loc().String(), "[]")
	if report.Behind(p.A.Path.Loc()) {
		whole = "" // its methods have it as their receiver, which has no location
	}
	key := fmt.Sprint(at.Filename, at.Line, "|", whole, p.A.Kind >= domain.OperandRead)
	if pos != r.res.At(p.A.Pos) {
		key = fmt.Sprint(at.Filename, at.Line, "|call") // one unlocked call, whatever maps it touches
	}
	f := &finding{Diagnostic: analysis.Diagnostic{Pos: pos, Message: msg, Related: r.related(pos, g, p)}, loc: p.A.Path.Loc(), key: key}
	r.found = append(r.found, f)
	return f
}

// flush makes the fixes and hands everything on.
func (r *reporter) flush() {
	r.mend.all()
	for _, f := range r.found {
		f.attach()
		r.out.AddFor(f.loc, f.key, f.Diagnostic)
	}
	r.out.Flush()
}

func (r *reporter) related(at token.Pos, g pairs.Group, p pairs.Pair) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(pos domain.Pos, format string, args ...any) {
		p := r.res.At(pos)
		if !p.IsValid() || len(out) == maxRelated {
			return
		}
		msg := fmt.Sprintf(format, args...)
		for _, o := range out {
			if o.Pos == p && o.Message == msg {
				return
			}
		}
		out = append(out, analysis.RelatedInformation{Pos: p, Message: msg})
	}
	side := func(t *pairs.Touch) {
		if r.res.At(t.Pos) != at {
			add(t.Pos, "%s here, %s", t.Kind, report.Held(t.Locks))
		}
	}
	side(p.B)
	for _, t := range []*pairs.Touch{p.A, p.B} {
		if t.Spawn != nil {
			add(t.Spawn.Pos, "%s starts here", described(t))
		}
		for _, f := range t.Chain {
			add(f.Pos, "%s is called here", f.Func)
		}
	}
	for _, t := range g.Touches {
		if t != p.A && t != p.B && g.Loc == 0 {
			side(t)
		}
	}
	return out
}

// describe names the memory of t.
func (r *reporter) describe(t *pairs.Touch) string {
	if loc := t.Path.Loc(); loc != 0 {
		return report.Short(loc)
	}
	if name := report.MapText(r.pass, r.res.At(t.Pos)); name != "" {
		return name
	}
	return "here"
}
