package summary

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Flags: a goroutine fills the map and sets an atomic flag; whoever finds it set comes after that. Setting is a signal, and to find it set is to have
// waited for it. The key is the flag and the value: a goroutine that sets it to 1 when it starts and to 2 when it is done signals two things. Set in a
// loop, the flag orders nothing, since what comes before one turn's setting comes after that of the last.

// flagKeys returns the join keys of the flag at paths with value c: one for the value, and one for any that is set.
func flagKeys(paths []domain.Path, c constant.Value) []domain.Path {
	keys := extend(paths, domain.FlagSet)
	if c.Kind() == constant.Int {
		keys = domain.UnionPaths(keys, extend(paths, domain.FlagValue(c.ExactString())))
	}
	return keys
}

// setFlag notes that the flag is set to v.
func (f *function) setFlag(st *state, flag, v ssa.Value) {
	f.flagStored(st, flag, v)
	if c, ok := v.(*ssa.Const); ok && isSet(c.Value) {
		f.signal(st, flagKeys(f.paths(flag), c.Value))
	}
}

// isSet reports whether a flag of value c is set, as opposed to what it is at first.
func isSet(c constant.Value) bool {
	switch {
	case c == nil:
		return false
	case c.Kind() == constant.Bool:
		return constant.BoolVal(c)
	}
	return c.Kind() == constant.Int && constant.Sign(c) != 0
}

// foundSet notes what a branch on v has found of flags.
func (f *function) foundSet(st *state, v ssa.Value, holds bool) {
	switch v := v.(type) {
	case *ssa.Call:
		if paths := f.asked(v); holds {
			f.wait(st, extend(paths, domain.FlagSet), false)
		}
	case *ssa.BinOp:
		call, isCall := v.X.(*ssa.Call)
		c, isConst := v.Y.(*ssa.Const)
		if !isCall || !isConst || c.Value == nil || c.Value.Kind() != constant.Int {
			return
		}
		paths, zero := f.asked(call), constant.Sign(c.Value) == 0
		switch {
		case v.Op == token.EQL && holds && !zero, v.Op == token.NEQ && !holds && !zero:
			f.wait(st, flagKeys(paths, c.Value), false)
		case v.Op == token.NEQ && holds && zero, v.Op == token.EQL && !holds && zero, v.Op == token.GTR && holds && zero:
			f.wait(st, extend(paths, domain.FlagSet), false)
		}
	}
}

// asked returns the flag that call loads.
func (f *function) asked(call *ssa.Call) []domain.Path {
	if addr := f.askedAt(call); addr != nil {
		return f.paths(addr)
	}
	return nil
}

func (f *function) askedAt(call *ssa.Call) ssa.Value {
	known, _ := f.targets(&call.Call)
	for _, t := range known {
		for _, e := range f.u.effects(t) {
			if e.Kind == models.Ask {
				return t.args[e.Arg]
			}
		}
	}
	return nil
}
