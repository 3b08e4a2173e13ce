package pairs

import (
	"iter"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Index finds those touches of a group that SameMemory may hold for and of which one at least is on a thread in sight, without trying all pairs: a
// large package touches one memory in thousands of places.
type Index struct {
	touches []*Touch
	by      map[instance][]int
}

// instance is what two touches of one memory agree in: the path within one activation, the object that the callers hold, or the package variable that is
// the only object of its type.
type instance struct {
	fn     *summary.Func
	path   domain.Path
	outer  domain.Sym
	local  bool
	single domain.Sym
	inner  bool // without naming the variable
	role   role
	thread bool
}

// role says which end of Touch.ofPart a touch may be.
type role uint8

const (
	noRole role = iota
	owner       // reaches the memory through fields
	part        // in a method of the object, that another package calls
)

// role returns the end of ofPart that t may be: a part has its memory below the receiver, an owner has the part below its own.
func (t *Touch) role() role {
	switch {
	case t.Spawn != nil || t.Path.Root.Kind != domain.Param || len(t.Path.Sel()) == 0:
		return noRole
	case t.Thread() && t.Fn.Method && t.Path.Root.Index == 0:
		return part
	case len(t.Path.Sel()) > 1:
		return owner
	}
	return noRole
}

// NewIndex returns the index of g.
func NewIndex(g Group) *Index {
	x := &Index{touches: g.Touches, by: map[instance][]int{}}
	for i, t := range g.Touches {
		if t.Path.Root.Kind == domain.Unknown {
			continue
		}
		for _, in := range t.within() {
			x.by[in] = append(x.by[in], i)
		}
		of := t.beyond()
		if of.outer != 0 {
			x.by[of] = append(x.by[of], i)
		}
		for _, of.outer = range t.wholes() {
			if of.outer != t.Outer() {
				x.by[of] = append(x.by[of], i)
			}
		}
		if v := t.single(); v.single != 0 {
			x.by[v] = append(x.by[v], i)
		}
		if r := t.role(); r != noRole {
			at := instance{role: r, thread: t.Thread()}
			x.by[at] = append(x.by[at], i)
		}
	}
	return x
}

// single is the package variable that t names, or is a part of without naming it.
func (t *Touch) single() instance {
	v := instance{single: t.variable(), thread: t.Thread()}
	if v.single == 0 {
		v.single, v.inner = t.only(), true
	}
	return v
}

// within returns what t and others that its function leads to agree in.
func (t *Touch) within() (out []instance) {
	for _, p := range t.named() {
		in := instance{fn: t.Fn, path: p.SomeElement(), thread: t.Thread()}
		in.path.Root.Type = 0
		if !slices.Contains(out, in) {
			out = append(out, in)
		}
	}
	return out
}

func (t *Touch) beyond() instance {
	return instance{outer: t.Outer(), local: t.Path.Root.Kind == domain.Local, thread: t.Thread()}
}

// From returns the touches, from the i'th on and in their order, that the i'th may meet.
func (x *Index) From(i int) iter.Seq[*Touch] {
	return func(yield func(*Touch) bool) {
		lists := x.lists(i)
		for {
			next := -1
			for _, l := range lists {
				if len(l) > 0 && (next < 0 || l[0] < next) {
					next = l[0]
				}
			}
			if next < 0 || !yield(x.touches[next]) {
				return
			}
			for j, l := range lists {
				if len(l) > 0 && l[0] == next {
					lists[j] = l[1:]
				}
			}
		}
	}
}

// lists returns what may meet the i'th touch, a sorted list for each way in which the two may be of one memory.
func (x *Index) lists(i int) [][]int {
	t := x.touches[i]
	beyond := t.beyond()
	single := t.single()
	single.inner = !single.inner
	var out [][]int
	add := func(in instance) {
		list := x.by[in]
		if at, _ := slices.BinarySearch(list, i); at < len(list) {
			out = append(out, list[at:])
		}
	}
	for _, thread := range []bool{true, false} {
		if !thread && !t.Thread() {
			break
		}
		beyond.thread, single.thread = thread, thread
		for _, in := range t.within() {
			in.thread = thread
			add(in)
		}
		if single.single != 0 {
			add(single)
		}
		switch t.role() {
		case owner:
			add(instance{role: part, thread: thread})
		case part:
			add(instance{role: owner, thread: thread})
		}
		for _, outer := range append(slices.Clip(t.wholes()), beyond.outer) {
			if outer == 0 {
				continue
			}
			add(instance{outer: outer, thread: thread})
			if t.Path.Root.Kind != domain.Local {
				add(instance{outer: outer, thread: thread, local: true})
			}
		}
	}
	return out
}
