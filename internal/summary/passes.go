package summary

import (
	"go/types"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// passes says what the calls of an edge pass to the formals of the callee: its parameters and captured variables, a bit each.
type passes struct {
	shared uint64 // what others may have
	// params holds the callee's formal, and the caller's that it is or is a part of. It is true for one that all who have the caller's have, too: not an element.
	params map[[2]int16]bool
	// parts are not one of the caller's formals itself, but what hangs on it; globals are what a package variable holds, and several what more than one of the
	// goroutines gets that the call starts.
	parts, globals, several uint64
	// as tells what the callee's formals are, in the caller's names.
	as instances
}

func (p passes) with(q passes) passes {
	if p.as == nil {
		p.as = q.as
	} else {
		p.as = p.as.union(q.as)
	}
	if p.params == nil {
		p.params = q.params
	} else {
		for k, whole := range q.params {
			p.params[k] = p.params[k] || whole
		}
	}
	p.shared, p.parts, p.globals, p.several = p.shared|q.shared, p.parts|q.parts, p.globals|q.globals, p.several|q.several
	return p
}

// theirs returns the callee's formals that others may have, given those of the caller.
func (p passes) theirs(caller uint64) uint64 {
	out := p.shared
	for k := range p.params {
		if caller&bit(k[1]) != 0 {
			out |= bit(k[0])
		}
	}
	return out
}

// common returns the callee's formals that several goroutines of one site have in common, which run the caller and have those of its formals so.
func (p passes) common(caller uint64) uint64 {
	out := p.several | caller&manyBit
	if out != 0 {
		out |= p.globals
	}
	for k, whole := range p.params {
		if whole && caller&bit(k[1]) != 0 {
			out |= bit(k[0])
		}
	}
	return out
}

// gets reports whether the callee's formal is one of the caller's, or a part of one.
func (p passes) gets(formal int16) bool {
	for k := range p.params {
		if k[0] == formal {
			return true
		}
	}
	return false
}

// onlyReceiver reports whether the first parameter is surely what the caller has as its own first one: a method of an object calls another of it.
func (p passes) onlyReceiver() bool {
	if _, own := p.params[[2]int16{0, 0}]; !own || (p.shared|p.parts)&bit(0) != 0 {
		return false
	}
	for k := range p.params {
		if k[0] == 0 && k[1] != 0 {
			return false
		}
	}
	return true
}

// freeBit is the bit of the first captured variable. The last bit stands for all that are beyond it.
const freeBit = 32

// formalOf returns the number of the parameter or captured variable that r is.
func formalOf(r *domain.Root) int16 {
	if r.Kind == domain.FreeVar {
		return freeBit + r.Index
	}
	return r.Index
}

// manyBit is set beside the formals that several goroutines have in common, whatever these are.
const manyBit = 1 << 62

// several returns the formals of t that more than one of the goroutines gets which the spawn of e, or that which it is in, runs.
func (e *env) several(t target) (out uint64) {
	for _, s := range []*spawning{e.spawn, e.again} {
		if s != nil && (s.many || s.self) {
			out |= manyBit
		}
	}
	for i := range len(t.args) + len(t.free) {
		r := domain.Root{Kind: domain.Param, Index: int16(i)}
		if i >= len(t.args) {
			r = domain.Root{Kind: domain.FreeVar, Index: int16(i - len(t.args))}
		}
		p := domain.Of(r)
		for _, s := range []*spawning{e.spawn, e.again} {
			if s != nil && s.parallel(e, &p, false) {
				out |= bit(formalOf(&r))
			}
		}
	}
	return out
}

func bit(i int16) uint64 { return 1 << min(i, 63) }

// passes tells what a call of t in the state st passes. Of a call whose state is not known all may be shared.
func (f *function) passes(t target, st *state) passes {
	var out passes
	if st == nil {
		out.shared = ^uint64(0)
	} else {
		out.params = map[[2]int16]bool{}
	}
	for i, v := range slices.Concat(t.args, t.free) {
		to := int16(i)
		if i >= len(t.args) {
			to = freeBit + int16(i-len(t.args))
		}
		a := f.arg(v)
		out.as = out.as.note(to, v.Type(), a.paths)
		if st == nil {
			continue
		}
		if len(a.paths) == 0 {
			out.shared |= bit(to)
		}
		for _, p := range a.paths {
			whole := !slices.ContainsFunc(p.Sel(), func(s domain.Sym) bool { return !s.IsField() })
			if whole && p.Root.Kind == domain.Global {
				out.globals |= bit(to)
			}
			switch {
			case p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar:
				k := [2]int16{to, formalOf(&p.Root)}
				out.params[k] = out.params[k] || whole
				if len(p.Sel()) > 0 {
					out.parts |= bit(to)
				}
			case len(p.Sel()) > 0 || !st.owned(&p) || f.carriesShared(st, p, v.Type(), 2):
				out.shared |= bit(to)
			}
		}
	}
	return out
}

// carriesShared reports whether the new object at p, of type t, has a map that others have, too: down to some depth of structs in structs.
func (f *function) carriesShared(st *state, p domain.Path, t types.Type, depth int) bool {
	s, ok := deref(t).Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return false
	}
	for i := range s.NumFields() {
		field := s.Field(i).Type()
		_, isStruct := deref(field).Underlying().(*types.Struct)
		if !IsMap(field) && (!isStruct || depth == 1) {
			continue
		}
		at := p.Append(fieldSym(t, i))
		if isStruct {
			if f.carriesShared(st, at, field, depth-1) {
				return true
			}
			continue
		}
		if slices.ContainsFunc(f.sharedAs(at), func(q domain.Path) bool { return !st.owned(&q) }) {
			return true
		}
	}
	return false
}

// Gets reports whether entry points pass what others may have in the parameter i.
func (r *Reached) Gets(i int16) bool { return r.Theirs&bit(i) != 0 }
