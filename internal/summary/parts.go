package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// What a function makes may share memory with others: a struct that is a copy, that a constructor has put its arguments into or that carries a map out, a
// slice filled with the objects of a table. returns tells of the parts of a result that do, and sharedPart finds them again where the result is
// used.

// maxParts bounds the parts of one result.
const maxParts = 8

// maxSharing bounds the parts of parts.
const maxSharing = 6

// partsOf returns the parts of v, result i, that are memory of others.
func (f *function) partsOf(i int, v ssa.Value) []domain.Part {
	root := domain.Of(domain.Root{Kind: domain.Result, Index: int16(i), Type: typeSym(v.Type())})
	if made := f.madeStruct(v, maxTaken); made != nil {
		return f.partsOfMade(made, root, maxTaken)
	}
	if isStruct(v.Type()) && reachesMap(v.Type()) {
		return f.part(nil, root, v, nil)
	}
	var out []domain.Part
	for _, e := range f.elements(v) {
		if out = f.part(out, root.Append(domain.Elem), e, nil); len(out) > 1 {
			out[0].Of = domain.UnionPaths(out[0].Of, out[1].Of)
			out = out[:1]
		}
	}
	return out
}

// madeStruct returns the struct made here, a local variable or what a constructor has returned, that v is the value or the address of, behind at
// most depth copies.
func (f *function) madeStruct(v ssa.Value, depth int) ssa.Value {
	if depth == 0 || !isStruct(deref(v.Type())) {
		return nil
	}
	alloc, isAddr := v.(*ssa.Alloc)
	switch v := v.(type) {
	case *ssa.UnOp:
		alloc, _ = v.X.(*ssa.Alloc)
	case *ssa.Call, *ssa.Extract:
		if paths := f.paths(v); len(paths) == 1 && paths[0].Root.Kind == domain.Local && len(paths[0].Sel()) == 0 {
			return v
		}
	}
	if alloc == nil {
		return nil
	}
	st := f.stores(alloc)
	if !isStruct(deref(alloc.Type())) {
		vals := slices.DeleteFunc(slices.Clone(st.vals), isNil)
		if isAddr || st.open || len(vals) != 1 {
			return nil
		}
		return f.madeStruct(vals[0], depth-1)
	}
	if len(st.vals) == 1 && len(st.fields) == 0 {
		if inner := f.madeStruct(st.vals[0], depth-1); inner != nil {
			return inner
		}
	}
	return alloc
}

func (f *function) partsOfMade(made ssa.Value, root domain.Path, depth int) []domain.Part {
	var st *storeInfo
	if alloc, ok := made.(*ssa.Alloc); ok {
		st = f.stores(alloc)
	} else {
		st = newStoreInfo(nil, made)
	}
	out := f.partsOfResult(made, root, st)
	if len(st.vals) == 1 && reachesMap(st.vals[0].Type()) {
		var except []domain.Sym
		for s := range st.fields {
			except = domain.InsertSym(except, s)
		}
		if inner := f.madeStruct(st.vals[0], depth-1); inner != nil {
			for _, t := range f.partsOfMade(inner, root, depth-1) {
				if sel := t.Path.Sel(); len(sel) > 0 && !st.fields[sel[0]] {
					out = append(out, t)
				}
			}
		} else {
			out = f.part(out, root, st.vals[0], except)
		}
	}
	for s, vals := range st.values {
		if len(vals) == 1 && reachesMap(vals[0].Type()) {
			out = f.part(out, root.Append(s), vals[0], nil)
		}
	}
	slices.SortFunc(out, func(a, b domain.Part) int { return a.Path.Compare(&b.Path) })
	return out[:min(len(out), maxParts)]
}

func (f *function) part(out []domain.Part, at domain.Path, v ssa.Value, except []domain.Sym) []domain.Part {
	var of []domain.Path
	for _, p := range f.paths(v) {
		if p.Root.Kind != domain.Local && p.Root.Kind != domain.Unknown {
			of = domain.InsertPath(of, p)
		}
	}
	if len(of) == 0 {
		return out
	}
	return append(out, domain.Part{Path: at, Of: of, Except: except, Under: f.takenUnder(v)})
}

