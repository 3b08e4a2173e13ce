package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// owned reports whether p lies in memory of this function that nobody else can reach yet.
func (st *state) owned(p *domain.Path) bool {
	if p.Root.Kind != domain.Local || domain.HasSym(st.pub, p.Root.Name) {
		return false
	}
	if len(st.parts) == 0 {
		return true
	}
	q := p.SomeElement()
	return !slices.ContainsFunc(st.parts, func(part domain.Path) bool { return part.LeadsTo(&q) })
}

// withoutRoot returns the sorted set without what hangs on the local memory of that name.
func withoutRoot(set []domain.Path, name domain.Sym) []domain.Path {
	of := func(p domain.Path) bool { return p.Root.Name == name }
	if !slices.ContainsFunc(set, of) {
		return set
	}
	return slices.DeleteFunc(slices.Clone(set), of)
}

// publishInto handles the store of val into memory at the paths: if others can reach that, they now reach val.
func (f *function) publishInto(st *state, to []domain.Path, val ssa.Value) {
	structure := isStruct(val.Type())
	if !structure && !isReference(val.Type()) {
		return
	}
	defer func() { f.intoParam, f.intoArg = false, false }()
	for i := range to {
		if st.owned(&to[i]) {
			continue
		}
		f.intoParam = to[i].Root.Kind == domain.Param
		f.intoArg = f.intoParam && !f.isCommon(to[i])
		paths := f.paths(val)
		if structure {
			f.publishCopied(st, paths)
			continue
		}
		if others := outside(paths, to[i].Root); len(others) < len(paths) {
			f.publishPaths(st, others)
			continue
		}
		f.publish(st, val)
	}
}

// publishNow is publishInto for what a callee does that ends the making of val, such as a store to an atomic pointer.
func (f *function) publishNow(st *state, to []domain.Path, val ssa.Value) {
	f.publishInto(st, to, val)
	if slices.ContainsFunc(to, f.isCommon) {
		st.exposeFresh(f.paths(val))
	}
}

// publishCopied publishes what is in a struct, which itself was copied.
func (f *function) publishCopied(st *state, paths []domain.Path) {
	for i := range paths {
		switch paths[i].Root.Kind {
		case domain.Local:
			if name := paths[i].Root.Name; f.starting && !isVariable(f.made[name]) {
				f.publishLocal(st, name) // what a call returned: there is nothing of it but what is in it
			} else {
				f.publishContents(st, name)
			}
		case domain.Param, domain.FreeVar:
			f.publishGiven(&paths[i])
		}
	}
}

func isVariable(v ssa.Value) bool {
	_, ok := v.(*ssa.Alloc)
	return ok
}

// outside returns the paths that are no part of what hangs on root: who has that can reach its parts already.
func outside(paths []domain.Path, root domain.Root) []domain.Path {
	return slices.DeleteFunc(slices.Clone(paths), func(p domain.Path) bool { return p.Root == root && len(p.Sel()) > 0 })
}

// publish notes that others can reach what v denotes, and all that was put into it.
func (f *function) publish(st *state, v ssa.Value) {
	if isPlain(v.Type()) {
		return
	}
	if isStruct(v.Type()) {
		f.publishCopied(st, f.paths(v))
		return
	}
	if alloc, ok := v.(*ssa.Alloc); ok && alloc.Parent() == f.fn {
		f.publishPaths(st, f.variable(alloc))
	}
	f.publishPaths(st, f.paths(v))
	f.publishCaptured(st, v)
}

// isPlain reports whether t is a slice of numbers or texts. Who gets one that hangs on an object has not got the object.
func isPlain(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	_, ok = s.Elem().Underlying().(*types.Basic)
	return ok
}

// publishCaptured publishes what the function that v is, or that the variable v holds, has captured.
func (f *function) publishCaptured(st *state, v ssa.Value) {
	if v == nil {
		return
	}
	if !isFunc(deref(v.Type())) {
		return
	}
	for _, fv := range f.funcVals(v) {
		f.publishFunc(st, fv)
	}
}

