package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxElements bounds the values that are looked for in one slice or map.
const maxElements = 8

// elements returns what this function puts into the slice or map v, as far as it is in sight.
func (f *function) elements(v ssa.Value) []ssa.Value {
	e := elementFinder{f: f, seen: map[ssa.Value]bool{}}
	e.find(v)
	return e.out
}

// elementFinder follows a slice through append, slicing and loops to the stores that fill it.
type elementFinder struct {
	f     *function
	seen  map[ssa.Value]bool
	out   []ssa.Value
	field domain.Sym // if not 0, what this field of elements that are structs is set to is looked for
}

func (e *elementFinder) find(v ssa.Value) {
	if e.seen[v] || len(e.out) >= maxElements {
		return
	}
	e.seen[v] = true
	if e.field != 0 && v.Referrers() != nil {
		for _, ref := range *v.Referrers() { // a list that has grown by now may have other elements put in place of those it was given
			if at, ok := ref.(*ssa.IndexAddr); ok && at.X == v {
				e.set(at)
			}
		}
	}
	switch v := v.(type) {
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			for _, a := range v.Call.Args {
				e.find(a)
			}
		}
	case *ssa.Slice:
		e.find(v.X)
	case *ssa.Phi:
		for _, edge := range v.Edges {
			e.find(edge)
		}
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok {
			for _, val := range e.f.stores(alloc).vals {
				e.find(val)
			}
		}
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap:
		e.stored(v)
	}
}

// stored adds what is stored into the elements of v.
func (e *elementFinder) stored(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Map == v {
				e.add(ref.Value)
			}
		case *ssa.IndexAddr:
			e.set(ref)
		case *ssa.Phi:
			if !e.seen[ref] {
				e.seen[ref] = true
				e.stored(ref)
			}
		}
	}
}

// set adds what the element at an address, or the field of it that is looked for, is set to.
func (e *elementFinder) set(at *ssa.IndexAddr) {
	for _, use := range *at.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr == ssa.Value(at) {
				e.add(use.Val)
			}
		case *ssa.FieldAddr:
			e.inPlace(use)
		}
	}
}

// inPlace adds what is stored to the field of an element, if that is looked for.
func (e *elementFinder) inPlace(addr *ssa.FieldAddr) {
	if e.field == 0 || fieldSym(addr.X.Type(), addr.Field) != e.field {
		return
	}
	for _, use := range *addr.Referrers() {
		if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(addr) {
			e.put(st.Val)
		}
	}
}

func (e *elementFinder) add(v ssa.Value) {
	if e.field != 0 {
		if made, ok := e.f.madeStruct(v, maxTaken).(*ssa.Alloc); ok {
			for _, val := range e.f.stores(made).values[e.field] {
				e.put(val)
			}
		}
		return
	}
	e.put(v)
}

func (e *elementFinder) put(v ssa.Value) {
	if isReference(v.Type()) && !slices.Contains(e.out, v) && len(e.out) < maxElements {
		e.out = append(e.out, v)
	}
}

// element returns the selection of the element at an index: by name, if the caller chose it.
func (f *function) element(index ssa.Value) domain.Sym {
	if f.drawn(index) {
		return domain.Drawn
	}
	switch index := chosenBy(index).(type) {
	case *ssa.Parameter:
		return domain.IndexBy(domain.Root{Kind: domain.Param, Index: int16(f.paramIndex(index))})
	case *ssa.FreeVar:
		return domain.IndexBy(domain.Root{Kind: domain.FreeVar, Index: int16(f.freeIndex(index))})
	}
	return domain.Elem
}

// chosenBy returns the argument or captured variable that an index comes from: itself, with a constant added, or kept in a variable that holds nothing else, as a
// parameter is that a function literal captures. Two constants are two elements, but who has a number for himself seldom works on the next one as well.
func chosenBy(index ssa.Value) ssa.Value {
	switch v := index.(type) {
	case *ssa.Convert:
		return chosenBy(v.X)
	case *ssa.BinOp:
		if isShift(v) {
			return chosenBy(v.X)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return chosenBy(v.X)
		}
	case *ssa.Alloc:
		if param, ok := onlyStored(v).(*ssa.Parameter); ok {
			return param
		}
	}
	return index
}

// isShift reports whether v is something and a constant more, or less.
func isShift(v *ssa.BinOp) bool {
	_, by := v.Y.(*ssa.Const)
	return by && (v.Op == token.ADD || v.Op == token.SUB)
}

// maxDrawn bounds the steps from a number back to where it was drawn: i = i + 1 leads to itself.
const maxDrawn = 8

// drawn reports whether whoever gets the number v has it for himself: it comes out of a counter by which all count on, or out of a channel, where somebody has
// put the numbers one after another.
func (f *function) drawn(v ssa.Value) bool { return f.drawnWithin(v, maxDrawn) }

func (f *function) drawnWithin(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	if b, ok := v.Type().Underlying().(*types.Basic); !ok || b.Info()&types.IsInteger == 0 {
		cell, ok := v.(*ssa.Alloc)
		if !ok || cell.Parent() != f.fn {
			return false
		}
		held := onlyStored(cell)
		return held != nil && f.drawnWithin(held, depth-1)
	}
	switch v := v.(type) {
	case *ssa.Convert:
		return f.drawnWithin(v.X, depth-1)
	case *ssa.BinOp:
		return isShift(v) && f.drawnWithin(v.X, depth-1)
	case *ssa.UnOp:
		return v.Op == token.ARROW || v.Op == token.MUL && isCell(v.X) && f.drawnWithin(v.X, depth-1)
	case *ssa.Extract:
		recv, ok := v.Tuple.(*ssa.UnOp)
		return ok && recv.Op == token.ARROW
	case *ssa.Call:
		callee := v.Call.StaticCallee()
		return callee != nil && f.u.modelsFresh(origin(callee))
	}
	return false
}

func isCell(v ssa.Value) bool {
	_, ok := v.(*ssa.Alloc)
	return ok
}

// elementPaths returns the memory that an element of the slice or map at v, itself a pointer or map, is: what was put in, if that is in sight and was there
// before.
func (f *function) elementPaths(v ssa.Value, paths []domain.Path) []domain.Path {
	if !slices.ContainsFunc(paths, func(p domain.Path) bool { return p.Root.Kind == domain.Local }) {
		return paths
	}
	if shared := f.ofOthers(f.elements(v)); len(shared) > 0 {
		return shared
	}
	return paths
}

// elementField returns the memory of others that a field of the elements of a list made here is, where the elements are structs: what was put in, if nothing new was
// as well, which may be to have a map of one's own.
func (f *function) elementField(at *ssa.IndexAddr, field domain.Sym) []domain.Path {
	if slices.ContainsFunc(f.paths(at.X), func(p domain.Path) bool { return p.Root.Kind != domain.Local }) {
		return nil
	}
	e := elementFinder{f: f, seen: map[ssa.Value]bool{}, field: field}
	e.find(at.X)
	if slices.ContainsFunc(e.out, func(v ssa.Value) bool { return len(f.ofOthers([]ssa.Value{v})) == 0 }) {
		return nil
	}
	return f.ofOthers(e.out)
}

// ofOthers returns the memory that values are, but for what is made here.
func (f *function) ofOthers(vals []ssa.Value) (out []domain.Path) {
	for _, v := range vals {
		for _, p := range f.paths(v) {
			if p.Root.Kind != domain.Local {
				out = addPath(out, p)
			}
		}
	}
	return out
}
