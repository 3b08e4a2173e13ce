package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/models"
)

// handedOver reports whether the variable that load reads is set to another map further down in the same block: old := s.m; s.m = make(…).
// Whoever does that has the old map to itself. (In another block it could be lazy initialisation.) So it is with a struct that holds maps, unless what
// is stored is the copy again, with a change: c := s.conf; c.n++; s.conf = c.
func (f *function) handedOver(load *ssa.UnOp) bool {
	after := false
	for _, instr := range load.Block().Instrs {
		if instr == ssa.Instruction(load) {
			after = true
			continue
		}
		if call, ok := instr.(*ssa.Call); ok && after && f.replaces(call, load.X) {
			return true
		}
		if st, ok := instr.(*ssa.Store); ok && after && f.setsAnother(st, load) {
			return true
		}
	}
	below := storesBelow{f: f, load: load}
	return IsMap(load.Type()) && (below.handOver(load.Block()) || below.allBranches())
}

// setsAnother reports whether st sets the variable that load reads to something else.
func (f *function) setsAnother(st *ssa.Store, load *ssa.UnOp) bool {
	if !types.Identical(st.Addr.Type(), load.X.Type()) || st.Val == ssa.Value(load) || f.isCopy(st.Val, load) {
		return false
	}
	return st.Addr == load.X || samePaths(f.paths(st.Addr), f.paths(load.X))
}

// maxBelow bounds the blocks that are searched for the store of one load.
const maxBelow = 16

// storesBelow looks for the stores to the variable that load reads in blocks further down.
type storesBelow struct {
	f        *function
	load     *ssa.UnOp
	searched int
	found    map[*ssa.BasicBlock]*ssa.Store // in the section of the load, the first of each block
}

// handOver is handedOver for a store in a block further down, as where an empty map is left alone first: nothing may be done with the map once the lock was
// given up, unless the store has come before. b is a block that all searched by it come after.
func (s *storesBelow) handOver(b *ssa.BasicBlock) bool {
	for _, below := range b.Dominees() {
		if s.searched++; s.searched > maxBelow {
			return false
		}
		for _, instr := range below.Instrs {
			st, ok := instr.(*ssa.Store)
			if !ok || !s.f.setsAnother(st, s.load) || s.f.releasesBetween(s.load, st) {
				continue
			}
			if s.f.allAfter(s.load, st) {
				return true
			}
			if s.found == nil {
				s.found = map[*ssa.BasicBlock]*ssa.Store{}
			}
			if s.found[below] == nil {
				s.found[below] = st
			}
		}
		if s.handOver(below) {
			return true
		}
	}
	return false
}

// allBranches reports whether each use of what is loaded comes after one of several stores, whichever way leads there: if m == nil { s.m = make(…) } else { s.m = m }.
func (s *storesBelow) allBranches() bool {
	if len(s.found) < 2 {
		return false
	}
	bare, work := map[*ssa.BasicBlock]bool{}, []*ssa.BasicBlock{s.load.Block()}
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if bare[b] {
			continue
		}
		bare[b] = true
		if s.found[b] == nil {
			work = append(work, b.Succs...)
		}
	}
	return !slices.ContainsFunc(*s.load.Referrers(), func(use ssa.Instruction) bool {
		if s.f.onlyAsks(s.load, use) {
			return false
		}
		st := s.found[use.Block()]
		return bare[use.Block()] && (st == nil || !flow.Precedes(st, use))
	})
}

// allAfter reports whether each use of load comes after st, or only asks whether there is anything in the map, while the lock is held.
func (f *function) allAfter(load *ssa.UnOp, st *ssa.Store) bool {
	return !slices.ContainsFunc(*load.Referrers(), func(use ssa.Instruction) bool {
		return !f.onlyAsks(load, use) && !st.Block().Dominates(use.Block())
	})
}

// onlyAsks reports whether use only asks whether there is anything in the map, while the lock is held under which it was loaded.
func (f *function) onlyAsks(load *ssa.UnOp, use ssa.Instruction) bool {
	switch use := use.(type) {
	case *ssa.BinOp:
		return true
	case *ssa.Call:
		b, ok := use.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "len" && !f.releasesBetween(load, use)
	}
	return false
}

// mayHandOver reports whether load reads a map, or a struct with maps that lies elsewhere. To look behind each load of a literal's parts would take the square
// of its size, and there are tables of ten thousand.
func (f *function) mayHandOver(load *ssa.UnOp) bool {
	_, local := load.X.(*ssa.Alloc)
	return IsMap(load.Type()) || !local && isStruct(load.Type()) && reachesMap(load.Type())
}