func (f *function) publishFunc(st *state, fv funcVal) {
	if fv.site == nil || fv.site.Parent() != f.fn {
		return
	}
	name := f.local(fv.site).Name
	if domain.HasSym(st.pub, name) && (f.starting || domain.HasSym(st.let, name)) {
		return // a function that captures itself
	}
	st.pub = domain.InsertSym(st.pub, name)
	if !f.starting {
		st.let = domain.InsertSym(st.let, name)
	}
	for i, b := range fv.free {
		f.publishTo(f.hearer(fv, i), func() { f.publish(st, b) })
	}
}

func (f *function) publishPaths(st *state, paths []domain.Path) {
	for i := range paths {
		p := &paths[i]
		switch {
		case p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar:
			f.publishGiven(p)
		case p.Root.Kind != domain.Local:
		case len(p.Sel()) > 0:
			f.publishPart(st, p.SomeElement())
		default:
			f.publishLocal(st, p.Root.Name)
		}
	}
}

// maxPublished bounds the parts of parameters that callers are told of one by one: of more, the field that they hang on is taken, and of four times as many the whole parameter.
const maxPublished = 8

// publishGiven notes that others can reach a parameter or captured variable, or a part of it. Of what is put into another parameter only callers can tell whether others
// reach it, see Summary.Puts.
func (f *function) publishGiven(p *domain.Path) {
	if f.intoParam && f.isPut(p) {
		return
	}
	q := p.SomeElement()
	if n := len(q.Sel()); len(f.published) >= 4*maxPublished {
		q = domain.Of(q.Root)
	} else if len(f.published) >= maxPublished && n > 1 {
		q, _ = q.Cut(1)
	}
	known := f.givenAway
	if f.starting {
		known = f.published
	}
	if slices.ContainsFunc(known, func(k domain.Path) bool { return k.LeadsTo(&q) }) {
		return
	}
	f.published = domain.InsertPath(f.published, q)
	switch {
	case f.starting:
	case f.hearing == 0:
		f.givenAway = domain.InsertPath(f.givenAway, q)
	default:
		f.heard = domain.InsertHeard(f.heard, domain.Heard{Path: q, By: f.hearing})
	}
}

// publishPart notes that others can reach a part of local memory. Who has a part has not got the whole, as the goroutine that gets a channel of what its maker is
// making.
func (f *function) publishPart(st *state, p domain.Path) {
	name := p.Root.Name
	f.elsewhere[name] = true
	if f.starting {
		f.publishPlaced(p)
	} else {
		f.giveAway(name)
		f.letPart(st, name)
	}
	if domain.HasSym(st.pub, name) || domain.HasPath(st.parts, p) {
		return
	}
	st.parts = domain.InsertPath(st.parts, p)
	f.scanStores()
	for _, at := range f.heldIn[name] {
		q := at.SomeElement()
		switch {
		case p.LeadsTo(&q):
			f.publishPaths(st, f.held[at])
			f.publishFuncs(st, f.funcsAt[at])
		case q.LeadsTo(&p):
			_, rest := p.Cut(len(q.Sel()))
			for _, v := range f.held[at] {
				v = v.Along(rest)
				f.publishPaths(st, []domain.Path{v})
			}
		}
	}
}

func (f *function) publishLocal(st *state, name domain.Sym) {
	if !f.intoArg {
		f.elsewhere[name] = true
	}
	if f.starting {
		f.publishPlaced(domain.Of(domain.Root{Kind: domain.Local, Name: name}))
	} else {
		f.giveAway(name)
	}
	if f.builds() && len(st.running) == 0 {
		return
	}
	if !f.starting {
		f.letGo(st, name)
	}
	if domain.HasSym(st.pub, name) {
		return
	}
	st.pub = domain.InsertSym(st.pub, name)
	f.publishContents(st, name)
	if f.starting {
		f.shareParts(st, name)
	}
}

// shareParts notes that a goroutine has the memory of that name by all names that it has as a part of other local memory: of a struct that was copied it is not the struct
// that is shared.
func (f *function) shareParts(st *state, name domain.Sym) {
	for _, at := range f.placesOf(domain.Of(domain.Root{Kind: domain.Local, Name: name})) {
		if at.Root.Kind == domain.Local && len(at.Sel()) > 0 && !domain.HasSym(st.pub, at.Root.Name) {
			st.parts = domain.InsertPath(st.parts, at)
		}
	}
}

