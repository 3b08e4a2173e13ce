package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
)

// scanStores finds, without regard to order, which memory made here is put where.
func (f *function) scanStores() {
	if f.scanned {
		return
	}
	f.scanned = true
	for _, b := range f.fn.Blocks {
		for _, instr := range b.Instrs {
			f.putting = instr
			switch instr := instr.(type) {
			case *ssa.Store:
				f.putInto(f.paths(instr.Addr), instr.Val)
			case *ssa.MapUpdate:
				f.putInto(extend(f.paths(instr.Map), domain.Elem), instr.Value)
			case *ssa.Send:
				f.putSent(instr.Chan, instr.X)
			case *ssa.Select:
				for _, s := range instr.States {
					if s.Dir == types.SendOnly {
						f.putSent(s.Chan, s.Send)
					}
				}
			case ssa.CallInstruction:
				known, _ := f.targets(instr.Common())
				for _, t := range known {
					f.putBy(t)
					f.madeWith(t, instr.Value())
				}
			}
		}
	}
	f.closeCopies()
	f.putAll = f.putsOf()
}

// effectPuts calls put with what a call makes the content of a container or cell, and the memory that this is.
func (f *function) effectPuts(effects []models.Effect, t target, put func(to []domain.Path, val ssa.Value)) {
	for _, e := range effects {
		if e.Kind != models.Put && e.Kind != models.Insert || max(e.Arg, e.Key) >= len(t.args) {
			continue
		}
		to := f.paths(t.args[e.Arg])
		if e.Kind == models.Insert {
			to = extend(f.container(t.args[e.Arg]), domain.Elem)
		}
		put(to, t.args[e.Key])
	}
}

// putBy notes what a call of t puts where.
func (f *function) putBy(t target) {
	f.effectPuts(f.u.effects(t), t, f.putInto)
	sum := f.u.summaryOf(t)
	if sum == nil || len(sum.Puts) == 0 || f.inTest {
		return // a test knows what becomes of what it hands in
	}
	e := f.env(t, nil)
	for _, put := range sum.Puts {
		if put.Param < len(t.args) {
			f.putInto(e.content(&put.At), t.args[put.Param])
		}
	}
}

// madeWith notes what local memory is a part of what a call returns: who has that has it, too.
func (f *function) madeWith(t target, call *ssa.Call) {
	sum := f.u.summaryOf(t)
	if sum == nil || call == nil || f.inTest {
		return
	}
	for i := range sum.Results {
		for _, part := range sum.Results[i].Parts {
			e := f.env(t, call)
			made := e.result(i)
			for j := range part.Of {
				for _, p := range e.translate(&part.Of[j], true) { // of a variable itself, not of what was copied into it: locks go by its name
					if p.Root.Kind == domain.Local && p.Root != made.Root && len(p.Sel()) == 0 { // who has a part has not got the whole
						f.putInside(made.Root.Name, p.Root.Name)
					}
				}
			}
		}
	}
}

// maxPuts bounds the places that callers are told of.
const maxPuts = 4

// putsOf returns where others find the parameters: in what they were put into, or where that, made here, was put.
func (f *function) putsOf() (out []domain.Put) {
	for _, put := range f.puts {
		for _, at := range f.putAs([]domain.Path{put.At}, put.At, nil, maxPut) {
			if at.Root.Kind != domain.Local && at.Loc() != 0 && len(out) < maxPuts {
				out = domain.InsertPut(out, domain.Put{Param: put.Param, At: at})
			}
		}
	}
	return out
}

// isPut reports whether callers are told that p, a parameter, is put into another one.
func (f *function) isPut(p *domain.Path) bool {
	f.scanStores()
	return p.Root.Kind == domain.Param && len(p.Sel()) == 0 && slices.ContainsFunc(f.putAll, func(put domain.Put) bool {
		return put.Param == int(p.Root.Index) && put.At.Root.Kind == domain.Param && put.At.Root != p.Root
	})
}

// inArgs returns the names that the memory at p has in the arguments which its root was put into, where nobody can reach it but by these: it is the caller's own if the
// argument is. Its own name would not say so, since callers don't know what of the function's memory hangs on what of theirs.
func (f *function) inArgs(p domain.Path) []domain.Path {
	if p.Root.Kind != domain.Local || f.elsewhere[p.Root.Name] {
		return nil
	}
	f.scanStores()
	return slices.DeleteFunc(f.putAs(nil, p, nil, 0), func(q domain.Path) bool { return q.Root.Kind != domain.Param || q.Loc() != p.Loc() })
}

// maxCopies bounds the copies of copies of a struct whose contents are followed.
const maxCopies = 3

// closeCopies gives what structs were copied into the contents of those. The structs themselves are others, which nobody has who has the copy.
func (f *function) closeCopies() {
	for range maxCopies {
		for _, c := range f.copies {
			for _, inner := range f.inside[c[1]] {
				if inner != c[0] {
					f.putInside(c[0], inner)
				}
			}
			for _, p := range f.given[c[1]] {
				f.given[c[0]] = addPath(f.given[c[0]], p)
			}
		}
	}
}

func (f *function) putInto(to []domain.Path, val ssa.Value) {
	switch {
	case isStruct(val.Type()): // a struct that is copied shares what it points to
		f.keep(to, val)
		f.noteCopy(to, val)
		return
	case !isReference(val.Type()):
		return
	}
	f.keep(to, val)
	for _, v := range f.paths(val) {
		if v.Root.Kind != domain.Local {
			f.give(to, v)
			continue
		}
		for _, p := range to {
			if p.Root.Kind == domain.Local && p.Root != v.Root {
				f.putInside(p.Root.Name, v.Root.Name)
			}
			f.putAlias(p, v)
		}
	}
}

