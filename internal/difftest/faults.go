package difftest

import "fmt"

// fault is one way to break a safe plan.
type fault struct {
	name  string
	apply func(p *plan) bool // false: it doesn't fit
}

// held applies a change to the locked section of the child or of main beside it.
func held(change func(p *plan, t *touch) bool) func(*plan) bool {
	return func(p *plan) bool {
		at := child
		if p.touches[mid] != nil && p.coin() {
			at = mid
		}
		t := p.touches[at]
		return (t.sections[0].hold == own || t.sections[0].hold == shared) && change(p, t)
	}
}

func to(h hold) func(*plan) bool {
	return held(func(_ *plan, t *touch) bool {
		t.sections[0].hold = h
		return true
	})
}

// when restricts a fault.
func when(cond func(p *plan) bool, apply func(*plan) bool) func(*plan) bool {
	return func(p *plan) bool { return cond(p) && apply(p) }
}

func flag(set func(p *plan)) func(*plan) bool {
	return func(p *plan) bool {
		set(p)
		return true
	}
}

func joins(p *plan) bool   { return p.join != "none" && p.touches[post] != nil }
func signals(p *plan) bool { return joins(p) && p.shape.join == "" }

var faults = []fault{
	{"dropped lock", to(bare)},
	{"wrong lock", when(func(p *plan) bool { return !p.lock.embedded }, to(wrong))},
	{"lock of another instance", when(func(p *plan) bool { return p.loc.scope == method && !p.lock.global }, to(other))},
	{"lock made on the spot", to(local)},
	{"map loaded under the lock, touched after", when(func(p *plan) bool { return p.loc.typ != "" }, to(stale))},
	{"locked getter of the live map", when(func(p *plan) bool { return p.loc.typ != "" }, to(snapshot))},
	{"lock on one branch", when(func(p *plan) bool { return !p.lock.channel }, to(branch))},
	{"one access after the unlock", held(func(p *plan, t *touch) bool {
		t.sections = append(t.sections, section{ops: []op{p.drawOp(p.coin())}})
		return true
	})},
	{"access before the wait", when(joins, flag(func(p *plan) { p.earlyPost = true }))},
	{"no wait", when(joins, flag(func(p *plan) { p.noJoin = true }))},
	{"waits for another", when(signals, flag(func(p *plan) { p.otherJoin = true }))},
	// A worker that waits to be heard before it works never takes what main sends it.
	{"done before the access", when(func(p *plan) bool { return signals(p) && !p.shape.feeds }, flag(func(p *plan) { p.earlyDone = true }))},
	// A race only if main waits before the goroutine gets to Add, so there is nothing that main does first.
	{"Add in the goroutine", when(func(p *plan) bool { return signals(p) && p.join == "wg" && !p.shape.feeds }, flag(func(p *plan) {
		p.lateAdd = true
		delete(p.touches, mid)
	}))},
	{"set up after the start", when(func(p *plan) bool { return p.touches[pre] != nil }, flag(func(p *plan) { p.latePre = true }))},
	{"a second goroutine", when(func(p *plan) bool { return p.scheme == "ordered" && p.shape.again && p.join != "close" }, flag(func(p *plan) { p.many = true }))},
	{"a writer among readers", when(func(p *plan) bool { return p.scheme == "frozen" }, func(p *plan) bool {
		p.touches[child].sections[0].ops[0] = p.drawOp(true)
		return true
	})},
	{"once left out", func(p *plan) bool {
		t := p.touches[child]
		if p.touches[mid] != nil && p.coin() {
			t = p.touches[mid]
		}
		s := &t.sections[0]
		if s.hold != once {
			return false
		}
		s.hold, s.ops = bare, s.ops[:len(s.ops)-1]
		return true
	}},
	{"a write beside the once", func(p *plan) bool {
		t := p.touches[child]
		if t.sections[0].hold != once {
			return false
		}
		t.sections = append(t.sections, section{ops: []op{p.drawOp(true)}})
		return true
	}},
	{"a bare access beside", func(p *plan) bool {
		if p.touches[mid] != nil {
			return false
		}
		p.touches[mid] = p.drawTouch(bare, true, true)
		return true
	}},
}

// withFault returns the plan of a seed with the first fault, in an order that the seed gives, that makes it racy.
func withFault(seed uint64) *plan {
	order := draw(seed).rng.Perm(len(faults))
	for _, i := range order {
		p := draw(seed) // a fault that didn't do leaves no trace
		p.rng.Perm(len(faults))
		if faults[i].apply(p) && p.racy() {
			p.fault = faults[i].name
			return p
		}
	}
	panic(fmt.Sprintf("seed %d: no fault makes it racy", seed))
}
