package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Locks in tables: one for each key, or a number of them, of which the key chooses one. They are for what is the key's own; a map that is one for all keys
// is touched by those who have chosen another one, too.

// keyed reports whether an argument chooses the lock at v from a table.
func (f *function) keyed(v ssa.Value) bool {
	for range maxTaken {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.UnOp:
			v = x.X
		case *ssa.IndexAddr:
			return f.keyOf(x.Index) != 0
		case *ssa.Lookup:
			return f.keyOf(x.Index) != 0
		case *ssa.Call:
			return f.u.choosesLock(x.Call.StaticCallee())
		default:
			return false
		}
	}
	return false
}

// choosesLock reports whether fn, of this package, returns what one of its arguments chooses from a table.
func (u *unit) choosesLock(fn *ssa.Function) bool {
	if fn == nil {
		return false
	}
	for _, b := range u.target(fn).Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && len(ret.Results) == 1 && slices.ContainsFunc(alternatives(Spilled(ret.Results[0])), chosenByParam) {
			return true
		}
	}
	return false
}

// chosenByParam reports whether v is found in a map by a parameter that is not the receiver.
func chosenByParam(v ssa.Value) bool {
	if ex, ok := v.(*ssa.Extract); ok {
		v = ex.Tuple
	}
	found, ok := v.(*ssa.Lookup)
	if !ok {
		return false
	}
	p, ok := chosenBy(found.Index).(*ssa.Parameter)
	return ok && (p.Parent().Signature.Recv() == nil || p != p.Parent().Params[0])
}

// oneOfTable leaves out of the names of one lock that of a new one, if the lock may be found in a table: there a new one is put.
func (f *function) oneOfTable(paths []domain.Path) []domain.Path {
	if len(paths) < 2 || !slices.ContainsFunc(paths, func(p domain.Path) bool { return p.Chosen() }) {
		return paths
	}
	return slices.DeleteFunc(slices.Clone(paths), func(p domain.Path) bool { return p.Root.Kind == domain.Local && len(p.Sel()) == 0 })
}