// publishPlaced tells callers that a goroutine which is started here has p, which was made here and is a part of what is theirs. Who else has it, such as a list of
// callbacks, may be their own.
func (f *function) publishPlaced(p domain.Path) {
	if domain.HasPath(f.started, p) {
		return
	}
	f.started = domain.InsertPath(f.started, p)
	for _, at := range f.placesOf(p) {
		if at.Root.Kind == domain.Param {
			f.publishGiven(&at)
		}
	}
}

// placesOf returns the names of p, which was made here, by what it is a part of.
func (f *function) placesOf(p domain.Path) []domain.Path {
	f.scanStores()
	return f.putAs([]domain.Path{p}, p, nil, maxPut)
}

// shares tells callers whether others can reach the memory at p, which f has made and returns, or which parts of it goroutines have that were started here.
func (f *function) shares(st *state, p *domain.Path, result int) {
	root := domain.Root{Kind: domain.Result, Index: int16(result), Type: p.Root.Type}
	if !st.owned(p) {
		f.published = domain.InsertPath(f.published, domain.Of(root))
		if !st.kept(p) {
			f.givenAway = domain.InsertPath(f.givenAway, domain.Of(root))
		}
		return
	}
	n := 0
	for _, given := range f.started {
		if st.owned(&given) {
			continue
		}
		for _, at := range f.placesOf(given) {
			if at.Root.Kind == domain.Local && at.Root.Name == p.Root.Name && len(at.Sel()) > 0 && n < maxPublished {
				at.Root = root
				f.published = domain.InsertPath(f.published, at)
				n++
			}
		}
	}
}

func (f *function) publishFuncs(st *state, vals []funcVal) {
	for _, fv := range vals {
		f.publishFunc(st, fv)
	}
}

// builds reports whether f is what sets package variables before main, where nobody else is about until it starts a goroutine. Tables that are written down have tens of
// thousands of entries, of which each would be in the state of every instruction behind it.
func (f *function) builds() bool { return origin(f.fn) == nil && f.fn.Parent() == nil }

// publishContents publishes what was put into local memory, and what functions that were put there have captured.
func (f *function) publishContents(st *state, name domain.Sym) {
	for _, inner := range f.contents()[name] {
		f.publishLocal(st, inner)
	}
	f.publishHeld(st, name)
}

// publishHeld publishes what the function got and put into local memory, and what functions that it put there have captured.
func (f *function) publishHeld(st *state, name domain.Sym) {
	f.publishPaths(st, f.given[name])
	for _, at := range f.heldIn[name] {
		f.publishFuncs(st, f.funcsAt[at])
	}
}

// letGo notes in st what giveAway notes of the function: from here on more than its goroutines can reach the memory.
func (f *function) letGo(st *state, name domain.Sym) {
	heard := domain.HasSym(st.let, name)
	switch {
	case domain.HasSym(st.told, name):
		return
	case f.hearing == 0:
		st.told = domain.InsertSym(st.told, name)
	case heard && domain.HasSym(f.hearers[name], f.hearing):
		return
	default:
		f.hearers[name] = domain.InsertSym(f.hearers[name], f.hearing)
	}
	st.let = domain.InsertSym(st.let, name)
	for _, inner := range f.contents()[name] {
		f.letGo(st, inner)
	}
	if heard && f.hearing == 0 {
		f.publishHeld(st, name)
	}
}

// letPart notes in st that more than goroutines of f can reach a part of the memory.
func (f *function) letPart(st *state, name domain.Sym) {
	if domain.HasSym(st.let, name) {
		return
	}
	st.let = domain.InsertSym(st.let, name)
	for _, inner := range f.contents()[name] {
		f.letPart(st, inner)
	}
}

// kept reports whether the memory at p was made here, and nobody but goroutines started here can reach it yet.
func (st *state) kept(p *domain.Path) bool {
	return p.Root.Kind == domain.Local && !domain.HasSym(st.let, p.Root.Name)
}

// giveAway notes that more than the goroutines started here may come to have local memory, and what was put into it.
func (f *function) giveAway(name domain.Sym) {
	if f.out[name] {
		return
	}
	f.out[name] = true
	for _, inner := range f.contents()[name] {
		f.giveAway(inner)
	}
}

// handTo publishes what goroutines started here get.
func (f *function) handTo(st *state, vals ...ssa.Value) {
	f.starting = true
	defer func() { f.starting = false }()
	for _, v := range vals {
		f.publish(st, v)
	}
}