// putInside notes that local memory, or a part of it, is put into other local memory.
func (f *function) putInside(outer, inner domain.Sym) {
	if !f.isInside[[2]domain.Sym{outer, inner}] {
		f.isInside[[2]domain.Sym{outer, inner}] = true
		f.inside[outer] = append(f.inside[outer], inner)
	}
}

// putAlias notes that the local memory v is put at p. What a variable holds is found by the variable's own name.
func (f *function) putAlias(p, v domain.Path) {
	isVariable := p.Root.Kind == domain.Local && len(p.Sel()) == 0
	if len(v.Sel()) == 0 && p.Root != v.Root && !isVariable {
		f.alias[v.Root.Name] = addPath(f.alias[v.Root.Name], p.AsOwn())
	}
}

// noteCopy notes that the struct val is copied: what it points to has a name there, too.
func (f *function) noteCopy(to []domain.Path, val ssa.Value) {
	for _, v := range f.paths(val) {
		for _, p := range to {
			if v.Root.Kind != domain.Local || p.Root == v.Root {
				continue
			}
			if p.Root.Kind == domain.Local {
				f.copies = append(f.copies, [2]domain.Sym{p.Root.Name, v.Root.Name})
			}
			f.putAlias(p, v)
		}
	}
}

// paramPut is where a parameter is put, by an instruction.
type paramPut struct {
	domain.Put
	by ssa.Instruction
}

// sincePut returns the names of the map p, a parameter, at the instruction at hand: its own, and where the function has surely put it by then.
func (f *function) sincePut(p domain.Path) []domain.Path {
	f.scanStores()
	out := []domain.Path{p}
	for _, put := range f.puts {
		if put.Param == int(p.Root.Index) && put.At.Root.Kind != domain.Local && flow.Precedes(put.by, f.at) {
			out = addPath(out, put.At)
		}
	}
	return out
}

// give notes that the parameter or captured variable v is put somewhere. Of a part of one that is not said: who has the part has not got the whole.
func (f *function) give(to []domain.Path, v domain.Path) {
	if v.Root.Kind != domain.Param && v.Root.Kind != domain.FreeVar || len(v.Sel()) > 0 {
		return
	}
	for _, p := range to {
		if p.Root.Kind == domain.Local {
			f.given[p.Root.Name] = addPath(f.given[p.Root.Name], v)
		}
		if v.Root.Kind == domain.Param && p.Root != v.Root {
			f.puts = append(f.puts, paramPut{domain.Put{Param: int(v.Root.Index), At: p.AsOwn()}, f.putting})
		}
	}
}

// manyHeld is from how many paths on those that a part holds are a set besides: an element of a table may be any of thousands.
const manyHeld = 32

// hold notes that the part at p of local memory was set to v.
func (f *function) hold(p, v domain.Path) {
	if len(f.held[p]) < manyHeld {
		f.held[p] = addPath(f.held[p], v)
		return
	}
	set := f.heldSets[p]
	if set == nil {
		set = map[domain.Path]bool{}
		for _, q := range f.held[p] {
			set[q] = true
		}
		f.heldSets[p] = set
	}
	if !set[v] {
		set[v] = true
		f.held[p] = append(f.held[p], v)
	}
}

// keep notes what a part of local memory was set to.
func (f *function) keep(to []domain.Path, val ssa.Value) {
	for _, p := range to {
		if len(p.Sel()) == 0 {
			continue
		}
		f.keepFuncs(p, val)
		if p.Root.Kind != domain.Local {
			continue
		}
		f.partAt(p)
		for _, v := range f.paths(val) {
			if v != p {
				f.hold(p, v)
			}
		}
	}
}

// keepFuncs notes which functions were put at p. Those that a helper has put into a list are called by whoever goes over that.
func (f *function) keepFuncs(p domain.Path, val ssa.Value) {
	var funcs []funcVal
	switch fn := unwrap(val).(type) {
	case *ssa.Function:
		funcs = []funcVal{{fn: fn}}
	case *ssa.MakeClosure:
		funcs = []funcVal{{fn: fn.Fn.(*ssa.Function), free: f.u.bindings(fn), site: fn}}
	case *ssa.Call, *ssa.Extract:
		funcs = f.returned(fn)
	}
	if len(funcs) == 0 || p.Root.Kind != domain.Local && p.Root.Kind != domain.Param && p.Root.Kind != domain.FreeVar {
		return
	}
	p = p.SomeElement()
	f.partAt(p)
	f.funcsAt[p] = append(f.funcsAt[p], funcs...)
}

// partAt notes, before it is said what is at p, that the local memory which p hangs on has something there.
func (f *function) partAt(p domain.Path) {
	if p.Root.Kind == domain.Local && f.held[p] == nil && f.funcsAt[p] == nil {
		f.heldIn[p.Root.Name] = append(f.heldIn[p.Root.Name], p)
	}
}

// through returns another name of memory that hangs on a part of local memory which is set once: after a.next = b, a.next.m is b.m.
func (f *function) through(p domain.Path) (domain.Path, bool) {
	for n := len(p.Sel()); n > 0; n-- {
		head, rest := p.Cut(n)
		if held := f.held[head]; len(held) == 1 {
			q := held[0]
			q = q.Along(rest)
			return q, true
		}
	}
	return p, false
}
