package summary

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxAlias bounds the paths that one value may denote; what goes beyond is dropped, in source order.
const maxAlias = 4

// paths returns the memory that v denotes or points to. Nothing means: unknown, or no memory at all.
//
// Values depend on each other in circles: phis of a loop, calls whose arguments lead to what they return. What is asked for while it is being computed adds
// nothing to itself. What was computed from such an answer is not kept beyond that: it would be short of it for ever, and which values are would be a matter
// of which was asked for first.
func (f *function) paths(v ssa.Value) []domain.Path {
	if got, ok := f.memo[v]; ok {
		if depth, ok := f.pending[v]; ok {
			f.needs = min(f.needs, depth)
		}
		return got
	}
	depth, needs, start := f.depth, f.needs, len(f.partial)
	f.memo[v], f.pending[v], f.needs = nil, depth, depth
	f.depth++
	out := f.compute(v)
	f.depth--
	if len(out) > maxAlias {
		out = out[:maxAlias]
	}
	f.memo[v] = out
	if f.needs < depth {
		f.pending[v] = f.needs
		f.partial = append(f.partial, v)
		f.needs = min(f.needs, needs)
		return out
	}
	for _, w := range f.partial[start:] {
		delete(f.memo, w)
		delete(f.pending, w)
	}
	delete(f.pending, v)
	f.partial, f.needs = f.partial[:start], needs
	return out
}

func (f *function) compute(v ssa.Value) []domain.Path {
	if i, ok := f.foreign(v); ok {
		return one(domain.Root{Kind: domain.FreeVar, Index: int16(i), Type: typeSym(v.Type())})
	}
	if _, isFunc := v.(*ssa.Function); !isFunc && v.Parent() != nil && v.Parent() != f.fn {
		return nil // of another function, and not captured: no name here
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return one(domain.Root{Kind: domain.Param, Index: int16(f.paramIndex(v)), Type: typeSym(v.Type())})
	case *ssa.FreeVar:
		return one(domain.Root{Kind: domain.FreeVar, Index: int16(f.freeIndex(v)), Type: typeSym(v.Type())})
	case *ssa.Global:
		return one(domain.Root{Kind: domain.Global, Name: domain.InternMember(v.Pkg.Pkg.Path(), v.Name()), Type: typeSym(v.Type())})
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return one(f.local(v))
	case *ssa.FieldAddr:
		return f.field(f.paths(v.X), fieldSym(v.X.Type(), v.Field))
	case *ssa.Field:
		return f.shared(v, f.field(f.paths(v.X), fieldSym(v.X.Type(), v.Field)))
	case *ssa.IndexAddr:
		return extend(f.paths(v.X), f.element(v.Index))
	case *ssa.Index:
		return extend(f.paths(v.X), f.element(v.Index))
	case *ssa.Lookup:
		return f.lookedUp(v, v)
	case *ssa.UnOp:
		return f.loaded(v)
	case *ssa.Phi:
		return f.union(v.Edges)
	case *ssa.Extract:
		return f.extracted(v)
	case *ssa.Call:
		if key := f.doneOf(v); key != nil {
			return key
		}
		return f.resultPaths(v, 0)
	case *ssa.MakeInterface:
		return f.paths(v.X)
	case *ssa.ChangeInterface:
		return f.paths(v.X)
	case *ssa.ChangeType:
		return f.paths(v.X)
	case *ssa.Convert:
		return f.paths(v.X)
	case *ssa.MultiConvert:
		return f.paths(v.X)
	case *ssa.SliceToArrayPointer:
		return f.paths(v.X)
	case *ssa.Slice:
		return f.paths(v.X)
	case *ssa.TypeAssert:
		return f.asserted(v)
	}
	return nil
}

func one(r domain.Root) []domain.Path { return []domain.Path{domain.Of(r)} }

func extend(paths []domain.Path, s domain.Sym) []domain.Path {
	out := make([]domain.Path, len(paths))
	for i, p := range paths {
		out[i] = p.Append(s)
	}
	return out
}

