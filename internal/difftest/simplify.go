package difftest

import "slices"

// Variant is a program with one or two traits made plain.
type Variant struct {
	What string // the traits
	*Program
}

// simplifications make one trait of a plan plain, each.
var simplifications = []struct {
	what  string
	apply func(p *plan)
}{
	{"form plain", func(p *plan) { p.loc.form = forms[0] }},
	{"container package var", func(p *plan) { p.loc.container = containers[slices.IndexFunc(containers, isPackageVar)] }},
	{"container field", func(p *plan) { p.loc.container = containers[0] }},
	{"lock mutex", func(p *plan) {
		if p.scheme != "locked" {
			return
		}
		p.lock = mutex // which has no read mode
		for _, t := range p.touches {
			for i := range t.sections {
				if t.sections[i].hold == shared {
					t.sections[i].hold = own
				}
			}
		}
	}},
	{"wrap inline", func(p *plan) { p.wrap = "inline" }},
	{"shape plain", func(p *plan) {
		want := "go closure"
		if p.many {
			want = "loop"
		}
		p.shape = shapes[slices.IndexFunc(shapes, func(s shape) bool { return s.name == want })]
		if p.join != "close" && p.join != "send" && p.join != "wg" {
			p.join = "wg"
		}
	}},
	{"join wg", func(p *plan) {
		if p.shape.join == "" && p.join != "none" {
			p.join = "wg"
		}
	}},
	{"join a local of main", func(p *plan) { p.inScope, p.started = false, false }},
	{"no start and stop", func(p *plan) { p.started = false }},
	{"all in place", func(p *plan) {
		for _, t := range p.touches {
			t.routine = 0
		}
	}},
	{"fault a dropped lock", func(p *plan) {
		for _, t := range p.touches {
			for i := range t.sections {
				if h := t.sections[i].hold; h != own && h != shared && h != once {
					t.sections[i].hold = bare
				}
			}
		}
	}},
	{"signals at the end", func(p *plan) { p.earlyDone, p.lateAdd, p.noJoin = false, false, p.noJoin || p.earlyDone || p.lateAdd }},
	{"operations plain", func(p *plan) {
		for _, t := range p.touches {
			for _, s := range t.sections {
				for i, o := range s.ops {
					if s.ops[i] = reads[0]; o.write {
						s.ops[i] = writes[0]
					}
				}
			}
		}
	}},
	{"only what conflicts", func(p *plan) {
		for _, ph := range []phase{pre, post} {
			t := p.touches[ph]
			if delete(p.touches, ph); p.racy() != (p.fault != "") {
				p.touches[ph] = t
			}
		}
	}},
	{"no decoys", func(p *plan) { p.decoys = [3]bool{} }},
}

func isPackageVar(c container) bool { return c.name == "package var" }

// Simpler returns variants of the program of a seed with the same label: whichever is answered right points at the cause of a wrong answer. Variants of two
// traits are for those that one does not explain.
func Simpler(seed uint64, racy bool, traits int) []Variant {
	var out []Variant
	for i, a := range simplifications {
		for _, b := range simplifications[i:] {
			if (a.what == b.what) != (traits == 1) {
				continue
			}
			p := draw(seed)
			if racy {
				p = withFault(seed)
			}
			a.apply(p)
			b.apply(p)
			if p.racy() != racy || p.scheme == "locked" && (!p.lock.fits(p.loc) || !p.lock.wraps(p.wrap)) || p.loc.field && p.loc.scope != method {
				continue
			}
			v := Variant{a.what, p.program()}
			if traits == 2 {
				v.What += " & " + b.what
			}
			out = append(out, v)
		}
	}
	return out
}
