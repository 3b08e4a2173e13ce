package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// Earlier turns of a loop: a variable that is set to what a turn makes holds, at the head of the loop, what an earlier turn has made. It has the same name as
// what this turn makes, but the goroutines of this turn have no part in it, and those of earlier ones may be over by then.

// ofEarlier reports whether t is an access to what an earlier turn of a loop has made, by way of the loop's variable, and the goroutines of site, started at
// start, are none of that turn: none is running where a turn begins, and this turn gives them only what it makes itself.
func (c *collector) ofEarlier(sol *flow.Solution[state], t *turned, site domain.Sym, start ssa.Instruction) bool {
	f, name := c.f, t.path.Root.Name
	phi := loopVariable(t.of)
	if phi == nil || t.path.Root.Kind != domain.Local || f.alias[name] != nil {
		return false
	}
	made, ok := f.made[name].(ssa.Instruction)
	l := f.headedBy(phi.Block())
	if !ok || l == nil || !l[made.Block()] || !l[start.Block()] || !l[t.at.Block()] {
		return false
	}
	head := &sol.In[phi.Block().Index]
	return !domain.HasSym(head.running, site) && !f.gifts(&t.path, l).given(start)
}

// loopVariable returns the phi on which v depends, nil if v does not depend on one or on more than its memory.
func loopVariable(v ssa.Value) *ssa.Phi {
	for {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return nil
			}
			v = x.X
		case *ssa.Phi:
			return x
		default:
			return nil
		}
	}
}

// headedBy returns the loop whose turns begin at b, nil if none does.
func (f *function) headedBy(b *ssa.BasicBlock) loop {
	for _, l := range f.allLoops() {
		if l[b] && l.heads(b) {
			return l
		}
	}
	return nil
}

// gifts tells whether goroutines get what leads to a memory. With a turn, what that makes anew does not count.
type gifts struct {
	f     *function
	path  *domain.Path
	turn  loop
	seen  map[ssa.Value]bool
	outer map[domain.Sym]bool // memory looked into
}

func (f *function) gifts(p *domain.Path, turn loop) *gifts {
	return &gifts{f: f, path: p, turn: turn, seen: map[ssa.Value]bool{}, outer: map[domain.Sym]bool{}}
}

// given reports whether start gives the goroutines that it starts what may lead there.
func (g *gifts) given(start ssa.Instruction) bool {
	return slices.ContainsFunc(start.Operands(nil), func(op *ssa.Value) bool { return *op != nil && g.old(*op) })
}

// old reports whether v may lead there.
func (g *gifts) old(v ssa.Value) bool {
	if g.seen[v] || g.turn != nil && v == g.f.made[g.path.Root.Name] {
		return false
	}
	g.seen[v] = true
	if v == g.f.made[g.path.Root.Name] {
		return true
	}
	if alloc, ok := v.(*ssa.Alloc); ok && isReference(deref(alloc.Type())) {
		st := g.f.stores(alloc)
		// What a variable of more than this turn holds was set by an earlier one.
		return st.open || slices.ContainsFunc(st.vals, g.old) || !g.turn[alloc.Block()] && g.leadThere(g.f.union(st.vals))
	}
	if alloc, ok := v.(*ssa.Alloc); ok && g.leadThere(g.f.variable(alloc)) {
		return true // a struct that was copied, whose maps are known by the other's name
	}
	for _, fv := range g.f.funcVals(v) {
		if slices.ContainsFunc(fv.free, g.old) {
			return true
		}
	}
	return g.leadThere(g.f.paths(v))
}

func (g *gifts) leadThere(paths []domain.Path) bool {
	return slices.ContainsFunc(paths, func(p domain.Path) bool {
		return p.LeadsTo(g.path) || p.Root.Kind == domain.Local && p.Root.Name != g.path.Root.Name && g.holds(p.Root.Name)
	})
}

// holds reports whether local memory of that name may lead there by what was put into it, here or by the constructor that got it.
func (g *gifts) holds(name domain.Sym) bool {
	if g.outer[name] {
		return false
	}
	g.outer[name] = true
	made := g.f.made[name]
	if ex, ok := made.(*ssa.Extract); ok {
		made = ex.Tuple
	}
	if call, ok := made.(*ssa.Call); ok && slices.ContainsFunc(call.Call.Args, g.old) {
		return true
	}
	for _, inner := range g.f.contents()[name] {
		if inner == g.path.Root.Name || g.holds(inner) {
			return true
		}
	}
	for p, vals := range g.f.funcsAt {
		if p.Root.Kind == domain.Local && p.Root.Name == name && slices.ContainsFunc(vals, func(fv funcVal) bool { return slices.ContainsFunc(fv.free, g.old) }) {
			return true
		}
	}
	return false
}

// splitKept takes goroutines out of what runs beside an access to memory that only goroutines started here can reach, if they were not given it.
func (c *collector) splitKept() {
	for i := range c.accesses {
		a := &c.accesses[i]
		if a.Site != 0 || !a.Kept || a.Path.Root.Kind != domain.Local || len(a.Running) == 0 {
			continue
		}
		a.NotBeside(func(site domain.Sym) bool {
			start := c.f.givers[site]
			return start != nil && !c.f.gifts(&a.Path, nil).given(start)
		})
	}
}

// keepOwn notes which memory only goroutines of f can reach while they run: f has made it, and waits for them before it gives it to anybody else, or gives it
// to nobody.
func (f *function) keepOwn(sum *domain.Summary) {
	var returned map[domain.Sym]bool
	for i := range sum.Accesses {
		a := &sum.Accesses[i]
		sp := sum.Spawn(a.Site)
		if sp == nil || a.Path.Root.Kind != domain.Local {
			continue
		}
		name := a.Path.Root.Name
		if sp.Joined && !domain.HasSym(f.letWhile[a.Site], name) {
			a.Kept = true
			continue
		}
		if f.out[name] {
			continue
		}
		if returned == nil {
			returned = f.handsBack()
		}
		a.Kept = !returned[name]
	}
}

// handsBack returns the local memory to which what f returns leads, be it through a function.
func (f *function) handsBack() map[domain.Sym]bool {
	out, published, given := f.out, f.published, f.givenAway
	defer func() { f.out, f.published, f.givenAway = out, published, given }()
	f.out = map[domain.Sym]bool{}
	var st state
	for _, b := range f.fn.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
			for _, v := range ret.Results {
				f.publish(&st, v)
				f.publish(&st, Spilled(v))
			}
		}
	}
	return f.out
}

// noteLet notes what others can reach at st, while goroutines of f are running.
func (f *function) noteLet(st *state) {
	if len(st.let) == 0 {
		return
	}
	for _, site := range st.running {
		f.letWhile[site] = domain.UnionSyms(f.letWhile[site], st.let)
	}
}
