package sections

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// held is a section and the function that it stands in.
type held struct {
	fn  *Func
	sec *Section
	op  *Call // the first that takes the lock

	known bool
	in    effects
	calls funcSet
}

// does returns what happens in a section, and the functions that it may lead to.
func (p *Package) does(h *held) (effects, funcSet) {
	if !h.known {
		h.in = p.inside(h.sec)
		h.calls, h.known = p.newSet(), true
		p.spare = p.follow(p.spare[:0], h.calls, h.in.mentions)
	}
	return h.in, h.calls
}

// all returns the sections of the package.
func (p *Package) all() []*held {
	if p.every != nil {
		return p.every
	}
	p.every = []*held{}
	for _, fn := range p.Funcs {
		seen := map[string]bool{}
		for _, op := range fn.Ops {
			if seen[op.Text] {
				continue
			}
			seen[op.Text] = true
			for _, sec := range p.Sections(fn, op.Text, op.Key) {
				p.every = append(p.every, &held{fn: fn, sec: sec, op: op})
			}
		}
	}
	return p.every
}

// ofLock is the sections of one lock.
type ofLock struct {
	all  []*held
	open []*held           // those after which it is left held
	by   map[*Func][]*held // by the declared function that they stand in, nil for literals outside of one
	// calls holds what they may lead to, once it was asked for.
	calls funcSet
}

// of returns the sections of the lock at a location.
func (p *Package) of(key string) *ofLock {
	if p.byLock == nil {
		p.byLock = map[string]*ofLock{}
		for _, h := range p.all() {
			o := p.byLock[h.op.Key]
			if o == nil {
				o = &ofLock{by: map[*Func][]*held{}}
				p.byLock[h.op.Key] = o
			}
			o.all = append(o.all, h)
			decl := p.declaredOnly(h.fn)
			o.by[decl] = append(o.by[decl], h)
			if h.sec.Open && !tries(h.sec) {
				o.open = append(o.open, h)
			}
		}
	}
	if o := p.byLock[key]; o != nil {
		return o
	}
	return &ofLock{}
}

// declaredOnly is Declared, nil for a literal outside of any.
func (p *Package) declaredOnly(fn *Func) *Func {
	if fn = p.Declared(fn); fn.Obj == nil {
		return nil
	}
	return fn
}

// leadTo reports whether some of the sections may lead to fn.
func (p *Package) leadTo(o *ofLock, fn *Func) bool {
	if o.calls == nil {
		o.calls = p.newSet()
		for _, h := range o.all {
			_, calls := p.does(h)
			o.calls.addAll(calls)
		}
	}
	return o.calls.has(fn)
}

// Inverted returns why fn must not take l, because that could close a cycle of locks: some other lock may be held where fn is called, and is taken
// elsewhere with l held. It is empty if there is no such lock. What fn does with l held must not be Slow.
func (p *Package) Inverted(fn *Func, l *domain.Lock) string {
	fn = p.Declared(fn)
	outer := map[string]*Call{}
	own := p.of(Key(l))
	for key, o := range p.byLock {
		if key == "" || key == Key(l) || !p.leadTo(o, fn) {
			continue
		}
		for _, h := range o.all {
			if _, calls := p.does(h); calls.has(fn) {
				outer[key] = h.op
			}
		}
	}
	if len(outer) == 0 {
		return ""
	}
	for _, h := range own.all {
		for _, key := range slices.Sorted(maps.Keys(outer)) {
			if p.takes(h, key) {
				return fmt.Sprintf("%s may be held where it is called, and %s takes that lock with this one held", outer[key].Text, p.Name(h.fn))
			}
		}
	}
	return ""
}

// takes reports whether the lock of that key is taken in a section, or in what it calls.
func (p *Package) takes(h *held, key string) bool {
	found := false
	for _, n := range h.sec.Nodes {
		ast.Inspect(n, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				op := p.lockCall(call)
				found = found || op != nil && op.Acquire() && op.Key == key
			}
			return !found
		})
	}
	_, calls := p.does(h)
	return found || slices.ContainsFunc(p.Funcs, func(fn *Func) bool {
		return calls.has(fn) && slices.ContainsFunc(fn.Ops, func(op *Call) bool { return op.Acquire() && op.Key == key })
	})
}

// CalledBack returns why fn may be called with l held through a function value, empty if it may not: some section of l calls a function that it was
// given, and others can hand fn, or what calls it, to whoever that is.
func (p *Package) CalledBack(fn *Func, l *domain.Lock) string {
	if u := p.callsUnknown(Key(l)); u.what != "" && p.handed(p.Declared(fn)) {
		return fmt.Sprintf("%s calls %s with the lock held, which may call back", p.Name(u.by), u.what)
	}
	return ""
}

// unknown is a function value, and who calls it.
type unknown struct {
	what string
	by   *Func
}

// callsUnknown returns a function value that some section of the lock of that location leads to, none if there is none.
func (p *Package) callsUnknown(key string) (out unknown) {
	if known, ok := p.unknowns[key]; ok {
		return known
	}
	defer func() { p.unknowns[key] = out }()
	for _, h := range p.of(key).all {
		in, calls := p.does(h)
		if in.unknown != "" {
			return unknown{in.unknown, h.fn}
		}
		for fn := range p.in(calls) {
			if what := p.effects(fn).unknown; what != "" {
				return unknown{what, fn}
			}
		}
	}
	return unknown{}
}

// handed reports whether code that is not seen, or that gets a function value, may come to call fn.
func (p *Package) handed(fn *Func) bool {
	if fn.Obj == nil {
		return true
	}
	if p.open == nil {
		var open []*types.Func
		for _, g := range p.Funcs {
			if g.Obj != nil && (g.Obj.Exported() || p.asValue(g.Obj)) {
				open = append(open, g.Obj)
			}
		}
		p.open = p.newSet()
		p.follow(nil, p.open, open)
	}
	return p.open.has(fn)
}

// asValue reports whether fn is used other than to call it.
func (p *Package) asValue(fn *types.Func) bool {
	if p.values == nil {
		p.values = map[*types.Func]bool{}
		called := map[*ast.Ident]bool{}
		for _, file := range p.Pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.CallExpr:
					switch fun := ast.Unparen(n.Fun).(type) {
					case *ast.Ident:
						called[fun] = true
					case *ast.SelectorExpr:
						called[fun.Sel] = true
					}
				case *ast.Ident:
					if f, ok := p.Pass.TypesInfo.Uses[n].(*types.Func); ok && !called[n] {
						p.values[f.Origin()] = true
					}
				}
				return true
			})
		}
	}
	return p.values[fn]
}

// LeftHeld reports whether some function returns with l held: then a hold is not seen where it is.
func (p *Package) LeftHeld(l *domain.Lock) bool {
	return len(p.of(Key(l)).open) > 0
}

// CoveredBy is Covered for the lock of a location.
func (p *Package) CoveredBy(pos token.Pos, key string) bool {
	fn := p.At(pos)
	return fn != nil && slices.ContainsFunc(p.of(key).by[p.declaredOnly(fn)], func(h *held) bool { return h.sec.holds(pos) })
}

// Covered reports whether a section of l is around pos: in its function, or in one that it is a literal of.
func (p *Package) Covered(pos token.Pos, l *domain.Lock) bool {
	return p.CoveredBy(pos, Key(l))
}
