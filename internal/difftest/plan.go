package difftest

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// Program is one generated program.
type Program struct {
	Seed   uint64
	Racy   bool   // the label
	Source string // a file of package main
	Traits Traits
	Decoys []string // names of maps that nothing races on
}

// Traits names what was drawn, for grouping wrong answers.
type Traits struct {
	Location, Lock, Wrap, Shape, Join, Scheme, Fault string
}

func (t Traits) String() string {
	return fmt.Sprintf("%s location=%s lock=%s wrap=%s shape=%s join=%s fault=%s", t.Scheme, t.Location, t.Lock, t.Wrap, t.Shape, t.Join, t.Fault)
}

// Name identifies a program; it is a package name, too.
func (p *Program) Name() string {
	if p.Racy {
		return fmt.Sprintf("s%dracy", p.Seed)
	}
	return fmt.Sprintf("s%dsafe", p.Seed)
}

// Twins returns the safe and the racy program of a seed.
func Twins(seed uint64) (safe, racy *Program) {
	return draw(seed).program(), withFault(seed).program()
}

// phase says when the code of a touch runs.
type phase int

const (
	pre   phase = iota // main, before any goroutine starts
	child              // the goroutines
	mid                // main, while they run
	post               // main, after it has waited for them
)

// hold says how a section holds a lock.
type hold string

const (
	bare     hold = ""
	own      hold = "own"      // the map's lock
	shared   hold = "shared"   // the map's lock in read mode
	once     hold = "once"     // written within a sync.Once, read after it
	wrong    hold = "wrong"    // a second lock beside the map's
	other    hold = "other"    // the same lock of another instance
	local    hold = "local"    // a lock made in the same function
	stale    hold = "stale"    // the map is loaded under its lock, and touched after
	snapshot hold = "snapshot" // the same, by a getter
	branch   hold = "branch"   // the lock is taken on a branch only
)

// section is a run of operations under one lock or none.
type section struct {
	hold hold
	ops  []op
}

func (s section) writes() bool { return slices.ContainsFunc(s.ops, func(o op) bool { return o.write }) }

// excludes reports whether two sections that run at the same time are kept apart, or need not be.
func (s section) excludes(t section) bool {
	if !s.writes() && !t.writes() {
		return true
	}
	guarded := func(h hold) bool { return h == own || h == shared }
	if guarded(s.hold) && guarded(t.hold) {
		return s.hold == own || t.hold == own
	}
	return s.hold == once && t.hold == once || s.hold == wrong && t.hold == wrong
}

// touch is what one piece of code does to the map.
type touch struct {
	sections []section
	routine  int // 0: written in place; 1: in a function of its own; 2: the same, and the caller holds the lock
}

func (t *touch) conflicts(u *touch) bool {
	for _, s := range t.sections {
		if slices.ContainsFunc(u.sections, func(v section) bool { return !s.excludes(v) }) {
			return true
		}
	}
	return false
}

// plan is a program before it is written down.
type plan struct {
	rng     *rand.Rand
	seed    uint64
	scheme  string
	loc     location
	lock    lockKind
	wrap    string
	shape   shape
	join    string // how main waits
	inScope bool   // what main waits on lives where the lock does, not in main
	started bool   // goroutines are started, and waited for, in functions of their own
	many    bool   // more than one goroutine runs the child's code
	touches map[phase]*touch
	decoys  [3]bool
	names   names
	fault   string
	// What a fault does to the order.
	noJoin, otherJoin, earlyDone, lateAdd, earlyPost, latePre bool
}

// racy computes the label: two touches can overlap and conflict.
func (p *plan) racy() bool {
	c := p.touches[child]
	beside := []*touch{p.touches[mid]}
	if p.many {
		beside = append(beside, c)
	}
	if p.latePre {
		beside = append(beside, p.touches[pre])
	}
	if p.noJoin || p.otherJoin || p.earlyDone || p.lateAdd || p.earlyPost || p.join == "none" {
		beside = append(beside, p.pastOnce(p.touches[post]))
	}
	return slices.ContainsFunc(beside, func(t *touch) bool { return t != nil && c.conflicts(t) })
}

