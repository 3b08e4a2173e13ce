package pairs

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Pair is two touches of one memory.
type Pair struct{ A, B *Touch }

// Parallel reports whether a and b can run at once, leaving aside that two callers may call at once: somebody starts a goroutine, or
// serves requests.
func Parallel(a, b *Touch) bool {
	if a.beforeStart() || b.beforeStart() || a.answersTest() || b.answersTest() || madeForOne(a, b) || a.keptFrom(b) || b.keptFrom(a) ||
		a.outlives(b) || b.outlives(a) {
		return false
	}
	if comesAfter(a, b) || comesAfter(b, a) || a.drives(b) || b.drives(a) || oneRunner(a, b) {
		return false
	}
	if a.Before && !b.Before && b.Thread() || b.Before && !a.Before && a.Thread() {
		return false
	}
	if a.Fn == b.Fn && a.Fn.Entry != summary.Served {
		return within(a, b)
	}
	if a.SpokenFor() && b.SpokenFor() || maybeOneLock(a, b) || maybeOneLock(b, a) {
		return false
	}
	switch {
	case a.Fn == b.Fn:
		if a.ofActivation() && b.ofActivation() { // of two requests each has made its own
			return within(a, b)
		}
		return a.Spawn == nil && b.Spawn == nil || within(a, b) || (a.Many || b.Many) && !a.Kept && !b.Kept
	case a.Spawn == nil && b.Spawn == nil && (a.Fn.Entry == summary.Test || b.Fn.Entry == summary.Test):
		return a.Together() && b.Together()
	case a.Spawn == nil && b.Spawn == nil && takeTurnsToCall(a.Fn, b.Fn):
		return false
	case a.Spawn == nil && b.Spawn == nil:
		return a.Fn.Entry != summary.Setup && b.Fn.Entry != summary.Setup && (a.Thread() || b.Thread())
	case a.Spawn == nil:
		return beside(a, b)
	case b.Spawn == nil:
		return beside(b, a)
	case a.Spawn.Pos == b.Spawn.Pos, a.Spawn.Func == b.Spawn.Func, a.partOf(b.Spawn), b.partOf(a.Spawn):
		// One site, or one function started at two: once for each object. So is what the callers of a helper have it start, mostly.
		return a.Many && b.Many
	}
	return siblings(a, b)
}

// ofActivation reports whether t touches what its own function has made in the call at hand.
func (t *Touch) ofActivation() bool { return t.Path.Root.Kind == domain.Local && t.Holder == t.Fn }

// ofRequest reports whether t touches what a handler has made for its request, which callers of other functions have not got.
func (t *Touch) ofRequest() bool { return t.Fn.Entry == summary.Served && t.ofActivation() }

func (t *Touch) fromCaller() bool { return t.Spawn == nil && t.Path.Root.Kind == domain.Param }

// SpokenFor reports whether t is on a goroutine for which its function waits, and of which callers are told as of what they do themselves, under locks that they
// hold: beside what others do, it is judged there.
func (t *Touch) SpokenFor() bool {
	return t.Spawn != nil && t.Spawn.Joined && t.Fn.Entry == summary.NoEntry && t.Fn.Called && !t.Inner && !t.Settled() && t.Path.Root.Kind == domain.Param
}

// maybeOneLock reports whether t, in another function than o, holds a lock that its caller has handed in by itself, and o one that has no name there: whether they are one
// only a function knows that has both, and it is told of both.
func maybeOneLock(t, o *Touch) bool {
	handed := func(l domain.Lock) bool { return l.Path.Root.Kind == domain.Param && l.Path.Loc() == 0 }
	nameless := func(l domain.Lock) bool { return l.Path.Loc() == 0 }
	return t.Fn != o.Fn && slices.ContainsFunc(t.Locks, handed) && slices.ContainsFunc(o.Locks, nameless)
}

// takeTurnsToCall reports whether others call f and g one after another.
func takeTurnsToCall(f, g *summary.Func) bool {
	return f.Alone && g.Alone || f.Entry == summary.Callback && g.Entry == summary.Callback && (f.SSA == g.SSA || !f.Anytime && !g.Anytime)
}

// takeTurns reports whether one goroutine calls both, one after another.
func takeTurns(a, b *Touch) bool {
	return a.Spawn != nil && b.Spawn != nil && a.Spawn.Turn != 0 && a.Spawn.Turn == b.Spawn.Turn
}

// comesAfter reports whether t comes after o by what it has found, or waited for.
func comesAfter(t, o *Touch) bool { return flagged(t, o) || t.hasDrained(o) }