func (f *function) union(vals []ssa.Value) []domain.Path {
	var out []domain.Path
	for _, v := range vals {
		for _, p := range f.paths(v) {
			out = addPath(out, p)
		}
	}
	return out
}

func addPath(set []domain.Path, p domain.Path) []domain.Path {
	for _, q := range set {
		if p == q {
			return set
		}
	}
	return append(set, p)
}

// loaded returns the paths of *addr and <-ch.
func (f *function) loaded(v *ssa.UnOp) []domain.Path {
	switch {
	case v.Op == token.ARROW:
		return f.receivedFrom(v.X, v)
	case v.Op != token.MUL:
		return nil
	}
	if f.mayHandOver(v) && f.handedOver(v) {
		return one(f.local(v))
	}
	switch x := v.X.(type) {
	case *ssa.Alloc:
		return f.loadedFrom(x, v)
	case *ssa.FieldAddr:
		if p := f.copied(x); p != nil {
			return f.shared(v, p)
		}
		if p := f.madeAnew(v); p != nil {
			return p
		}
	case *ssa.IndexAddr:
		if p := f.copiedElement(x); p != nil {
			return f.shared(v, p)
		}
		return f.shared(v, f.elementPaths(x.X, f.paths(x)))
	}
	return f.shared(v, f.paths(v.X))
}

// beyondReceived reports whether p is what a struct that came out of a channel points to: the struct is the receiver's, but the object that it is about
// is one that others know, too.
func (f *function) beyondReceived(v ssa.Value, p *domain.Path) bool {
	if _, ok := v.Type().Underlying().(*types.Pointer); !ok || p.Root.Kind != domain.Local || len(p.Sel()) == 0 {
		return false
	}
	made := f.made[p.Root.Name]
	if made == nil || setHere(made, p.Sel()[0]) {
		return false
	}
	if ex, ok := made.(*ssa.Extract); ok {
		made = ex.Tuple.(ssa.Value)
	}
	switch made := made.(type) {
	case *ssa.UnOp:
		return made.Op == token.ARROW
	case *ssa.Select:
		return true
	}
	return false
}

// lookedUp returns the paths of v, which look has found.
func (f *function) lookedUp(v ssa.Value, look *ssa.Lookup) []domain.Path {
	if f.takenOut(v, look) {
		return one(f.local(v))
	}
	return f.looked(v, look.X, f.element(look.Index))
}

// looked returns the paths of v, an element of the map m.
func (f *function) looked(v, m ssa.Value, sel domain.Sym) []domain.Path {
	return f.shared(v, f.elementPaths(m, extend(f.paths(m), sel)))
}

// shared replaces parts of results by the memory that they share with others, if v leads to any.
func (f *function) shared(v ssa.Value, paths []domain.Path) []domain.Path {
	if !isReference(v.Type()) {
		return paths
	}
	var out []domain.Path
	for i := range paths {
		of, _ := f.sharedPart(&paths[i], 0)
		switch {
		case len(of) > 0:
		case f.beyondReceived(v, &paths[i]):
			of = one(f.unknown(v))
		default:
			of = paths[i : i+1]
		}
		for _, p := range of {
			out = addPath(out, p)
		}
	}
	return out
}

func samePaths(a, b []domain.Path) bool { return len(a) == 1 && len(b) == 1 && a[0] == b[0] }

// variable returns what the variable x holds: what is stored to it, if every store is in sight, else the variable itself.
func (f *function) variable(x *ssa.Alloc) []domain.Path {
	st := f.stores(x)
	if !isReference(deref(x.Type())) {
		if len(st.vals) == 1 && !st.open && len(st.fields) == 0 {
			if out := f.paths(st.vals[0]); len(out) > 0 {
				return out // a copy, whose maps and pointers are the original's
			}
		}
		return f.paths(x)
	}
	if n := len(st.vals) + len(st.inner); (!st.open || !st.lost) && n > 0 && n <= 3 {
		out, ok := f.setInside(x, st.inner, f.union(st.vals))
		made := st.put && !slices.ContainsFunc(out, func(p domain.Path) bool { return p.Root.Kind != domain.Local }) // whoever has the variable's address has it, too
		if ok && len(out) > 0 && !made {
			return out
		}
	}
	return f.paths(x)
}