// isCopy reports whether v is what a variable holds that was set to the struct that load reads, or may have been.
func (f *function) isCopy(v ssa.Value, load *ssa.UnOp) bool {
	if IsMap(load.Type()) {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return false
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		return !ok || slices.Contains(f.stores(alloc).vals, ssa.Value(load))
	case *ssa.Call:
		return !f.makesAll(v)
	}
	return true
}

// makesAll reports whether the call returns a struct that its one callee has made, and no map that others have.
func (f *function) makesAll(call *ssa.Call) bool {
	known, _ := f.targets(&call.Call)
	if len(known) != 1 {
		return false
	}
	sum := f.u.summaryOf(known[0])
	if sum == nil || len(sum.Results) != 1 {
		return false
	}
	r := &sum.Results[0]
	return !sum.Shares(0) && !r.Other && len(r.Paths) == 0 && len(r.Parts) == 0
}

// replaces reports whether a function of this package that call reaches sets the variable at addr to a new map.
func (f *function) replaces(call *ssa.Call, addr ssa.Value) bool {
	known, _ := f.targets(&call.Call)
	if len(known) != 1 || known[0].fn == nil {
		return false
	}
	f.u.looked.note(known[0].fn)
	sum := f.u.sums[known[0].fn]
	if sum == nil {
		return false
	}
	for i := range sum.Accesses {
		a := &sum.Accesses[i]
		if a.Kind == domain.Replace && a.Fresh && a.Site == 0 && samePaths(f.env(known[0], call).content(&a.Path), f.paths(addr)) {
			return true
		}
	}
	return false
}

// takenOut reports whether the map v, which look finds under a key, is deleted from there in the same section, before or after each use of it: whoever does
// that has it to himself, as with a variable that is set to another map.
func (f *function) takenOut(v ssa.Value, look *ssa.Lookup) bool {
	uses := look.Index.Referrers()
	if !IsMap(v.Type()) || !IsMap(look.X.Type()) || uses == nil {
		return false
	}
	for _, ref := range *uses {
		call, ok := ref.(*ssa.Call)
		if !ok || !isDelete(call) || call.Call.Args[1] != look.Index || !samePaths(f.paths(call.Call.Args[0]), f.paths(look.X)) {
			continue
		}
		if look.Block().Dominates(call.Block()) && !f.releasesBetween(look, call) && allBeside(v, look, call) {
			return true
		}
	}
	return false
}

func isDelete(call *ssa.Call) bool {
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "delete"
}

// allBeside reports whether no use of v comes without the deletion, which comes before it or surely after. To compare v is no use.
func allBeside(v ssa.Value, look *ssa.Lookup, del *ssa.Call) bool {
	for _, use := range *v.Referrers() {
		if _, ok := use.(*ssa.BinOp); ok {
			continue
		}
		b := use.Block()
		if del.Block().Dominates(b) {
			continue
		}
		for passed := range flow.Reachable(b, del.Block()) {
			if len(passed.Succs) == 0 || passed != b && passed == look.Block() {
				return false
			}
		}
	}
	return true
}

// releasesBetween reports whether a lock may be given up between the lookup or load and the deletion, store or use, which it dominates.
func (f *function) releasesBetween(look, del ssa.Instruction) bool {
	for b := range between(look.Block(), del.Block()) {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || b == look.Block() && flow.Precedes(call, look) || b == del.Block() && !flow.Precedes(call, del) {
				continue
			}
			if f.gives(call) {
				return true
			}
		}
	}
	return false
}

// between returns the blocks on the ways from one block to another that it dominates, both among them, up to the first time that the other is reached. Only these are
// looked at, not all that comes after: there are functions of thousands of blocks, with as many loads.
func between(from, to *ssa.BasicBlock) map[*ssa.BasicBlock]bool {
	leads := map[*ssa.BasicBlock]bool{to: true}
	for work := []*ssa.BasicBlock{to}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == from {
			continue
		}
		for _, p := range b.Preds {
			if !leads[p] {
				leads[p] = true
				work = append(work, p)
			}
		}
	}
	out := map[*ssa.BasicBlock]bool{from: true}
	for work := []*ssa.BasicBlock{from}; len(work) > 0; {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == to {
			continue
		}
		for _, s := range b.Succs {
			if leads[s] && !out[s] {
				out[s] = true
				work = append(work, s)
			}
		}
	}
	return out
}

// gives reports whether the call may give up a lock.
func (f *function) gives(call *ssa.Call) bool {
	known, _ := f.targets(&call.Call)
	return slices.ContainsFunc(known, func(t target) bool {
		for _, e := range f.u.effects(t) {
			if e.Kind == models.Release {
				return true
			}
		}
		sum := f.u.summaryOf(t)
		return sum != nil && len(sum.Released) > 0
	})
}
