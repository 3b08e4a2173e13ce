package lockcopy

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
)

// part is a lock or a map that a value holds: the fields that lead to it, and its type.
type part struct {
	fields []*types.Var
	loc    domain.Path // the same fields as the summaries name them
	within types.Type  // the struct that declares the last field; nil if the value is the lock itself
	typ    types.Type
	marker bool // a lock that only says not to copy: struct{} with a Lock method, or [0]sync.Mutex
}

// name is how source says it: "mu", "inner.mu", "Mutex" for an embedded one.
func (p *part) name() string {
	var names []string
	for _, f := range p.fields {
		names = append(names, f.Name())
	}
	return strings.Join(names, ".")
}

// holding is what a copy of a value of some type copies: its locks, and the maps that the copy then shares.
type holding struct {
	typ         types.Type
	locks, maps []part
	slices      bool // there is a slice in it, whose elements the copy shares, too
}

// alone reports whether a copy of a value whose locks were never used has all that they are for to itself: they are locks in the strict sense, and there
// is no map or slice. What lies behind pointers and interfaces is taken to have locks of its own.
func (h *holding) alone() bool {
	for i := range h.locks {
		if !h.locks[i].excludes() {
			return false
		}
	}
	return len(h.maps) == 0 && !h.slices
}

// holdings finds what types hold, each once.
type holdings struct {
	pass  *analysis.Pass
	known map[types.Type]*holding
	decls map[*types.Func]*ast.FuncDecl
}

func newHoldings(pass *analysis.Pass) *holdings {
	h := &holdings{pass: pass, known: map[types.Type]*holding{}, decls: map[*types.Func]*ast.FuncDecl{}}
	for _, file := range pass.Files {
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv != nil {
				if fn, ok := pass.TypesInfo.Defs[d.Name].(*types.Func); ok {
					h.decls[fn] = d
				}
			}
		}
	}
	return h
}

// of returns what t holds, nil if there is no lock in it.
func (h *holdings) of(t types.Type) *holding {
	if t == nil {
		return nil
	}
	got, ok := h.known[t]
	if !ok {
		got = &holding{typ: t}
		w := walk{h: h, out: got, seen: map[types.Type]bool{}}
		w.value(t, part{typ: t})
		h.known[t] = got
	}
	if len(got.locks) == 0 {
		return nil
	}
	return got
}

// maps returns the maps that lie in a value of t, if no lock does.
func (h *holdings) maps(t types.Type) []part {
	if h.of(t) != nil {
		return nil
	}
	return h.known[t].maps
}

// walk collects the parts of one type.
type walk struct {
	h    *holdings
	out  *holding
	seen map[types.Type]bool // types on the way down: an invalid type may hold itself
}

// value adds what memory of type t holds; at leads to it. Pointers, interfaces, slices and channels end the walk: a copy shares what is
// behind them, lock and all.
func (w *walk) value(t types.Type, at part) {
	if w.seen[t] {
		return
	}
	w.seen[t] = true
	defer delete(w.seen, t)
	at.typ = t
	if tp, ok := types.Unalias(t).(*types.TypeParam); ok {
		for _, term := range terms(tp) {
			w.value(term, at)
			if len(w.out.locks) > 0 {
				return
			}
		}
		return
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		w.out.maps = append(w.out.maps, at)
	case *types.Slice:
		w.out.slices = true
	case *types.Array:
		at.loc = at.loc.Append(domain.Elem)
		at.marker = u.Len() == 0
		w.value(u.Elem(), at)
	case *types.Struct:
		if w.h.isLock(t) {
			at.marker = at.marker || u.NumFields() == 0
			w.out.locks = append(w.out.locks, at)
			return
		}
		for i := range u.NumFields() {
			w.value(u.Field(i).Type(), at.field(t, u.Field(i)))
		}
	}
}

// field returns the part that the field f of a struct of type t, to which p leads, is.
func (p part) field(t types.Type, f *types.Var) part {
	p.fields = append(p.fields[:len(p.fields):len(p.fields)], f)
	p.loc = p.loc.Append(domain.FieldSym(ownerName(t), f.Name()))
	p.within = t
	return p
}

