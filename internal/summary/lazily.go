package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// What a function returns to be called later: an iterator, or a literal that looks into a map. A lock that is held when it is made is gone when it is called.

// lazily notes what functions among the results will do to memory that callers know, if those are not seen. A handler is called by others, and is known as such.
func (f *function) lazily(ret *ssa.Return, v ssa.Value, st *state, out *collector) {
	sig, ok := v.Type().Underlying().(*types.Signature)
	if out == nil || !ok || !f.forOthers() || f.u.isHandler(sig) {
		return
	}
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil || f.startsAt(fv.site) {
			continue
		}
		t := f.u.bind(fv, nil)
		if sum := f.u.summaryOf(t); sum != nil {
			f.calledLater(sum, f.env(t, nil), st, out)
		}
	}
}

// calledLater notes what the callee does without a lock of its own, and without having waited for anybody, as if it were called on return.
func (f *function) calledLater(sum *domain.Summary, e *env, st *state, out *collector) {
	for i := range sum.Accesses {
		a := &sum.Accesses[i]
		pos := f.u.at(a.Pos)
		if a.Site != 0 || !a.Kind.Content() || len(a.Locks)+len(a.Joined) > 0 || !pos.IsValid() {
			continue
		}
		paths := slices.DeleteFunc(slices.Clone(e.content(&a.Path)), func(p domain.Path) bool { return p.Root.Kind != domain.Param && p.Root.Kind != domain.Global })
		out.access(st, pos, paths, domain.Access{Kind: a.Kind})
	}
}

// startsAt reports whether a goroutine or callback begins with the function made at site.
func (f *function) startsAt(site ssa.Value) bool {
	if site == nil {
		return false
	}
	pos := f.u.pos(site.Pos())
	for _, sp := range f.spawns {
		if sp.Pos == pos {
			return true
		}
	}
	return false
}

// iterated returns the map over which the iterator v goes once it is called, such as that of maps.Keys; nil if v is no such call.
func (f *function) iterated(v ssa.Value) ssa.Value {
	call, ok := converted(v).(*ssa.Call)
	if !ok {
		return nil
	}
	if !isFunc(call.Type()) {
		return nil
	}
	known, _ := f.targets(&call.Call)
	for _, t := range known {
		for _, e := range f.u.effects(t) {
			if e.Kind == models.Access && e.Touch == domain.Iterate {
				return t.args[e.Arg]
			}
		}
	}
	return nil
}

// goesOver notes that a call goes over the maps of iterators that were made before: under the locks of now, not those that were held then. Where no other call
// stands between, making the iterator speaks for it.
func (f *function) goesOver(st *state, c *ssa.CallCommon, instr ssa.Instruction, out *collector) {
	if out == nil || c.IsInvoke() || returnsFunc(c.Signature()) {
		return
	}
	pos := instr.Pos()
	for _, v := range append([]ssa.Value{c.Value}, c.Args...) {
		if mc, ok := v.(*ssa.MakeClosure); ok && !pos.IsValid() {
			pos = mc.Fn.Pos() // the body of a loop over a function, which is called in no place
		}
	}
	for _, v := range append([]ssa.Value{c.Value}, c.Args...) {
		if m := f.iterated(v); m != nil && !callFollows(converted(v).(*ssa.Call), instr) {
			f.touch(st, out, pos, m, nil, domain.Iterate)
		}
	}
}

// returnsFunc reports whether a result is a function, such as an iterator that is made of another one.
func returnsFunc(sig *types.Signature) bool {
	for r := range sig.Results().Variables() {
		if isFunc(r.Type()) {
			return true
		}
	}
	return false
}

// callFollows reports whether next is the first call after made, and in its block.
func callFollows(made *ssa.Call, next ssa.Instruction) bool {
	if made.Block() != next.Block() {
		return false
	}
	rest := made.Block().Instrs[slices.Index(made.Block().Instrs, ssa.Instruction(made))+1:]
	i := slices.IndexFunc(rest, func(instr ssa.Instruction) bool { _, ok := instr.(ssa.CallInstruction); return ok })
	return i >= 0 && rest[i] == next
}
