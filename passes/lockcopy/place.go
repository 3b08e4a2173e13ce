package lockcopy

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
)

// place is memory in one function: a value that points to or holds an object, and the fields selected from it.
type place struct {
	root ssa.Value
	sel  []selected
}

// selected is one field.
type selected struct {
	sym   domain.Sym
	owner domain.Sym // the named type that declares it
	typ   types.Type // that type
}

// maxHops bounds the way back: a variable may be set to itself only, as by the return of a named result.
const maxHops = 32

// placeOf follows an address back through fields and loads to what it hangs on.
func placeOf(v ssa.Value) place { return placeWithin(v, maxHops) }

func placeWithin(v ssa.Value, hops int) place {
	if hops == 0 {
		return place{root: v}
	}
	switch v := v.(type) {
	case *ssa.FieldAddr:
		return placeWithin(v.X, hops-1).field(deref(v.X.Type()), v.Field)
	case *ssa.Field:
		return placeWithin(v.X, hops-1).field(v.X.Type(), v.Field)
	case *ssa.IndexAddr:
		p := placeWithin(v.X, hops-1)
		p.sel = append(p.sel[:len(p.sel):len(p.sel)], selected{sym: domain.Intern("[" + v.Index.Name() + "]")})
		return p
	case *ssa.UnOp:
		if v.Op == token.MUL {
			if a, ok := v.X.(*ssa.Alloc); ok {
				if only := onlyStore(a); only != nil {
					return placeWithin(only, hops-1)
				}
			}
			if fieldLoad(v.X) {
				return placeWithin(v.X, hops-1)
			}
			if isVariable(v.X) {
				return place{root: v.X} // two loads of one variable are one object
			}
		}
	case *ssa.ChangeType:
		return placeWithin(v.X, hops-1)
	case *ssa.Alloc:
		if only := onlyStore(v); only != nil && isPointer(only.Type()) {
			return placeWithin(only, hops-1)
		}
	}
	return place{root: v}
}

// fieldLoad reports whether an address is a field of something, whose content the place goes on from.
func fieldLoad(addr ssa.Value) bool {
	switch addr.(type) {
	case *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Global:
		return true
	}
	return false
}

// onlyStore returns the one value that a variable ever gets, nil if there is none, or more than one.
func onlyStore(a *ssa.Alloc) ssa.Value {
	var only ssa.Value
	for _, ref := range *a.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == a {
				if only != nil {
					return nil
				}
				only = ref.Val
			}
		case *ssa.FieldAddr, *ssa.IndexAddr:
			return nil // built field by field
		}
	}
	return only
}

func (p place) field(t types.Type, i int) place {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return place{}
	}
	owner := ownerName(t)
	s := selected{sym: domain.FieldSym(owner, st.Field(i).Name()), typ: t}
	if owner != "" {
		s.owner = domain.Intern(owner)
	}
	p.sel = append(p.sel[:len(p.sel):len(p.sel)], s)
	return p
}

// down returns the place of a part of the value of type t at p; an empty one for elements of arrays.
func (p place) down(t types.Type, m part) place {
	for _, f := range m.fields {
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return place{}
		}
		for i := range st.NumFields() {
			if st.Field(i) == f {
				p = p.field(t, i)
			}
		}
		t = f.Type()
	}
	return p
}

// text tells places of one function apart.
func (p place) text() string {
	var b strings.Builder
	if p.root != nil {
		fmt.Fprintf(&b, "%s@%d", p.root.Name(), p.root.Pos())
	}
	for _, s := range p.sel {
		b.WriteString("/" + s.sym.String())
	}
	return b.String()
}

// sources returns what v may be: v itself, or what flows into it where branches meet and through local variables.
func sources(v ssa.Value) []ssa.Value {
	var out []ssa.Value
	seen := map[ssa.Value]bool{}
	var add func(ssa.Value)
	add = func(v ssa.Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		switch v := v.(type) {
		case *ssa.Phi:
			for _, e := range v.Edges {
				add(e)
			}
			return
		case *ssa.ChangeType:
			add(v.X)
			return
		case *ssa.UnOp:
			if a, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
				if only := onlyStore(a); only != nil {
					add(only)
					return
				}
			}
		}
		out = append(out, v)
	}
	add(v)
	return out
}

