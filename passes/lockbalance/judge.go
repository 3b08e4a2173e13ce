package lockbalance

import (
	"cmp"
	"go/token"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/summary"
)

// survey finds which locks change hands: one function takes them, and another gives them up. What is left held there is meant.
func (c *checker) survey() {
	for _, f := range c.res.Funcs {
		w := c.walkers[f.SSA]
		if w == nil {
			continue
		}
		for _, e := range w.effect.exits {
			for _, h := range e.holds {
				loc := w.loc(h.key)
				if h.held() {
					c.taken[loc] = true
				}
				if (h.w < 0 || h.r < 0) && w.forOthers(h.key) && !onTheSpot(f.SSA) && !c.onced[f.SSA] && (!c.heldAtCall[f.SSA] || f.Entry != summary.NoEntry) {
					c.handed[loc] = once(c.handed[loc], f.SSA)
				}
			}
		}
		for _, a := range w.notes.acquired {
			if len(a.exits) > 0 || !w.releases(a.key) {
				c.taken[w.loc(a.key)] = true // perhaps of an object that is returned, or of all elements, which a loop there takes and another one elsewhere gives up
			}
		}
		for _, r := range w.notes.released {
			if r.free {
				c.loose[w.loc(r.key)] = true
			}
		}
		for key := range w.notes.handed {
			c.loose[w.loc(key)] = true
		}
	}
	delete(c.lent, 0)
	delete(c.handed, 0)
}

// releasesFor notes that what the call at left held is answered for by its caller.
func (c *checker) releasesFor(n *notes, at ssa.Instruction) {
	if a := n.acquired[at]; a != nil && a.callee != nil && a.callee.Fn != nil {
		c.answered[a.callee.Fn] = true
	}
}

// forOthers reports whether what the function gives up of the lock may be what another took. One that has taken it itself and gives it up twice, or on a
// path where nobody took it, is wrong, and does not make right what others leave held. One of which some caller holds the lock is right there.
func (w *walker) forOthers(key string) bool {
	for _, r := range w.notes.released {
		if r.key == key && r.free && (!r.held || w.c.heldAtCall[w.fn]) {
			return true
		}
	}
	return false
}

// releases reports whether the function gives the lock up anywhere.
func (w *walker) releases(key string) bool {
	for _, r := range w.notes.released {
		if r.key == key {
			return true
		}
	}
	return false
}

func (w *walker) loc(key string) domain.Sym {
	p := w.paths[key]
	return p.Loc()
}

// onTheSpot reports whether fn is a closure that its parent does nothing with but call and defer it: it is judged there.
func onTheSpot(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return false
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == ssa.Value(fn) {
				return !slices.ContainsFunc(*mc.Referrers(), func(ref ssa.Instruction) bool { return !runs(ref, mc) })
			}
			for _, op := range instr.Operands(nil) {
				if *op == ssa.Value(fn) {
					return runs(instr, fn)
				}
			}
		}
	}
	return false
}

// runs reports whether instr calls or defers v, and not in a goroutine.
func runs(instr ssa.Instruction, v ssa.Value) bool {
	call, ok := instr.(ssa.CallInstruction)
	if _, isGo := instr.(*ssa.Go); !ok || isGo || call.Common().Value != v {
		return false
	}
	return !slices.Contains(call.Common().Args, v)
}

// aliased returns the locks of a function that may be one under two names: of those of one location, or of no known one, some are only taken and
// some only given up. So it is when one goes from node to node, each locked before the last is released.
func (w *walker) aliased() map[string]bool {
	type use struct{ taken, given bool }
	uses := map[string]*use{}
	at := func(key string) *use {
		if uses[key] == nil {
			uses[key] = &use{}
		}
		return uses[key]
	}
	for _, a := range w.notes.acquired {
		at(a.key).taken = true
	}
	for _, r := range w.notes.released {
		at(r.key).given = true
	}
	groups := map[domain.Sym][]string{}
	for key := range uses {
		groups[w.loc(key)] = append(groups[w.loc(key)], key)
	}
	out := map[string]bool{}
	for _, keys := range groups {
		half := slices.ContainsFunc(keys, func(k string) bool { return !uses[k].taken || !uses[k].given })
		for _, k := range keys {
			out[k] = half && len(keys) > 1
		}
	}
	return out
}

