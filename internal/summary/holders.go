package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// holders returns the variables that a function value may come out of: the variable itself, a table or a channel that it holds.
func (u *unit) holders(v ssa.Value) []variable {
	h := holderFinder{u: u, seen: map[ssa.Value]bool{}}
	h.find(v)
	return h.out
}

type holderFinder struct {
	u    *unit
	seen map[ssa.Value]bool
	out  []variable
}

func (h *holderFinder) find(v ssa.Value) {
	if h.seen[v] {
		return
	}
	h.seen[v] = true
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			h.find(v.X)
			return
		}
		h.address(v.X)
	case *ssa.Field:
		h.add(variable{field: fieldSym(v.X.Type(), v.Field)})
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.Call:
			h.got(t, v.Index)
		case *ssa.UnOp:
			h.find(t)
		case *ssa.Lookup:
			h.find(t.X)
		case *ssa.Next:
			if r, ok := t.Iter.(*ssa.Range); ok {
				h.find(r.X)
			}
		case *ssa.Select:
			h.find(receivesAt(t, v.Index-2))
		}
	case *ssa.Call:
		h.got(v, 0)
	case *ssa.Parameter, *ssa.MakeChan:
		h.add(variable{value: v})
	case *ssa.Lookup:
		h.find(v.X)
	case *ssa.Index:
		h.find(v.X)
	case *ssa.Slice:
		h.find(v.X)
	case *ssa.ChangeType:
		h.find(v.X)
	case *ssa.Phi:
		for _, e := range v.Edges {
			h.find(e)
		}
	case *ssa.MakeMap:
		h.keeper(v)
	case *ssa.Alloc:
		for _, ref := range *v.Referrers() {
			if s, ok := ref.(*ssa.Slice); ok {
				h.keeper(s)
			}
		}
	}
}

// got finds the variables that the i'th result of a function of the package comes out of: a getter, a lookup in a table.
func (h *holderFinder) got(call *ssa.Call, i int) {
	callee := call.Call.StaticCallee()
	if callee == nil {
		return
	}
	for _, b := range h.u.target(callee).Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			h.find(Spilled(ret.Results[i]))
		}
	}
}

// keeper finds the variables that a table is put into once it is built, as one that is written down is.
func (h *holderFinder) keeper(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if _, local := h.u.outermost(ref.Addr).(*ssa.Alloc); ref.Val == v && !local {
				h.address(ref.Addr)
			}
		case *ssa.ChangeType:
			h.keeper(ref)
		}
	}
}

// address finds the variable at an address, or the one whose element it is. A local variable is what was put into it.
func (h *holderFinder) address(addr ssa.Value) {
	switch x := h.u.outermost(addr).(type) {
	case *ssa.FieldAddr:
		h.add(variable{field: fieldSym(x.X.Type(), x.Field)})
	case *ssa.Global:
		h.add(variable{value: x})
	case *ssa.IndexAddr:
		h.find(x.X)
	case *ssa.Alloc:
		for _, ref := range *x.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == ssa.Value(x) {
				h.find(st.Val)
			}
		}
	}
}

func (h *holderFinder) add(v variable) {
	if !slices.Contains(h.out, v) {
		h.out = append(h.out, v)
	}
}