// published reports whether an object that its function makes can be seen by others later on: it is stored, returned, sent or captured. Whoever gets it
// for the time of a call is taken not to keep it, and what a call returns is taken to be made by it. Any other object is published.
func published(root ssa.Value) bool {
	switch root := root.(type) {
	case *ssa.Alloc:
		if isVariable(root) {
			return true
		}
	case *ssa.Call:
	case *ssa.Extract:
		if _, made := root.Tuple.(*ssa.Call); !made {
			return true // v, ok := m[k]
		}
	default:
		return root != nil
	}
	seen := map[ssa.Value]bool{}
	var escapes func(ssa.Value) bool
	escapes = func(v ssa.Value) bool {
		if seen[v] || v.Referrers() == nil {
			return false
		}
		seen[v] = true
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Return, *ssa.Send, *ssa.MakeClosure, *ssa.MapUpdate, *ssa.Go:
				return true
			case *ssa.Store:
				if ref.Val == v && !isVararg(ref.Addr) && (!isAlloc(ref.Addr) || escapes(ref.Addr)) {
					return true
				}
			case *ssa.Phi, *ssa.ChangeType, *ssa.MakeInterface:
				if escapes(ref.(ssa.Value)) {
					return true
				}
			case *ssa.UnOp:
				if ref.Op == token.MUL && escapes(ref) {
					return true
				}
			case *ssa.FieldAddr:
				if holdsAddress(ref) && escapes(ref) {
					return true
				}
			}
		}
		return false
	}
	return escapes(root)
}

// copied reports whether an object starts as a copy of another one, which is reported as such.
func copied(root ssa.Value) bool {
	a, ok := root.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *a.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Addr == a {
			if load, ok := st.Val.(*ssa.UnOp); ok && load.Op == token.MUL && !isAlloc(load.X) {
				return true
			}
		}
	}
	return false
}

// holdsAddress reports whether the address of the field itself is what is used, as in &x.part: a load of the field is not the object.
func holdsAddress(f *ssa.FieldAddr) bool {
	for _, ref := range *f.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Return, *ssa.Send, *ssa.MakeClosure, *ssa.MakeInterface:
			return true
		case *ssa.Store:
			if ref.Val == f {
				return true
			}
		}
	}
	return false
}

// isVariable reports whether addr is a local or captured variable that holds a pointer to an object.
func isVariable(addr ssa.Value) bool {
	switch addr.(type) {
	case *ssa.Alloc, *ssa.FreeVar:
		return isPointer(addr.Type()) && isPointer(deref(addr.Type()))
	}
	return false
}

// isObject reports whether v is an object that its function makes.
func isObject(v ssa.Value) bool { return isAlloc(v) && !isVariable(v) }

// isVararg reports whether addr is an element of the list that the arguments of a variadic call are put into. What append gets so, it keeps.
func isVararg(addr ssa.Value) bool {
	x, ok := addr.(*ssa.IndexAddr)
	if !ok {
		return false
	}
	list, ok := x.X.(*ssa.Alloc)
	if !ok || list.Comment != "varargs" {
		return false
	}
	for _, ref := range *list.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			if call, ok := use.(*ssa.Call); ok {
				if _, builtin := call.Call.Value.(*ssa.Builtin); builtin {
					return false
				}
			}
		}
	}
	return true
}

func isAlloc(v ssa.Value) bool {
	_, ok := v.(*ssa.Alloc)
	return ok
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

func isNil(v ssa.Value) bool {
	k, ok := v.(*ssa.Const)
	return ok && k.IsNil()
}

// target returns the function of this package that a call surely calls, in its generic form.
func target(call *ssa.Call) *ssa.Function {
	fn := call.Call.StaticCallee()
	if fn != nil && fn.Origin() != nil {
		return fn.Origin()
	}
	return fn
}

// follows reports whether b may run before a in one run of their function.
func follows(a, b ssa.Instruction) bool {
	if a.Block() == b.Block() && slices.Index(a.Block().Instrs, a) > slices.Index(a.Block().Instrs, b) {
		return true
	}
	return flow.Reaches(b.Block(), a.Block())
}

// exclusive reports whether no run of the function executes both instructions: they stand in two branches.
func exclusive(a, b ssa.Instruction) bool {
	return a.Block() != b.Block() && !flow.Reaches(a.Block(), b.Block()) && !flow.Reaches(b.Block(), a.Block())
}
