package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// Turns of a loop: what a goroutine started in one turn does to memory that is the turn's own, such as the element with the number of the turn, does not
// meet what another turn does to its own.

// loopStart is a go statement in a loop, or a call there that starts a goroutine.
type loopStart struct {
	at   ssa.Instruction
	loop loop
}

// turned is an access in a function that starts goroutines in a loop.
type turned struct {
	path  domain.Path
	of    ssa.Value // what the memory was reached by
	at    ssa.Instruction
	index int          // of the access
	since []domain.Sym // of a callee's access: the goroutines that the callee has started by then, if they are running
}

// noteStart records that the goroutines of a site are started here.
func (s *spawning) noteStart(site domain.Sym) {
	s.f.givers[site] = s.f.at
	if s.kind == domain.Go {
		s.f.noteLoopStart(site)
	}
}

// noteLoopStart records that the instruction at hand, a go statement or a call, starts goroutines of a site, if it stands in a loop.
func (f *function) noteLoopStart(site domain.Sym) {
	if f.starts[site].at != nil {
		return
	}
	if l := f.innermost(f.at.Block()); l != nil {
		f.starts[site] = loopStart{f.at, l}
	}
}

// reachedBy returns the value by which an instruction reaches the memory that it touches.
func reachedBy(instr ssa.Instruction) ssa.Value {
	switch instr := instr.(type) {
	case *ssa.Store:
		return instr.Addr
	case *ssa.MapUpdate:
		return instr.Map
	case *ssa.Lookup:
		return instr.X
	case *ssa.Range:
		return instr.X
	case *ssa.Next:
		if r, ok := instr.Iter.(*ssa.Range); ok {
			return r.X
		}
	case *ssa.UnOp:
		return instr.X
	case *ssa.Call:
		if _, ok := instr.Call.Value.(*ssa.Builtin); ok {
			return instr.Call.Args[0]
		}
	}
	return nil
}

// argument returns the argument of the call, or of the goroutine, by which a callee reaches the memory at p: the one that chooses an element, if any.
func (e *env) argument(p *domain.Path) ssa.Value {
	for _, s := range p.Sel() {
		if r, ok := s.Index(); ok {
			if a := e.actual(&r); a != nil && a.val != nil {
				return a.val
			}
		}
	}
	if a := e.actual(&p.Root); a != nil {
		return a.val
	}
	return nil
}

// inTurn returns what v depends on that is another one in each turn of l: the variable of the turn, or the value; nil if nothing is.
func (f *function) inTurn(v ssa.Value, l loop) ssa.Value {
	for v != nil {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.IndexAddr:
			if k := f.inTurn(x.Index, l); k != nil {
				return k
			}
			v = x.X
		case *ssa.Lookup:
			if k := f.inTurn(x.Index, l); k != nil {
				return k
			}
			v = x.X
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return f.ifVaries(v, l)
			}
			v = x.X
			if val := f.onlyReference(v); val != nil {
				v = val
			}
		default:
			return f.ifVaries(v, l)
		}
	}
	return nil
}

// onlyReference returns the reference that the variable at addr holds all its life, nil if that is not known.
func (f *function) onlyReference(addr ssa.Value) ssa.Value {
	if alloc, ok := addr.(*ssa.Alloc); ok && isReference(deref(alloc.Type())) {
		return f.only(alloc)
	}
	return nil
}

func (f *function) ifVaries(v ssa.Value, l loop) ssa.Value {
	if f.varies(v, l) {
		return v
	}
	return nil
}

// turn notes an access that may be one of a turn's own: of the goroutine itself, or of one that it starts. It returns what tells such accesses apart.
func (c *collector) turn(of ssa.Value, a *domain.Access) (key turned) {
	own := a.Site == 0 && len(a.Running) > 0 && len(c.f.starts) > 0 && c.f.innermost(c.f.at.Block()) != nil
	if of == nil || !own && c.f.starts[a.Site].at == nil {
		return turned{}
	}
	if val := c.f.onlyReference(of); val != nil && c.f.names[of] != a.Path.Root.Name {
		of = val // a closure has captured the variable: what is touched is what that holds
	}
	return turned{path: a.Path, of: of, at: c.f.at, index: len(c.accesses)}
}

