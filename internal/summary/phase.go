package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Phases: a setter takes the lock and refuses if a flag is set; who sets the flag then starts the goroutines, which read without the lock. A
// flag orders like a sync.Once, and is held as one: exclusively where it was found unset under a lock, until that is released, and shared, for ever,
// where it was set. A flag that has one value once it is set, and that nobody unsets, is the sync.Once that somebody has written by hand: who finds it set holds it as well, though
// a plain one be read without the lock, which is a fault of its own. One that is unset again tells nothing if it is found set; but whoever has found it unset under the lock, and has
// set it there, has a role that nobody else has until then, and so has the goroutine that he starts: Run and Start of one service are never at it together. A map that is made where it is
// found nil, and nowhere else, is such a flag, too (lazy.go).

// once runs a function under a sync.Once. Whatever ran in it is before all that follows any Do of the same Once: that is a lock held exclusively
// inside and shared, for ever, after.
func (f *function) once(st *state, t target, e models.Effect, instr ssa.Instruction, out *collector) {
	keys := f.paths(t.args[e.Key])
	ctx := f.here(st)
	for _, k := range keys {
		ctx.Locks = ctx.Locks.With(domain.Lock{Path: k, Mode: domain.WriteMode, Once: true})
	}
	if instr != nil {
		f.runNow(st, t.args[e.Arg], instr, ctx, out)
	}
	for _, k := range keys {
		st.locks = st.locks.With(domain.Lock{Path: k, Mode: domain.ReadMode, Once: true})
	}
}

// flagTested notes what a branch at the end of b has found of a flag.
func (f *function) flagTested(st *state, l look, b *ssa.BasicBlock) {
	locked := l.load.Block() == b && !calledAfter(b, l.load) && len(st.locks.Sure()) > 0
	_, atomic := l.load.(*ssa.Call)
	p, forGood, ok := f.flag(l.addr)
	switch {
	case !ok:
	case !l.set && locked:
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.WriteMode, Once: true})
	case l.set && forGood && (atomic || locked || isBool(l.load.(ssa.Value).Type())):
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
	}
}

// calledAfter reports whether b calls something after instr: a lock may have been released since.
func calledAfter(b *ssa.BasicBlock, instr ssa.Instruction) bool {
	i := slices.Index(b.Instrs, instr)
	return slices.ContainsFunc(b.Instrs[i+1:], func(instr ssa.Instruction) bool {
		_, ok := instr.(ssa.CallInstruction)
		return ok
	})
}

// flagStored notes that val is stored to the flag at addr, if it is one that others can see.
func (f *function) flagStored(st *state, addr, val ssa.Value) {
	p, _, ok := f.flag(addr)
	if !ok || st.owned(&p) {
		return
	}
	found, known := st.locks.Get(&p)
	role := p.Append(domain.Role)
	st.locks = st.locks.Without(&p).Without(&role)
	if c, ok := val.(*ssa.Const); ok && isSet(c.Value) {
		st.locks = st.locks.With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
		if known && found.Once && !found.Maybe && found.Mode == domain.WriteMode {
			st.locks = st.locks.With(domain.Lock{Path: role, Mode: domain.WriteMode, Once: true})
		}
	}
}

// handRoles returns the roles that f has, for the goroutine that it starts: one of the two can have them. What is called back, or several at once, gets none.
func (st *state) handRoles(s *spawning) (roles domain.Lockset) {
	if s.kind.Registered() || s.many {
		return nil
	}
	for _, l := range st.locks {
		if l.IsRole() && !l.Maybe {
			roles = append(roles, l)
		}
	}
	st.locks = st.locks.WithoutRoles()
	return roles
}

// flag returns the path of the field or package variable at addr, if it is a boolean, or an atomic flag or a map that is set for good.
func (f *function) flag(addr ssa.Value) (p domain.Path, forGood, ok bool) {
	if v, ok := f.u.variableAt(addr); ok {
		forGood = f.u.setOnce[v]
	}
	if !forGood && !isBool(deref(addr.Type())) {
		return domain.Path{}, false, false
	}
	paths := f.paths(addr)
	if len(paths) != 1 || paths[0].Loc() == 0 {
		return domain.Path{}, false, false
	}
	return paths[0], forGood, true
}

// past returns what surely came before this point for good, and so before whatever is started here: completed functions of a sync.Once, and
// flags set.
func (st *state) past() domain.Lockset {
	var out domain.Lockset
	for _, l := range st.locks {
		if l.Once && !l.Maybe && l.Mode == domain.ReadMode {
			out = append(out, l)
		}
	}
	return out
}

// noteStarted records that goroutines are started while these flags are set.
func (f *function) noteStarted(st *state, out *collector) {
	if out == nil {
		return
	}
	for _, l := range st.past() {
		f.u.started[l.Path.Loc()] = true
	}
}