// lopsided reports whether f takes a lock that it does not give up under that name, or the reverse with given set: then another name may be meant.
func (w *walker) lopsided(given bool) bool {
	taken, released := map[string]bool{}, map[string]bool{}
	for _, a := range w.notes.acquired {
		taken[a.key] = true
	}
	for _, r := range w.notes.released {
		released[r.key] = true
	}
	if given {
		taken, released = released, taken
	}
	for k := range taken {
		if !released[k] {
			return true
		}
	}
	return false
}

// judge reports what is wrong with one function.
func (c *checker) judge(w *walker, f *summary.Func) {
	if w.notes.empty() {
		return
	}
	w.locks = c.res.Locks(w.fn)
	r := &reporter{checker: c, w: w, f: f, aliased: w.aliased()}
	for _, at := range w.sorted(slices.Collect(maps.Keys(w.notes.acquired))) {
		r.acquisition(at, w.notes.acquired[at])
	}
	for _, at := range w.sorted(slices.Collect(maps.Keys(w.notes.again))) {
		r.relock(at, w.notes.again[at])
	}
	for _, at := range w.sorted(slices.Collect(maps.Keys(w.notes.released))) {
		r.release(at, w.notes.released[at])
	}
	for d, n := range w.notes.defers {
		r.deferral(d, n)
	}
	for at, from := range w.notes.pairs {
		r.emptySection(from, at)
	}
	r.afterUnlock()
	w.locks = nil
}

// sorted returns the instructions in the order of the code.
func (w *walker) sorted(instrs []ssa.Instruction) []ssa.Instruction {
	if len(instrs) < 2 {
		return instrs
	}
	order := make(map[ssa.Instruction]int, len(instrs))
	for _, at := range instrs {
		order[at] = -1 // of no block
	}
	n := 0
	for _, b := range w.fn.Blocks {
		for _, instr := range b.Instrs {
			if _, ok := order[instr]; ok {
				order[instr] = n
			}
			n++
		}
	}
	slices.SortFunc(instrs, func(a, b ssa.Instruction) int { return cmp.Compare(order[a], order[b]) })
	return instrs
}

// handed reports whether some other code may give the lock up.
func (r *reporter) handed(key string) bool {
	others := slices.DeleteFunc(slices.Clone(r.checker.handed[r.w.loc(key)]), func(fn *ssa.Function) bool { return fn == r.f.SSA })
	return len(others) > 0 || r.w.notes.handed[key]
}

func (r *reporter) acquisition(at ssa.Instruction, a *acquisition) {
	if r.aliased[a.key] || r.handed(a.key) || r.answered[r.f.SSA] {
		return
	}
	if len(a.releases) == 0 {
		if len(a.exits) > 0 && a.callee == nil && r.closed(a.key) {
			r.neverReleased(at, a)
		}
		return
	}
	if r.w.blurred || r.w.counts(a.key) {
		return
	}
	for _, round := range a.rounds {
		if slices.Contains(a.turned, round.from.Succs[round.i]) {
			r.leftAtTurn(at, a)
			return
		}
	}
	// One that is given up only to be taken anew is held by whoever gets back. An element may be given up by the name of what was found to be in it.
	if len(a.exits) > 0 && r.w.notes.frees(at, a.key) && !(r.element(a.key) && r.w.lopsided(true)) && !r.w.handsOut(at, a.exits) {
		r.leftAtExit(at, a)
	}
}

// element reports whether the lock is that of an element of a map or slice.
func (r *reporter) element(key string) bool { return strings.HasSuffix(r.w.loc(key).String(), "[]") }

// counts reports whether a loop takes the lock turn after turn, and gives it up elsewhere: how often, we do not count.
func (w *walker) counts(key string) bool {
	for _, a := range w.notes.acquired {
		if a.key != key {
			continue
		}
		for _, round := range a.rounds {
			body := w.loop(round.from.Succs[round.i])
			if !slices.ContainsFunc(a.releases, func(rel ssa.Instruction) bool { return body[rel.Block()] }) {
				return true
			}
		}
	}
	return false
}

// closed reports whether all code that can give up or take the lock is in sight and none does so for others.
func (r *reporter) closed(key string) bool {
	loc := r.w.loc(key)
	if loc == 0 || r.f.SSA.Parent() != nil || r.loose[loc] || r.lent[loc] {
		return false
	}
	return r.private(loc) && !strings.Contains(strings.ToLower(r.f.SSA.Name()), "lock") && !r.w.lopsided(true)
}