// ownerName is the full name of the named type of a struct, empty for an anonymous one.
func ownerName(t types.Type) string {
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return n.Obj().Pkg().Path() + "." + n.Obj().Name()
}

// terms returns the types that a type parameter's constraint lists.
func terms(tp *types.TypeParam) []types.Type {
	var out []types.Type
	seen := map[types.Type]bool{}
	var add func(types.Type)
	add = func(t types.Type) {
		if seen[t] {
			return
		}
		seen[t] = true
		switch u := t.(type) {
		case *types.Union:
			for term := range u.Terms() {
				add(term.Type())
			}
			return
		case *types.TypeParam:
			add(u.Constraint())
			return
		}
		if iface, ok := t.Underlying().(*types.Interface); ok {
			for e := range iface.EmbeddedTypes() {
				add(e)
			}
			return
		}
		out = append(out, t)
	}
	add(tp.Constraint())
	return out
}

// isLock reports whether a struct type is a lock, as opposed to something that holds one: a pointer to it can Lock and Unlock, a value can't,
// and it has no map of its own. The types of sync and sync/atomic that must not be copied count: what makes them so lies inside.
func (h *holdings) isLock(t types.Type) bool {
	if isSync(t) {
		return mustStay(t, map[types.Type]bool{})
	}
	if !isLocker(t) {
		return false
	}
	st := t.Underlying().(*types.Struct)
	for f := range st.Fields() {
		if _, ok := f.Type().Underlying().(*types.Map); ok {
			return false // it guards the map with what is inside
		}
	}
	return !h.accident(t, st)
}

func isSync(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && (n.Obj().Pkg().Path() == "sync" || n.Obj().Pkg().Path() == "sync/atomic")
}

// mustStay reports whether a Locker lies in t by value.
func mustStay(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Array:
		return mustStay(u.Elem(), seen)
	case *types.Struct:
		if isLocker(t) {
			return true
		}
		for f := range u.Fields() {
			if mustStay(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}

// isLocker reports whether *t is a sync.Locker and t is none.
func isLocker(t types.Type) bool {
	return types.Implements(types.NewPointer(t), locker) && !types.Implements(t, locker)
}

var locker = func() *types.Interface {
	niladic := types.NewSignatureType(nil, nil, nil, nil, nil, false)
	return types.NewInterfaceType([]*types.Func{
		types.NewFunc(0, nil, "Lock", niladic),
		types.NewFunc(0, nil, "Unlock", niladic),
	}, nil).Complete()
}()

// accident reports whether the Lock method of t excludes nobody, or excludes by something that a copy shares: it sets a field, as the Lock of a
// door does, or the struct has its lock behind a pointer. A struct with no field is a marker that says not to copy.
func (h *holdings) accident(t types.Type, st *types.Struct) bool {
	if st.NumFields() == 0 {
		return false
	}
	if !hasState(st, map[types.Type]bool{}) {
		return true
	}
	obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), false, nil, "Lock")
	fn, ok := obj.(*types.Func)
	if !ok {
		return false
	}
	decl := h.decls[fn.Origin()]
	return decl != nil && decl.Body != nil && setsOnly(decl.Body)
}

// hasState reports whether a value of the struct has memory that it doesn't share with its copies and that can hold a lock's state: a string
// can't.
func hasState(t types.Type, seen map[types.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString == 0
	case *types.Array:
		return hasState(u.Elem(), seen)
	case *types.Struct:
		if u.NumFields() == 0 {
			return isLocker(t)
		}
		for f := range u.Fields() {
			if hasState(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}

// setsOnly reports whether a body does nothing that could wait for anybody.
func setsOnly(body *ast.BlockStmt) bool {
	plain := true
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.SendStmt, *ast.SelectStmt, *ast.ForStmt, *ast.RangeStmt, *ast.GoStmt:
			plain = false
		case *ast.UnaryExpr:
			plain = plain && n.Op != token.ARROW
		}
		return plain
	})
	return plain
}