// pastOnce returns the last touch of main as far as it matters: where main has been through the Once, it may go on reading.
func (p *plan) pastOnce(last *touch) *touch {
	m := p.touches[mid]
	if last == nil || m == nil || m.sections[0].hold != once {
		return last
	}
	return &touch{sections: slices.DeleteFunc(slices.Clone(last.sections), func(s section) bool { return !s.writes() })}
}

func (p *plan) coin() bool { return p.rng.IntN(2) == 0 }

func pick[T any](p *plan, from []T) T { return from[p.rng.IntN(len(from))] }

// draw returns the plan of a seed, which is safe.
func draw(seed uint64) *plan {
	p := &plan{rng: rand.New(rand.NewPCG(seed, 0x6d61707367756172)), seed: seed, touches: map[phase]*touch{}}
	p.names = drawNames(p)
	p.scheme = pick(p, []string{"locked", "locked", "locked", "locked", "ordered", "ordered", "frozen", "once"})
	p.loc = pick(p, locations)
	p.drawLock()
	p.drawShape()
	p.drawTouches()
	for i := range p.decoys {
		p.decoys[i] = p.rng.IntN(4) == 0
	}
	if p.racy() {
		panic(fmt.Sprintf("seed %d: the plan without a fault races", seed))
	}
	return p
}

func (p *plan) drawLock() {
	if p.scheme != "locked" {
		return
	}
	p.lock = pick(p, slices.DeleteFunc(slices.Clone(lockKinds), func(k lockKind) bool { return !k.fits(p.loc) }))
	p.wrap = pick(p, slices.DeleteFunc(slices.Clone(wraps), func(w string) bool { return !p.lock.wraps(w) }))
}

func (p *plan) drawShape() {
	p.many = p.scheme != "ordered" && p.coin()
	p.shape = pick(p, slices.DeleteFunc(slices.Clone(shapes), func(s shape) bool {
		return s.many && !p.many || s.single && p.many || s.join == "none" && p.scheme == "ordered"
	}))
	switch {
	case p.shape.join != "":
		p.join = p.shape.join
	case p.many:
		p.join = pick(p, []string{"wg", "wg", "send"})
	default:
		p.join = pick(p, []string{"wg", "close", "send"})
	}
	p.inScope = p.loc.scope != argument && p.coin()
	p.started = p.inScope && p.join != "none" && p.coin()
}

// drawTouches draws what is done to the map, in each phase as much as is safe there.
func (p *plan) drawTouches() {
	held := map[string]hold{"locked": own, "once": once}[p.scheme]
	p.touches[child] = p.drawTouch(held, p.scheme != "frozen", p.scheme == "frozen" || p.scheme == "locked" && p.coin())
	if p.scheme == "locked" || p.scheme == "frozen" && p.coin() || p.scheme == "once" && p.coin() {
		p.touches[mid] = p.drawTouch(held, p.scheme == "locked", p.touches[child].sections[0].writes())
	}
	if p.scheme == "frozen" || p.rng.IntN(3) == 0 {
		p.touches[pre] = p.drawTouch(bare, true, false)
	}
	if p.join != "none" && (p.scheme == "ordered" || p.rng.IntN(3) == 0) {
		p.touches[post] = p.drawTouch(bare, true, true)
	}
}

func (p *plan) drawTouch(h hold, mayWrite, mayRead bool) *touch {
	t := &touch{routine: p.rng.IntN(3)}
	s := section{hold: h}
	write := mayWrite && (!mayRead || p.coin())
	for range 1 + p.rng.IntN(2) {
		if h == once {
			write = false // the write is the initialisation, which comes along
		}
		s.ops = append(s.ops, p.drawOp(write))
		write = write && p.coin()
	}
	if h == own && p.lock.acquireRead != "" && !s.writes() && slices.Contains([]string{"inline", "deferred"}, p.wrap) {
		s.hold = shared
	}
	if h == once {
		s.ops = append(s.ops, op{write: true}) // for the label
	}
	t.sections = []section{s}
	return t
}