// carries merges the parts of one return statement into those of the result, and notes that the callers get them.
func (f *function) carries(info *domain.ResultInfo, i int, ret *ssa.Return, v ssa.Value, st *state, out *collector) {
	for _, t := range f.partsOf(i, v) {
		t.Under = notAlong(&t, lost(t.Under, st.locks), v.Type())
		f.mergePart(info, t)
		if out == nil || len(t.Under) == 0 {
			continue
		}
		for _, p := range mapsIn(&t, v.Type()) {
			out.access(st, ret.Pos(), t.Shares(&p), domain.Access{Kind: domain.Out, Under: t.Under})
		}
	}
}

// mapsIn returns the maps in the part t of a value of type typ.
func mapsIn(t *domain.Part, typ types.Type) (out []domain.Path) {
	for _, sel := range mapFields(typ, t.Path.Sel()) {
		p := t.Path
		for _, s := range sel {
			p = p.Append(s)
		}
		out = append(out, p)
	}
	return out
}

// notAlong returns the locks that the part t of a value of type typ does not bring along: a copy has a lock that is behind a pointer as the original has it.
func notAlong(t *domain.Part, under []domain.Path, typ types.Type) []domain.Path {
	typ = deref(typ)
	for _, s := range t.Path.Sel() {
		if typ = fieldType(typ, s); typ == nil {
			return under
		}
	}
	along := func(lock domain.Path) bool {
		n := len(lock.Sel()) - 1
		if n < 0 {
			return false
		}
		owner, rest := lock.Cut(n)
		if !domain.HasPath(t.Of, owner) || domain.HasSym(t.Except, rest[0]) {
			return false
		}
		switch field := fieldType(typ, rest[0]); {
		case field == nil:
			return false
		case types.IsInterface(field):
			return true
		default:
			_, ptr := field.Underlying().(*types.Pointer)
			return ptr
		}
	}
	return slices.DeleteFunc(under, along)
}

func (f *function) mergePart(info *domain.ResultInfo, t domain.Part) {
	for i := range info.Parts {
		if old := &info.Parts[i]; old.Path == t.Path {
			old.Of = domain.UnionPaths(old.Of, t.Of)
			old.Under = domain.MeetPaths(old.Under, t.Under)
			return
		}
	}
	info.Parts = append(info.Parts, t)
}

// sharedPart returns the memory that p shares with others if it is a part of a struct that was made here, or of what a call returned, and the locks under
// which it was taken; depth bounds the variables that those are looked for in.
//
// In a loop the argument of a call may be what the last turn's call returned, whose parts are parts of its argument: what is in progress adds nothing.
func (f *function) sharedPart(p *domain.Path, depth int) (of, under []domain.Path) {
	if p.Root.Kind != domain.Local && p.Root.Kind != domain.Unknown || len(p.Sel()) == 0 || f.sharing[*p] || len(f.sharing) >= maxSharing {
		return nil, nil
	}
	f.sharing[*p] = true
	defer delete(f.sharing, *p)
	v := f.made[p.Root.Name]
	if alloc, ok := v.(*ssa.Alloc); ok {
		return f.storedPart(alloc, p, depth)
	}
	call, i := resultOf(v)
	if call == nil {
		return nil, nil
	}
	if got := f.changed(p); got != nil {
		return f.putIn(got, p)
	}
	f.eachPart(call, i, func(t target, part *domain.Part) {
		shared := part.Shares(p)
		if len(shared) == 0 {
			return
		}
		e := f.env(t, call)
		for j := range shared {
			for _, q := range e.content(&shared[j]) {
				of = addPath(of, q)
			}
		}
		under = domain.UnionPaths(f.takenAt(call), e.set(part.Under))
	})
	return of, under
}

