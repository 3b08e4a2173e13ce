package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// makers finds what all callers of a function give it, where that is an object which they, or their callers, have just made: then whatever the function
// does to it on its caller's goroutine happens in the activation that made it, however many others know the object by then. Only functions all of whose
// calls are in sight have such parameters.
type makers struct {
	u     *unit
	calls map[*ssa.Function][]*ssa.CallCommon // tests that call the product aside
	open  map[*ssa.Function]bool              // called by others, or as values
	by    map[string]bool                     // the names of methods that are called through an interface of this package
	known map[*ssa.Parameter][]ssa.Value      // what makes the object that it points to; none if that is not known
}

func (u *unit) newMakers(funcs []*ssa.Function, valued map[*ssa.Function]bool, byFn map[*ssa.Function]*Func) *makers {
	m := &makers{u: u, calls: map[*ssa.Function][]*ssa.CallCommon{}, open: map[*ssa.Function]bool{}, by: map[string]bool{}, known: map[*ssa.Parameter][]ssa.Value{}}
	for _, fn := range funcs {
		m.open[fn] = valued[fn] || byFn[fn].Entry != NoEntry || fn.Parent() != nil
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					m.note(fn, call.Common())
				}
			}
		}
	}
	return m
}

func (m *makers) note(from *ssa.Function, c *ssa.CallCommon) {
	if c.IsInvoke() {
		m.by[c.Method.Name()] = true
		return
	}
	callee := c.StaticCallee()
	if callee == nil {
		return
	}
	if to := m.u.target(callee); m.u.inTest(to) || !m.u.inTest(from) {
		m.calls[to] = append(m.calls[to], c)
	}
}

// fill tells f which objects its parameters are.
func (m *makers) fill(f *Func, byFn map[*ssa.Function]*Func) {
	for i, p := range f.SSA.Params {
		at := m.param(p)
		if len(at) > 0 && f.Made == nil {
			f.Made = make([][]domain.Sym, len(f.SSA.Params))
		}
		for _, v := range at {
			if by := byFn[v.Parent()]; !slices.Contains(f.Makers, by) {
				f.Makers = append(f.Makers, by)
			}
			f.Made[i] = domain.InsertSym(f.Made[i], m.u.madeName(v))
		}
	}
}

// param returns the objects that p is, none if they are not known.
func (m *makers) param(p *ssa.Parameter) []ssa.Value {
	if got, ok := m.known[p]; ok {
		return got
	}
	m.known[p] = nil // a cycle tells nothing
	fn := p.Parent()
	if !isObject(p.Type()) || m.open[fn] || fn.Signature.Recv() != nil && m.by[fn.Name()] {
		return nil
	}
	i := slices.Index(fn.Params, p)
	var out []ssa.Value
	for _, c := range m.calls[fn] {
		if i >= len(c.Args) {
			return nil
		}
		at := m.of(c.Args[i], map[ssa.Value]bool{})
		if len(at) == 0 {
			return nil
		}
		out = append(out, at...)
	}
	m.known[p] = out
	return out
}

// isObject reports whether t is a pointer to a struct.
func isObject(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	_, ok = p.Elem().Underlying().(*types.Struct)
	return ok
}

// of returns the objects that v points to, none if they are not known. Variables on the way are in seen: one that holds what another one holds, and the other
// way round, is not known.
func (m *makers) of(v ssa.Value, seen map[ssa.Value]bool) []ssa.Value {
	switch v := v.(type) {
	case *ssa.Parameter:
		return m.param(v)
	case *ssa.Alloc:
		if isObject(v.Type()) {
			return []ssa.Value{v}
		}
	case *ssa.UnOp:
		if alloc, ok := m.u.outermost(v.X).(*ssa.Alloc); ok && !seen[alloc] {
			seen[alloc] = true
			return m.variable(alloc, seen)
		}
	case *ssa.Call:
		if m.fresh(v, 0) {
			return []ssa.Value{v}
		}
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && m.fresh(call, v.Index) {
			return []ssa.Value{v}
		}
	}
	return nil
}

// variable returns the objects that the variable x points to.
func (m *makers) variable(x *ssa.Alloc, seen map[ssa.Value]bool) (out []ssa.Value) {
	info := newStoreInfo(x, x)
	if info.open {
		return nil
	}
	for _, val := range info.vals {
		at := m.of(val, seen)
		if len(at) == 0 {
			return nil
		}
		out = append(out, at...)
	}
	return out
}

// fresh reports whether result i of the call is something that the callee has made and given to nobody else.
func (m *makers) fresh(call *ssa.Call, i int) bool {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return false
	}
	sum := m.u.sums[m.u.target(callee)]
	if sum == nil || i >= len(sum.Results) {
		return false
	}
	r := &sum.Results[i]
	return r.Fresh && !sum.Shares(i) && !r.Other && len(r.Paths) == 0
}