func (f *function) extracted(v *ssa.Extract) []domain.Path {
	switch t := v.Tuple.(type) {
	case *ssa.Lookup:
		if v.Index == 0 {
			return f.lookedUp(v, t)
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return f.asserted(t)
		}
	case *ssa.UnOp:
		if v.Index == 0 {
			return f.receivedFrom(t.X, v)
		}
	case *ssa.Next:
		if r, ok := t.Iter.(*ssa.Range); ok && v.Index == 2 {
			return f.looked(v, r.X, domain.Elem)
		}
	case *ssa.Select:
		if v.Index >= 2 {
			return f.receivedFrom(receivesAt(t, v.Index-2), v)
		}
	case *ssa.Call:
		if key := f.endedBy(t); key != nil {
			return key
		}
		return f.resultPaths(t, v.Index)
	}
	return nil
}

// local returns the root that stands for what v makes.
func (f *function) local(v ssa.Value) domain.Root {
	name, ok := f.names[v]
	if !ok {
		name = domain.Intern(fmt.Sprintf("%s#%d", f.name, f.order.of(f.fn, v)))
		f.names[v] = name
		f.made[name] = v
	}
	root := domain.Root{Kind: domain.Local, Name: name}
	if call, _ := resultOf(v); call == nil || !isStruct(v.Type()) { // of a value there are copies: that others have one of its type says nothing
		root.Type = typeSym(v.Type())
	}
	return root
}

// madeName returns the name that what v makes has in the function around it.
func (u *unit) madeName(v ssa.Value) domain.Sym {
	var order ordinals
	return domain.Intern(fmt.Sprintf("%s#%d", u.name(v.Parent()), order.of(v.Parent(), v)))
}

// unknown is the root of a value that came from code we did not see.
func (f *function) unknown(v ssa.Value) domain.Root {
	r := f.local(v)
	r.Kind = domain.Unknown
	return r
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

// typeSym names the type of the object behind t, 0 if it has no name.
func typeSym(t types.Type) domain.Sym {
	for {
		switch u := types.Unalias(t).(type) {
		case *types.Pointer:
			t = u.Elem()
			continue
		case *types.Named:
			obj := u.Origin().Obj()
			if obj.Pkg() == nil {
				return 0
			}
			return domain.InternMember(obj.Pkg().Path(), obj.Name())
		}
		return 0
	}
}

// fieldSym returns the selector of field i of the struct type t or *t.
func fieldSym(t types.Type, i int) domain.Sym {
	st, ok := deref(t).Underlying().(*types.Struct)
	if !ok {
		return domain.Elem // a type parameter's core type
	}
	owner := ""
	if s := typeSym(t); s != 0 {
		owner = s.String()
	}
	if _, inline := st.Field(i).Type().Underlying().(*types.Struct); inline {
		return domain.InlineSym(owner, st.Field(i).Name())
	}
	return domain.FieldSym(owner, st.Field(i).Name())
}

// isFunc reports whether t is the type of a function; what has no type, in syntax, is none.
func isFunc(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// IsMap reports whether t is the type of a map; what has no type, in syntax, is none.
func IsMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// isReference reports whether a copy of a value of type t shares memory with it.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Pointer, *types.Slice, *types.Chan, *types.Interface, *types.Signature:
		return true
	}
	return false
}

// FieldSym names the field at addr.
func FieldSym(addr *ssa.FieldAddr) domain.Sym { return fieldSym(addr.X.Type(), addr.Field) }
