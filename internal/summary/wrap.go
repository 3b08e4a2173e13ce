package summary

import (
	"fmt"
	"path/filepath"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Wrappers: what sync.OnceFunc, sync.OnceValue and iter.Pull return runs the function that they got, where it is called. The first two run it once and
// keep what it returned: all callers come after it, and get the same memory.

// wrapping says how a function value runs another function.
type wrapping struct {
	wrapped bool
	once    domain.Path // see target.once
}

// wrapped returns the function that what the call v returns will run.
func (u *unit) wrapped(v ssa.Value) (arg ssa.Value, wrap wrapping) {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return nil, wrapping{}
	}
	obj := origin(call.Call.StaticCallee())
	if obj == nil {
		return nil, wrapping{}
	}
	effects, _ := models.Of(obj)
	for _, e := range effects {
		if e.Kind != models.Wraps {
			continue
		}
		wrap.wrapped = true
		if e.Times == models.AtMostOnce {
			pos := u.pos(call.Pos())
			name := fmt.Sprintf("%s.%s at %s:%d", u.pass.Pkg.Path(), obj.Name(), filepath.Base(pos.File.String()), pos.Line)
			wrap.once = domain.Of(domain.Root{Kind: domain.Global, Name: domain.Intern(name)})
		}
		return call.Call.Args[e.Arg], wrap
	}
	return nil, wrapping{}
}

// unwrapFunc returns the function behind v, if v is a call that wraps one, else v.
func (u *unit) unwrapFunc(v ssa.Value) (ssa.Value, wrapping) {
	call := v
	if ex, ok := v.(*ssa.Extract); ok {
		call = ex.Tuple
	}
	if arg, wrap := u.wrapped(call); wrap.wrapped {
		return arg, wrap
	}
	return v, wrapping{}
}

func wrapAll(vals []funcVal, wrap wrapping) []funcVal {
	for i := range vals {
		vals[i].wrap = wrap
	}
	return vals
}

// findWrappers finds the package variables that are set once, to what wraps a function that has captured nothing.
func (u *unit) findWrappers(funcs []*ssa.Function) {
	stores := map[*ssa.Global]int{}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				store, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				g, ok := store.Addr.(*ssa.Global)
				if !ok {
					continue
				}
				stores[g]++
				v, wrap := u.unwrapFunc(store.Val)
				if fn, ok := v.(*ssa.Function); ok && wrap.wrapped {
					u.wrappers[g] = funcVal{fn: fn, wrap: wrap}
				}
			}
		}
	}
	for g, n := range stores {
		if n > 1 {
			delete(u.wrappers, g)
		}
	}
}

// inside returns the context of the call of t in the context of who calls.
func (t *target) inside(ctx domain.Context) domain.Context {
	if t.once.Root.Name != 0 {
		ctx.Locks = ctx.Locks.With(domain.Lock{Path: t.once, Mode: domain.WriteMode, Once: true})
	}
	return ctx
}

// after returns what holds after the call of t, for ever.
func (t *target) after() domain.Lockset {
	if t.once.Root.Name == 0 {
		return nil
	}
	return domain.Lockset{{Path: t.once, Mode: domain.ReadMode, Once: true}}
}

// onceResult returns the memory that all get as result i of a function that runs once.
func onceResult(once domain.Path, i int, call *ssa.Call) domain.Path {
	name := once.Root.Name.String()
	if i > 0 {
		name = fmt.Sprintf("%s, result %d", name, i)
	}
	return domain.Of(domain.Root{Kind: domain.Global, Name: domain.Intern(name), Type: typeSym(call.Type())})
}