// splitTurns takes goroutines of other turns out of what runs beside an access of the turn's own memory. One of this turn stays, unless it is not
// started before the access, or what is touched is an earlier turn's.
func (c *collector) splitTurns(sol *flow.Solution[state]) {
	for i := range c.turns {
		t := &c.turns[i]
		a := &c.accesses[t.index]
		if a.Site != 0 {
			continue
		}
		a.NotBeside(func(site domain.Sym) bool {
			st := c.f.starts[site]
			if st.at != nil && c.ofEarlier(sol, t, site, st.at) {
				return true
			}
			before := st.at == t.at && !domain.HasSym(t.since, site) // in the call that starts them later on
			if st.at == nil || !st.loop[t.at.Block()] || !before && st.loop.leadsTo(st.at, t.at) {
				return false
			}
			own := c.f.inTurn(t.of, st.loop)
			return own != nil && !st.loop.carries(own, st.at) && c.allOfTurn(site, t.path, own, st.loop)
		})
	}
}

// allOfTurn reports whether all that the goroutines of a site do to the memory at p is done to that of the turn which own tells.
func (c *collector) allOfTurn(site domain.Sym, p domain.Path, own ssa.Value, l loop) bool {
	for i := range c.accesses {
		a := &c.accesses[i]
		if a.Site != site || a.Path != p {
			continue
		}
		of := c.turnOf(i)
		if of == nil || c.f.inTurn(of, l) != own {
			return false
		}
	}
	return true
}

func (c *collector) turnOf(index int) ssa.Value {
	i, ok := slices.BinarySearchFunc(c.turns, index, func(t turned, index int) int { return t.index - index })
	if !ok {
		return nil
	}
	return c.turns[i].of
}

// leadsTo reports whether to can come after from in one turn of the loop.
func (l loop) leadsTo(from, to ssa.Instruction) bool {
	if from.Block() == to.Block() {
		instrs := from.Block().Instrs
		if slices.Index(instrs, from) <= slices.Index(instrs, to) {
			return true
		}
	}
	seen := map[*ssa.BasicBlock]bool{}
	work := []*ssa.BasicBlock{from.Block()}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		for _, s := range b.Succs {
			if seen[s] || !l[s] || l.heads(s) {
				continue
			}
			if s == to.Block() {
				return true
			}
			seen[s] = true
			work = append(work, s)
		}
	}
	return false
}

// heads reports whether the turns of l begin at b.
func (l loop) heads(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Preds, func(p *ssa.BasicBlock) bool { return !l[p] })
}

// copied reports whether the memory at a callee's path, which is q here, is one in all turns of the loop that starts the callee, though the object through
// which it is reached is made anew in each: the copy of a struct has the maps of the original.
func (e *env) copied(p, q *domain.Path) bool {
	s := e.spawn
	if s == nil || !s.self || s.many || slices.ContainsFunc(q.Sel(), func(sel domain.Sym) bool { return !sel.IsField() }) {
		return false
	}
	a := e.actual(&p.Root)
	if a == nil || a.val == nil || !s.f.varies(a.val, s.loop) {
		return false
	}
	of, made := s.f.madeOf(a.val, maxTaken)
	if !made || slices.ContainsFunc(of, func(v ssa.Value) bool { return s.f.varies(v, s.loop) }) {
		return false
	}
	return q.Root.Kind != domain.Local && q.Root.Kind != domain.Unknown || q.Root.Kind == domain.Local && !s.f.varies(s.f.made[q.Root.Name], s.loop)
}

// madeOf returns what the struct that v is, or points to, was made of: what it is a copy of, what was put into it, what a call that returned it got. It
// reports false if v is not made by f, as far as it can be seen behind depth variables.
func (f *function) madeOf(v ssa.Value, depth int) (of []ssa.Value, made bool) {
	if depth == 0 {
		return nil, false
	}
	switch v := v.(type) {
	case *ssa.Extract:
		return f.madeOf(v.Tuple, depth-1)
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			return f.madeOf(alloc, depth-1)
		}
	case *ssa.Call:
		for _, arg := range v.Call.Args {
			if isReference(arg.Type()) {
				of = append(of, arg)
			}
		}
		return of, true
	case *ssa.Alloc:
		if isReference(deref(v.Type())) {
			return f.madeOf(f.only(v), depth-1)
		}
		st := f.stores(v)
		of = slices.Clone(st.vals)
		for _, vals := range st.values {
			of = append(of, vals...)
		}
		return slices.DeleteFunc(of, func(v ssa.Value) bool { return !reachesMap(v.Type()) }), isStruct(deref(v.Type()))
	}
	return nil, false
}