// hasDrained reports whether t comes after all requests, or callbacks, that o may be a part of. What one of those has started may still run.
func (t *Touch) hasDrained(o *Touch) bool {
	switch {
	case t.Spawn != nil || len(t.Joined) == 0:
		return false
	case o.Spawn != nil:
		return o.registered() && domain.HasSym(t.Joined, summary.Drained(o.Spawn.Kind))
	}
	return o.Fn.Entry == summary.Served && domain.HasSym(t.Joined, summary.Drained(domain.Handler)) ||
		o.Fn.Entry == summary.Callback && domain.HasSym(t.Joined, summary.Drained(domain.Callback))
}

// flagged reports whether t has found a flag set, or a channel closed, which the goroutine of o sets or closes after o.
func flagged(t, o *Touch) bool {
	set := func(k domain.Path) bool {
		plain, mark := k.Plain()
		loc := plain.Loc()
		return (mark == domain.Closed || k.Flag()) && loc != 0 && domain.HasSym(t.Joined, loc) && !o.follows(loc)
	}
	for _, sp := range [...]*domain.Spawn{o.Spawn, o.Via} {
		if sp != nil && len(t.Joined) > 0 && slices.ContainsFunc(sp.Signals, set) {
			return true
		}
	}
	return false
}

// follows reports whether t comes after what may be a signal of the channel or flag at loc: whoever hears that is not ordered after t.
func (t *Touch) follows(loc domain.Sym) bool {
	return slices.ContainsFunc(t.After, func(k domain.Path) bool {
		plain, _ := k.Plain()
		return plain.Loc() == loc || plain.Loc() == 0
	})
}

// beforeStart reports whether t is the part of a goroutine that runs before those beside which it was started.
func (t *Touch) beforeStart() bool {
	return t.Spawn != nil && t.Spawn.From != 0 && !domain.HasSym(t.Joined, t.Spawn.From)
}

// Together reports whether t is part of a test that runs beside others.
func (t *Touch) Together() bool {
	return t.Fn.Entry == summary.Test && domain.HasSym(t.Joined, summary.Together)
}

// oneRunner reports whether one goroutine does both. That somebody calls the function which was put into a variable is known wherever it is put there; where the
// object that has the variable is followed to the goroutine that does so, it is known of that, too, and the two are one.
func oneRunner(a, b *Touch) bool {
	if a.Spawn == nil || b.Spawn == nil || a.Many || b.Many {
		return false
	}
	if a.takes(b) || b.takes(a) {
		return true
	}
	return a.turned() && b.turned() && slices.ContainsFunc(a.Fn.Summary.Spawns, func(sp domain.Spawn) bool {
		return domain.HasSym(sp.Takes, a.Spawn.Turn) && domain.HasSym(sp.Takes, b.Spawn.Turn)
	})
}

// turned reports whether t is done by whatever goroutine calls what is in a variable.
func (t *Touch) turned() bool { return t.registered() && t.Spawn.SharesTurn() }

// takes reports whether t is on the goroutine that calls o.
func (t *Touch) takes(o *Touch) bool { return o.turned() && domain.HasSym(t.Spawn.Takes, o.Spawn.Turn) }

// registered reports whether t runs in a callback that waits for somebody to call it.
func (t *Touch) registered() bool { return t.Spawn != nil && t.Spawn.Kind.Registered() }

// within decides for two touches of one activation by what was running.
func within(a, b *Touch) bool {
	switch {
	case a.Spawn == nil && b.Spawn == nil:
		return false
	case a.site() == b.site(), sameStart(a, b):
		return a.Many && b.Many
	case takeTurns(a, b), a.knowsMode(b), b.knowsMode(a), a.hasHeard(b), b.hasHeard(a), a.hasEnded(b), b.hasEnded(a):
		return false
	case a.registered() && b.registered() && (a.Spawn.Turn != 0 || b.Spawn.Turn != 0), requests(a, b):
		return true
	case a.Spawn == nil && meets(a, b) || b.Spawn == nil && meets(b, a):
		return true
	case servedBeside(a, b), servedBeside(b, a), a.toldBy(b), b.toldBy(a):
		return true
	}
	return a.runs(b.site()) || b.runs(a.site()) ||
		a.Spawn != nil && domain.HasSym(a.Spawn.Running, b.site()) || b.Spawn != nil && domain.HasSym(b.Spawn.Running, a.site())
}

// requests reports whether a and b are in two handlers that are called for requests, as many at once as come.
func requests(a, b *Touch) bool {
	return a.Many && b.Many && a.Spawn != nil && b.Spawn != nil && a.Spawn.Kind == domain.Handler && b.Spawn.Kind == domain.Handler
}

// runs reports whether the goroutine started at site, as the function of t calls it, may be running at t. Where t is named as a function below does, so are those running.
func (t *Touch) runs(site domain.Sym) bool {
	return domain.HasSym(t.Running, site) || t.Inner && slices.ContainsFunc(t.Running, func(s domain.Sym) bool { return domain.AtSomeCall(site, s) })
}

