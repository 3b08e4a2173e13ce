package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// captures is what a closure knows of the functions that it has captured, and through them.
//
// A closure kept in a local variable (lock := func() { mu.Lock() }) is captured as that variable, and has captured memory itself (mu) that the
// one who calls it may not name. So a closure is taken to capture what the closures that it captured have captured: extra free variables after those of
// the source. They stand for variables of the functions around it.
type captures struct {
	site  *ssa.MakeClosure  // where the closure is made; nil if that is not one place
	funcs map[int]*captured // the function in captured variable i, if it is set once
	extra []ssa.Value       // variables of the functions around it
	index map[ssa.Value]int // of these variables, which free variable stands for them
}

type captured struct {
	fn   *ssa.Function
	site *ssa.MakeClosure // nil for a plain function
	wrap wrapping
}

// captures returns what the closure fn has captured.
func (u *unit) captures(fn *ssa.Function) *captures {
	if c, ok := u.captured[fn]; ok {
		return c
	}
	c := &captures{funcs: map[int]*captured{}, index: map[ssa.Value]int{}}
	u.captured[fn] = c // a closure that captures itself adds nothing
	if c.site = madeAt(fn); c.site == nil {
		return c
	}
	for i, b := range c.site.Bindings {
		c.index[u.outermost(b)] = i
	}
	for i, b := range c.site.Bindings {
		got := u.capturedFunc(u.outermost(b))
		if got == nil {
			continue
		}
		c.funcs[i] = got
		if got.site == nil {
			continue
		}
		for _, v := range u.bindings(got.site) {
			v = u.outermost(v)
			if _, ok := c.index[v]; !ok {
				c.index[v] = len(c.site.Bindings) + len(c.extra)
				c.extra = append(c.extra, v)
			}
		}
	}
	return c
}

// size returns how many free variables fn has, the extra ones included.
func (c *captures) size(fn *ssa.Function) int { return len(fn.FreeVars) + len(c.extra) }

// outermost returns the variable that v is: of the function that declares it, where closures between there and here have captured it.
func (u *unit) outermost(v ssa.Value) ssa.Value {
	for {
		free, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		site, i := u.captures(free.Parent()).site, slices.Index(free.Parent().FreeVars, free)
		if site == nil || i < 0 || i >= len(site.Bindings) {
			return v // the receiver of a method value
		}
		v = site.Bindings[i]
	}
}

// bindings returns what the free variables of a closure are bound to, the extra ones included.
func (u *unit) bindings(v *ssa.MakeClosure) []ssa.Value {
	c := u.captures(v.Fn.(*ssa.Function))
	if c.site != v || len(c.extra) == 0 {
		return v.Bindings
	}
	return append(v.Bindings[:len(v.Bindings):len(v.Bindings)], c.extra...)
}

// madeAt returns the instruction that makes the closure fn, nil if there are several.
func madeAt(fn *ssa.Function) (site *ssa.MakeClosure) {
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(fn) {
				if site != nil {
					return nil
				}
				site = mc
			}
		}
	}
	return site
}

// capturedFunc returns the function that the captured variable b only ever holds.
func (u *unit) capturedFunc(b ssa.Value) *captured {
	alloc, ok := b.(*ssa.Alloc)
	if !ok {
		return nil
	}
	if !isFunc(deref(alloc.Type())) {
		return nil
	}
	info := newStoreInfo(alloc, alloc)
	if info.open || len(info.vals) != 1 {
		return nil
	}
	v, wrap := u.unwrapFunc(info.vals[0])
	switch v := v.(type) {
	case *ssa.MakeClosure:
		return &captured{fn: v.Fn.(*ssa.Function), site: v, wrap: wrap}
	case *ssa.Function:
		return &captured{fn: v, wrap: wrap}
	}
	return nil
}

// foreign returns the free variable that stands for v, a value of the function that made this closure.
func (f *function) foreign(v ssa.Value) (index int, ok bool) {
	if v.Parent() == nil || v.Parent() == f.fn {
		return 0, false
	}
	if _, isFunc := v.(*ssa.Function); isFunc {
		return 0, false
	}
	index, ok = f.u.captures(f.fn).index[f.u.outermost(v)]
	return index, ok
}

// capturedVals returns the function in the captured variable v, if it is in sight.
func (f *function) capturedVals(v *ssa.FreeVar) []funcVal {
	c := f.u.captures(f.fn).funcs[f.freeIndex(v)]
	switch {
	case c == nil:
		return nil
	case c.site == nil:
		return []funcVal{{fn: c.fn, wrap: c.wrap}}
	}
	return []funcVal{{fn: c.fn, free: f.u.bindings(c.site), site: c.site, wrap: c.wrap}}
}

// setInside adds to out what closures set the variable x to: func() { mu.Lock(); defer mu.Unlock(); m = s.m }(). It fails if that has no name here.
func (f *function) setInside(x *ssa.Alloc, vals []ssa.Value, out []domain.Path) ([]domain.Path, bool) {
	if len(vals) == 0 {
		return out, true
	}
	if f.resolving[x] {
		return nil, false
	}
	f.resolving[x] = true
	defer delete(f.resolving, x)
	for _, v := range vals {
		paths := f.inner(v)
		if len(paths) == 0 {
			return nil, false
		}
		for _, p := range paths {
			out = addPath(out, p)
		}
	}
	return out, true
}

// inner returns the paths of v, a value of a closure in f, as far as it is made of what the closure has captured.
func (f *function) inner(v ssa.Value) []domain.Path {
	switch v := v.(type) {
	case *ssa.UnOp:
		if free, ok := v.X.(*ssa.FreeVar); ok {
			if alloc, ok := f.u.outermost(free).(*ssa.Alloc); ok && alloc.Parent() == f.fn {
				return f.variable(alloc)
			}
		}
		return f.inner(v.X)
	case *ssa.FieldAddr:
		return extend(f.inner(v.X), fieldSym(v.X.Type(), v.Field))
	case *ssa.Lookup:
		return extend(f.inner(v.X), domain.Elem)
	case *ssa.FreeVar:
		return f.paths(f.u.outermost(v))
	case *ssa.Global:
		return f.paths(v)
	}
	return nil
}
