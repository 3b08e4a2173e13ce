package summary

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Phases: a setter takes the lock and refuses if a flag is set; who sets the flag then starts the goroutines, which read without the lock. A
// flag orders like a sync.Once, and is held as one: exclusively where it was found unset under a lock, until that is released, and shared, for ever,
// where it was set. An atomic flag that nobody unsets is the sync.Once that somebody has written by hand: who finds it set holds it as well. A plain one that
// is found set tells nothing, since it may be unset again. A map that is made where it is found nil, and nowhere else, is such a flag, too (lazy.go).

// flagTested notes what a branch at the end of b has found of the flag that v looks at.
func (f *function) flagTested(st *state, v ssa.Value, holds bool, b *ssa.BasicBlock) {
	load, addr, set := f.flagTest(v, holds)
	if addr == nil {
		return
	}
	locked := load.Block() == b && !calledAfter(b, load) && len(st.locks.Sure()) > 0
	_, atomic := load.(*ssa.Call)
	p, forGood, ok := f.flag(addr)
	switch {
	case !ok:
	case !set && locked:
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.WriteMode, Once: true})
	case set && forGood && (atomic || locked):
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
	}
}

// flagTest returns where v, a boolean that is holds, has loaded a flag, the flag's address, and whether it was found set.
func (f *function) flagTest(v ssa.Value, holds bool) (load ssa.Instruction, addr ssa.Value, set bool) {
	set = holds
	if addr, isNilIf := nilTest(v); addr != nil {
		return v.(*ssa.BinOp).X.(*ssa.UnOp), addr, holds != isNilIf
	}
	if cmp, ok := v.(*ssa.BinOp); ok {
		c, isConst := cmp.Y.(*ssa.Const)
		if !isConst || c.Value == nil || c.Value.Kind() != constant.Int || cmp.Op != token.EQL && cmp.Op != token.NEQ {
			return nil, nil, false
		}
		v, set = cmp.X, holds == ((cmp.Op == token.EQL) == isSet(c.Value))
	}
	switch v := v.(type) {
	case *ssa.Call:
		return v, f.askedAt(v), set
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return v, v.X, set
		}
	}
	return nil, nil, false
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
	if !ok {
		return
	}
	st.locks = st.locks.Without(&p)
	if c, ok := val.(*ssa.Const); ok && isSet(c.Value) {
		st.locks = st.locks.With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
	}
}

// flag returns the path of the field or package variable at addr, if it is a boolean, or an atomic flag or a map that is set for good.
func (f *function) flag(addr ssa.Value) (p domain.Path, forGood, ok bool) {
	if v, ok := f.u.variableAt(addr); ok {
		forGood = f.u.setOnce[v]
	}
	if b, ok := deref(addr.Type()).Underlying().(*types.Basic); !forGood && (!ok || b.Kind() != types.Bool) {
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