// sameStart reports whether a and b are two parts of what one start runs: before it has signalled something, and after.
func sameStart(a, b *Touch) bool {
	return a.Spawn != nil && b.Spawn != nil && a.Spawn.Pos == b.Spawn.Pos && domain.SameStart(a.Spawn.Site, b.Spawn.Site)
}

// partOf reports whether t is on a goroutine of sp, which the one that t is told of has started and waited for: to those above it is a part of that.
func (t *Touch) partOf(sp *domain.Spawn) bool {
	return t.Forked && sp.Joined && slices.ContainsFunc(t.Chain, func(f domain.Frame) bool { return f.Pos == sp.Pos })
}

// meets reports whether the goroutine of child, started by an earlier call of the same function on the same object, may be running when the
// function is called again.
func meets(call, child *Touch) bool {
	f := call.Fn
	return (child.Spawn.Again || call.enters() && child.Spawn.Kind == domain.Go && !child.Spawn.Joined && !child.Spawn.First) && (concurrentEntry(f) || f.Entry == summary.NoEntry && f.Called) && call.Path.Root.Kind == domain.Param
}

// beside decides for a touch on the goroutine of some caller, and one on a goroutine that another function left running: it is running when
// the caller comes, unless the caller has waited for it, or starts it itself, which its own activation judges.
func beside(call, child *Touch) bool {
	if child.Spawn.Over(call.Joined) {
		return false
	}
	if sp := starts(call.Fn, child.Spawn); sp != nil {
		return domain.HasSym(call.Running, sp.Site)
	}
	if call.Fn.Works && child.through(call.Fn) {
		return false // who starts a worker on a goroutine does not have others run it, too
	}
	if (call.Fn.Entry == summary.Callback || call.Fn.Entry == summary.Uncalled) && !child.Many && call.Fn.OnlyOn(child.Spawn) {
		return false
	}
	if call.Fn.Entry == summary.Exported && !child.Many && calledOnlyOn(call.Fn, child.Spawn) {
		return false // exported by habit, and the goroutine's own
	}
	if met(call, child) || call.Fn.Entry == summary.Served && child.perRequest() {
		return true
	}
	if call.Fn.Entry == summary.NoEntry {
		return false // memory of its own, which the other function has not got
	}
	if child.Spawn.Joined || child.joinedAbove() || call.Fn.Entry == summary.Test || child.Fn.Entry == summary.Test || call.Fn.Entry == summary.Main || call.Fn.Entry == summary.Setup {
		return false
	}
	return true
}

// Follows reports whether t is seen to come after the start of the goroutine of o, while that may be running.
func (t *Touch) Follows(o *Touch) bool {
	if t.Spawn != nil || o.Spawn == nil {
		return false
	}
	sp := starts(t.Fn, o.Spawn)
	return sp != nil && domain.HasSym(t.Running, sp.Site)
}

// starts returns the spawn of f that is sp, nil if f doesn't start it. A goroutine that signals and goes on is several; where a helper has other names for
// them, the first stands for all.
func starts(f *summary.Func, sp *domain.Spawn) (same *domain.Spawn) {
	for i := range f.Summary.Spawns {
		s := &f.Summary.Spawns[i]
		if s.Pos != sp.Pos {
			continue
		}
		if s.Site == sp.Site {
			return s
		}
		if same == nil && (s.Func == sp.Func || s.Func == 0 || sp.Func == 0) {
			same = s // of what a helper starts for its callers, each is a goroutine of its own
		}
	}
	return same
}

// SameMemory reports whether a and b may touch the same instance. Within an activation the paths tell; between entry points the object
// that the callers hold must be of the same type.
func SameMemory(a, b *Touch) bool {
	if a.Path.Root.Kind == domain.Unknown || b.Path.Root.Kind == domain.Unknown {
		return false
	}
	if a.Fn == b.Fn && !a.Inner && !b.Inner {
		if a.isOwn() && b.isOwn() {
			return false // by two activations of what has made it; in that it has a name of its own
		}
		p, q := a.Path.SomeElement(), b.Path.SomeElement()
		p.Root.Type, q.Root.Type = 0, 0
		return p == q
	}
	if Distinct(a, b) || madeApart(a, b) {
		return false
	}
	if a.Path.Root.Kind == domain.Local && b.Path.Root.Kind == domain.Local || a.isOwn() && b.isOwn() {
		return false // made in two functions
	}
	if a.isGiven(b) || b.isGiven(a) || a.ofRequest() && b.fromCaller() || b.ofRequest() && a.fromCaller() {
		return false
	}
	return a.Outer() != 0 && a.Outer() == b.Outer() || a.ofSingle(b) || b.ofSingle(a) || a.ofPart(b) || b.ofPart(a) || a.ofWhole(b) || b.ofWhole(a)
}