// storedPart is sharedPart for a local struct: a field that was set once is what it was set to, and one that was never set is that of the struct
// of which this is a copy.
func (f *function) storedPart(alloc *ssa.Alloc, p *domain.Path, depth int) (of, under []domain.Path) {
	if !isStruct(deref(alloc.Type())) {
		return nil, nil
	}
	st, rest := f.stores(alloc), p.Sel()
	from := st.values[rest[0]]
	switch {
	case len(from) == 1 && isReference(from[0].Type()), len(from) == 1 && len(rest) > 1 && isStruct(from[0].Type()) && !st.below[rest[0]]:
		rest = rest[1:]
	case len(from) == 0 && !st.fields[rest[0]] && len(st.vals) == 1:
		from = st.vals
	default:
		return nil, nil
	}
	for _, q := range f.paths(from[0]) {
		q = q.Along(rest)
		if q.Root.Kind != domain.Local {
			of = addPath(of, q)
			continue
		}
		inner, lost := f.sharedPart(&q, depth-1)
		for _, r := range inner {
			of = addPath(of, r)
		}
		under = domain.UnionPaths(under, lost)
	}
	if len(rest) <= 1 {
		under = domain.UnionPaths(under, f.takenFrom(from[0], depth-1))
	}
	return of, under
}

// setHere reports whether the field s of the struct that v points to is set in the function that got it.
func setHere(v ssa.Value, s domain.Sym) bool {
	for _, ref := range *v.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok || fieldSym(addr.X.Type(), addr.Field) != s {
			continue
		}
		for _, use := range *addr.Referrers() {
			if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(addr) {
				return true
			}
		}
	}
	return false
}

func isNil(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.IsNil()
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// maxReach bounds the pointers, slices and structs on the way to a map: that of a table which the server of a connection has is three pointers away.
const maxReach = 6

// reachesMap reports whether a copy of a value of type t leads to a map that the value leads to.
func reachesMap(t types.Type) bool { return reachesMapIn(t, maxReach) }

func reachesMapIn(t types.Type, depth int) bool {
	if depth == 0 {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Map:
		return true
	case *types.Pointer:
		return reachesMapIn(u.Elem(), depth-1)
	case *types.Slice:
		return reachesMapIn(u.Elem(), depth-1)
	case *types.Array:
		return reachesMapIn(u.Elem(), depth-1)
	case *types.Struct:
		for field := range u.Fields() {
			if reachesMapIn(field.Type(), depth-1) {
				return true
			}
		}
	}
	return false
}

// mapFields returns the selections, below those at, of the maps that are part of a value of type t, or of what it points to. Of structs in structs
// two levels are looked at.
func mapFields(t types.Type, at []domain.Sym) [][]domain.Sym {
	t = deref(t)
	for _, s := range at {
		if t = fieldType(t, s); t == nil {
			return nil
		}
	}
	return appendMapFields(nil, nil, t, 2)
}

// mapFieldsOf is mapFields of a whole struct, none for other types.
func (u *unit) mapFieldsOf(t types.Type) [][]domain.Sym {
	if !isStruct(t) {
		return nil
	}
	if got, ok := u.mapsIn.Load(t); ok {
		return got.([][]domain.Sym)
	}
	got := mapFields(t, nil)
	u.mapsIn.Store(t, got)
	return got
}

func appendMapFields(out [][]domain.Sym, at []domain.Sym, t types.Type, depth int) [][]domain.Sym {
	if IsMap(t) {
		return append(out, at)
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return out
	}
	for i := range st.NumFields() {
		out = appendMapFields(out, append(slices.Clip(at), fieldSym(t, i)), st.Field(i).Type(), depth-1)
	}
	return out
}

func fieldType(t types.Type, s domain.Sym) types.Type {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for i := range st.NumFields() {
		if fieldSym(t, i) == s {
			return st.Field(i).Type()
		}
	}
	return nil
}
