package summary

import (
	"go/constant"
	"go/token"
	"go/types"

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

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Bool
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

// look is what a branch has found of a flag: a boolean, a number, or a map that is nil or not.
type look struct {
	load  ssa.Instruction // what has loaded it, a call if it is atomic
	addr  ssa.Value       // where it is
	set   bool
	value constant.Value // what it was set to, nil if that is not known
}

// lookOf returns what a branch on v has found, where v holds or not.
func (f *function) lookOf(v ssa.Value, holds bool) (l look, ok bool) {
	if addr, isNilIf := nilTest(v); addr != nil {
		return look{load: v.(*ssa.BinOp).X.(*ssa.UnOp), addr: addr, set: holds != isNilIf}, true
	}
	l.set = holds
	if cmp, isCmp := v.(*ssa.BinOp); isCmp {
		c, isConst := cmp.Y.(*ssa.Const)
		if !isConst || c.Value == nil || c.Value.Kind() != constant.Int {
			return look{}, false
		}
		v = cmp.X
		switch {
		case cmp.Op == token.GTR && !isSet(c.Value):
		case cmp.Op == token.EQL, cmp.Op == token.NEQ:
			is := holds == (cmp.Op == token.EQL)
			if l.set = is == isSet(c.Value); is && l.set {
				l.value = c.Value
			}
		default:
			return look{}, false
		}
	}
	switch v := v.(type) {
	case *ssa.Call:
		l.load, l.addr = v, f.asked(v)
	case *ssa.UnOp:
		if v.Op == token.MUL {
			l.load, l.addr = v, v.X
		}
	}
	return l, l.addr != nil
}

// foundSet notes that whoever has found an atomic flag set comes after that.
func (f *function) foundSet(st *state, l look) {
	if _, atomic := l.load.(*ssa.Call); !atomic || !l.set {
		return
	}
	keys := extend(f.paths(l.addr), domain.FlagSet)
	if l.value != nil {
		keys = flagKeys(f.paths(l.addr), l.value)
	}
	f.wait(st, keys, false)
}

// asked returns the address of the flag that call loads.
func (f *function) asked(call *ssa.Call) ssa.Value {
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