// private reports whether no other package can name the lock at loc.
func (r *reporter) private(loc domain.Sym) bool {
	return !token.IsExported(loc.Name()) && strings.HasPrefix(loc.String(), r.res.Path+".")
}

func (r *reporter) relock(at ssa.Instruction, n *relock) {
	if r.aliased[n.key] || r.handed(n.key) || r.lent[r.w.loc(n.key)] || strings.Contains(n.key, "c:") || r.w.blurred || n.callee != nil && n.callee.Fn == nil {
		return
	}
	if _, isDefer := at.(*ssa.Defer); isDefer && n.callee == nil {
		return // said at the defer
	}
	if n.mode == domain.ReadMode && n.held == domain.ReadMode && !rlockTwice {
		return
	}
	if a := r.w.notes.acquired[n.at]; a != nil && len(a.rounds) > 0 && n.at == at && len(a.turned) > 0 {
		return // said where it is left held
	}
	r.takenAgain(at, n)
}

func (r *reporter) release(at ssa.Instruction, n *release) {
	if r.aliased[n.key] {
		return
	}
	switch {
	case n.wrong != nil && !n.right:
		r.wrongMode(at, n)
	case r.w.blurred || r.w.notes.handed[n.key] || r.w.counts(n.key):
	case n.twice != nil:
		r.twice(at, n)
	case n.callee != nil:
	case n.free && n.held:
		if !r.heldAtCall[r.f.SSA] && !onTheSpot(r.f.SSA) {
			r.sometimes(at, n)
		}
	case n.free:
		if !r.w.lopsided(false) && !r.heldAtCall[r.f.SSA] && !r.checker.taken[r.w.loc(n.key)] && !r.lent[r.w.loc(n.key)] && r.unlocksOwn(n.key) && r.inPlace(at) && !r.takesBack(n.key) {
			r.neverTaken(at, n)
		}
	}
}

// unlocksOwn reports whether nobody out of sight can have taken the lock for f: its name is this package's, and f is called from elsewhere only.
func (r *reporter) unlocksOwn(key string) bool {
	loc := r.w.loc(key)
	if loc == 0 || r.f.SSA.Parent() != nil {
		return false
	}
	lower := strings.ToLower(r.f.SSA.Name())
	return r.private(loc) && !strings.Contains(lower, "lock") && !strings.Contains(lower, "release")
}

// takesBack reports whether the function takes the lock as well: it gives its caller's up for a while.
func (r *reporter) takesBack(key string) bool {
	for _, a := range r.w.notes.acquired {
		if a.key == key {
			return true
		}
	}
	return false
}

// inPlace reports whether the lock of the operation at is a part of the object that it is found in. One behind a pointer or an interface is there under
// other names, too.
func (r *reporter) inPlace(at ssa.Instruction) bool {
	call, ok := at.(ssa.CallInstruction)
	if !ok {
		return false
	}
	op, ok := r.w.locks.Op(call.Common())
	if !ok {
		return false
	}
	_, loaded := op.Addr.(*ssa.UnOp)
	return !loaded
}

func (r *reporter) deferral(d *ssa.Defer, n *deferral) {
	switch {
	case r.aliased[n.key]:
	case n.op.Kind == models.Acquire && n.held && !n.free:
		r.deferredLock(d, n)
	case n.op.Kind == models.Release && n.loops && r.worksAfter(d):
		r.deferredInLoop(d, n)
	}
}

// worksAfter reports whether the loop goes on to do something after d. Locking all of many locks until the function returns is meant.
func (r *reporter) worksAfter(d *ssa.Defer) bool {
	b := d.Block()
	for _, instr := range b.Instrs[slices.Index(b.Instrs, ssa.Instruction(d))+1:] {
		if isWork(instr) {
			return true
		}
	}
	for _, o := range b.Dominees() {
		for _, body := range r.w.loops {
			if body[o] && body[b] && slices.ContainsFunc(o.Instrs, isWork) {
				return true
			}
		}
	}
	return false
}

func isWork(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Call:
		_, builtin := instr.Call.Value.(*ssa.Builtin)
		return !builtin
	case *ssa.MapUpdate, *ssa.Store, *ssa.Send, *ssa.Go:
		return true
	}
	return false
}
