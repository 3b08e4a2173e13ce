package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// A route is how an object is reached: as an element of the slice or map in a field. It is named by the field.

// formal is a parameter or captured variable of a function.
type formal struct {
	fn    *ssa.Function
	kind  domain.RootKind
	index int16
}

// routes says which functions of the package get objects that are reached by a route.
type routes struct {
	given  map[domain.Sym]map[formal]bool
	handed map[formal]map[formal]bool // what a formal stands for is passed on as another
	out    map[domain.Sym]bool        // what is reached by the route is stored elsewhere, sent, or given to a function of the caller's
}

// passOn notes what t gets from f. What tests pass on does not count: they look into what nobody else has.
func (f *function) passOn(t target) {
	if f.inTest {
		return
	}
	for i, v := range t.args {
		f.passOne(v, formal{t.fn, domain.Param, int16(i)})
	}
	for i, v := range t.free {
		f.passOne(v, formal{t.fn, domain.FreeVar, int16(i)})
	}
}

func (f *function) passOne(v ssa.Value, to formal) {
	a := f.arg(v)
	for i := range a.paths {
		p := &a.paths[i]
		if r := p.Route(); r != 0 {
			insert(f.u.routes.given, r, to)
		}
		if r := holds(v.Type(), p); r != 0 {
			insert(f.u.routes.given, r, to) // all of them at once
		}
		if n := len(p.Sel()); n > 1 || n == 1 && p.Sel()[0].IsField() {
			continue
		}
		switch p.Root.Kind {
		case domain.Param, domain.FreeVar:
			insert(f.u.routes.handed, formal{f.fn, p.Root.Kind, p.Root.Index}, to)
		case domain.Local:
			for _, r := range f.routesTo(p.Root.Name) {
				insert(f.u.routes.given, r, to)
			}
		}
	}
}

// leaves notes, while accesses are collected, that v, if it is reached by a route, gets somewhere where it is not followed to.
func (f *function) leaves(out *collector, v ssa.Value) {
	if out == nil || f.inTest {
		return
	}
	paths := f.paths(v)
	for i := range paths {
		if r := paths[i].Route(); r != 0 {
			f.u.routes.out[r] = true
		}
	}
}

// putAt notes that v is stored at the paths, and what it holds in it: in another place than where it was found, if others can reach that.
func (f *function) putAt(out *collector, to []domain.Path, v ssa.Value) {
	if out != nil {
		f.putWithin(out, to, v, maxSharing)
	}
}

// putWithin is putAt for at most depth slices within each other: one may be an element of itself.
func (f *function) putWithin(out *collector, to []domain.Path, v ssa.Value, depth int) {
	if depth == 0 || !isReference(v.Type()) {
		return
	}
	for _, e := range f.elements(v) {
		f.putWithin(out, extend(to, domain.Elem), e, depth-1)
	}
	for i := range to {
		if to[i].Root.Kind != domain.Local && !slices.ContainsFunc(f.paths(v), func(p domain.Path) bool { return p.Route() == to[i].Route() }) {
			f.leaves(out, v)
			return
		}
	}
}

// holds returns the field at p, if a value of type t is a slice or map.
func holds(t types.Type, p *domain.Path) domain.Sym {
	sel := p.Sel()
	if len(sel) == 0 || !sel[len(sel)-1].IsField() {
		return 0
	}
	switch deref(t).Underlying().(type) {
	case *types.Slice, *types.Map:
		return sel[len(sel)-1]
	}
	return 0
}

func insert[K comparable](sets map[K]map[formal]bool, k K, to formal) {
	if sets[k] == nil {
		sets[k] = map[formal]bool{}
	}
	sets[k][to] = true
}

// routesTo returns the routes by which memory made here is reached, once it is put there: itself, or in a slice that is appended.
func (f *function) routesTo(name domain.Sym) (out []domain.Sym) {
	f.scanStores()
	for _, p := range f.alias[name] {
		if r := p.Route(); r != 0 {
			out = append(out, r)
		}
	}
	for _, outer := range f.containers()[name] {
		for _, p := range f.alias[outer] {
			p = p.Append(domain.Elem)
			if r := p.Route(); r != 0 {
				out = append(out, r)
			}
		}
	}
	return out
}

// containers returns, for each piece of local memory, the local memory that others can reach and that it was put into.
func (f *function) containers() map[domain.Sym][]domain.Sym {
	if f.within == nil {
		f.within = map[domain.Sym][]domain.Sym{}
		for outer := range f.alias {
			for _, part := range f.contents()[outer] {
				f.within[part] = append(f.within[part], outer)
			}
		}
	}
	return f.within
}

// letOutBy returns the routes by which memory made here is reached, for what is let out.
func (f *function) letOutBy() map[domain.Sym][]domain.Sym {
	var out map[domain.Sym][]domain.Sym
	for name := range f.out {
		if rs := f.routesTo(name); len(rs) > 0 {
			if out == nil {
				out = map[domain.Sym][]domain.Sym{}
			}
			out[name] = rs
		}
	}
	return out
}

// Getters tells which roots of which functions may be objects reached by the route.
func (r *Result) Getters(route domain.Sym) func(f *Func, root *domain.Root) bool {
	got := map[formal]bool{}
	var visit func(set map[formal]bool)
	visit = func(set map[formal]bool) {
		for to := range set {
			if !got[to] {
				got[to] = true
				visit(r.u.routes.handed[to])
			}
		}
	}
	visit(r.u.routes.given[route])
	return func(f *Func, root *domain.Root) bool { return got[formal{f.SSA, root.Kind, root.Index}] }
}

// LetsOut reports whether objects reached by the route are known elsewhere, too: other packages get them as a result of an exported function, or they are put
// where they are not followed to.
func (r *Result) LetsOut(route domain.Sym) bool {
	if r.u.routes.out[route] {
		return true
	}
	for _, f := range r.Funcs {
		if f.Entry != Exported {
			continue
		}
		for _, res := range f.Summary.Results {
			for i := range res.Paths {
				if res.Paths[i].Route() == route {
					return true
				}
			}
		}
	}
	return false
}