// isOwn reports whether t touches what its activation has made, by the name of where that was put.
func (t *Touch) isOwn() bool { return t.Own || t.Path.IsOwn() }

// isGiven reports whether t touches what a function was given, and o what that function makes where it is given nothing, or makes besides: an activation works
// on one of the two, and does not get what another has made. Where that is put into something that can be named, o is known by that name, too.
func (t *Touch) isGiven(o *Touch) bool {
	return o.Path.Root.Kind == domain.Local && t.Path.Root.Kind == domain.Param && t.through(o.Holder)
}

// through reports whether t is in fn, or in what fn calls.
func (t *Touch) through(fn *summary.Func) bool {
	if t.Holder == fn {
		return true
	}
	name := domain.Intern(fn.Name)
	return slices.ContainsFunc(t.Chain, func(f domain.Frame) bool { return f.Func == name })
}

// ofSingle reports whether t is the memory of a package variable that o names.
func (t *Touch) ofSingle(o *Touch) bool {
	v := t.only()
	return v != 0 && v == o.variable() && slices.Equal(t.Path.Sel(), o.Path.Sel())
}

// ofPart reports whether o, in a method that another package calls, touches what is t's: the memory of an object that t has in a field, the only one of its
// owner. Of objects in a list it is not known which are called.
func (t *Touch) ofPart(o *Touch) bool {
	if t.role() != owner || o.role() != part {
		return false
	}
	n := len(t.Path.Sel()) - len(o.Path.Sel())
	return n > 0 && slices.Equal(t.Path.Sel()[n:], o.Path.Sel()) && !hasElements(t.Path.Sel()[:n])
}

// ofWhole reports whether t is in a method of a part of what o names, which is called on the whole, or on what that lets out.
func (t *Touch) ofWhole(o *Touch) bool {
	return o.Outer() != 0 && slices.Contains(t.wholes(), o.Outer())
}

// wholes names the memory as Outer does, from each sort of object that the method which t is in is called by.
func (t *Touch) wholes() []domain.Sym {
	if t.whole != nil || !t.fromCaller() || t.Path.Root.Index != 0 || len(t.Fn.Wholes) == 0 || t.Fn != t.Holder {
		return t.whole
	}
	out := []domain.Sym{}
	for _, p := range t.Fn.Wholes {
		if hasElements(p.Sel()) {
			continue // of objects in a list it is not known which are called
		}
		p = p.Join(&t.Path)
		if s := p.Outer(); s != 0 {
			out = append(out, s)
		}
	}
	t.whole = out
	return out
}

func hasElements(sel []domain.Sym) bool {
	return slices.ContainsFunc(sel, func(s domain.Sym) bool {
		_, index := s.Index()
		return index || s == domain.Elem
	})
}

// only returns the package variable that t is a part of without naming it: it is named as a function below or one that starts a goroutine does, and hangs on
// the only object of its type that the package keeps. It is 0 if there is none.
func (t *Touch) only() domain.Sym {
	if (t.Inner || t.Spawn != nil) && t.Path.Root.Kind == domain.Param {
		return t.Single
	}
	return 0
}

// variable returns the package variable that t names, 0 if it names none.
func (t *Touch) variable() domain.Sym {
	if t.Path.Root.Kind == domain.Global {
		return t.Path.Root.Name
	}
	return 0
}

// Overlap is Parallel, with two callers taken to call at once, unless a comment says that one of them is alone or has to be.
func Overlap(a, b *Touch) bool {
	if Parallel(a, b) {
		return true
	}
	if a.Spawn != nil || b.Spawn != nil || a.Bare || b.Bare || madeForOne(a, b) || a.keptFrom(b) || b.keptFrom(a) || comesAfter(a, b) || comesAfter(b, a) ||
		a.outlives(b) || b.outlives(a) {
		return false
	}
	if takeTurnsToCall(a.Fn, b.Fn) {
		return false
	}
	return concurrentEntry(a.Fn) && concurrentEntry(b.Fn) && !a.Fn.Serial && !b.Fn.Serial
}

func concurrentEntry(f *summary.Func) bool {
	return f.Entry == summary.Exported || f.Entry == summary.Uncalled || f.Entry == summary.Callback || f.Entry == summary.Served
}

// tellsLater reports whether the goroutine of t signals after t and goes on: it sets itself up, and says when it has.
func (t *Touch) tellsLater() bool {
	for i := range t.Fn.Summary.Spawns {
		if sp := &t.Fn.Summary.Spawns[i]; sp.Pos == t.Spawn.Pos && sp.Site != t.Spawn.Site && len(t.After) == 0 {
			return true
		}
	}
	return false
}
