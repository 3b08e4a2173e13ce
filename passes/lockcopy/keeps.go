package lockcopy

import (
	"cmp"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// A keep is a map stored in an object that guards it with a lock of its own.
type keep struct {
	fn  *summary.Func
	pos token.Pos
	val ssa.Value // the map
	obj place     // the object that holds map and lock
	at  ssa.Instruction
	// field is the map, lock the lock; owner is the type that declares the lock.
	field, lock, owner domain.Sym
	// behind: the object has a pointer to the lock, which others may have, too.
	behind bool
	// from is whose map it is, if it came as part of a struct.
	from *keep
}

// keeps lists the stores of maps into objects with their own lock in f, in the order of the source.
func (c *checker) keeps(f *summary.Func, makers map[*ssa.Function][]made) []keep {
	var out []keep
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				for _, k := range c.stored(instr) {
					k.fn = f
					out = append(out, k)
				}
			case *ssa.Call:
				for _, m := range makers[target(instr)] {
					out = append(out, keep{
						fn: f, pos: instr.Pos(), val: instr.Call.Args[m.param], obj: place{root: instr}, at: instr,
						field: m.field, lock: m.lock, owner: m.owner,
					})
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b keep) int { return cmp.Compare(a.pos, b.pos) })
	return out
}

// stored returns what a store puts into an object with a lock: a map, or the maps of a struct that has no lock itself.
func (c *checker) stored(st *ssa.Store) []keep {
	at := placeOf(st.Addr)
	if at.root == nil || len(at.sel) == 0 {
		return nil
	}
	load, loaded := st.Val.(*ssa.UnOp)
	var out []keep
	for _, m := range c.holds.maps(st.Val.Type()) {
		k, ok := c.keepOf(at.down(st.Val.Type(), m))
		k.pos, k.val, k.at = st.Pos(), st.Val, st
		switch {
		case !ok:
		case summary.IsMap(st.Val.Type()):
			out = append(out, k)
		case loaded && load.Op == token.MUL:
			if from, ok := c.keepOf(placeOf(load.X).down(load.Type(), m)); ok {
				from.val, from.at, from.pos = load, load, load.Pos()
				k.from = &from
				out = append(out, k)
			}
		}
	}
	return out
}

// held returns whose map val is, if it was loaded from an object with a lock.
func (c *checker) held(val ssa.Value) (*keep, bool) {
	load, ok := val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, false
	}
	if !summary.IsMap(load.Type()) {
		return nil, false
	}
	k, ok := c.keepOf(placeOf(load.X))
	k.val, k.at = val, load
	return &k, ok
}

// keepOf returns the guard of the map variable at p, if the lock is the object's own.
func (c *checker) keepOf(p place) (keep, bool) {
	var path domain.Path
	for _, s := range p.sel {
		path = path.Append(s.sym)
	}
	loc := path.Loc()
	guard, ok := c.known().lock[loc]
	if !ok || guard.Owner == 0 {
		return keep{}, false
	}
	for i := len(p.sel) - 1; i >= 0; i-- {
		if s := p.sel[i]; s.owner == guard.Owner {
			obj := place{root: p.root, sel: p.sel[:i]}
			return keep{obj: obj, field: loc, lock: guard.Loc, owner: guard.Owner, behind: !c.byValue(s.typ, guard.Loc)}, true
		}
	}
	return keep{}, false
}

// byValue reports whether a value of t has the lock loc in it, and not a pointer to it.
func (c *checker) byValue(t types.Type, loc domain.Sym) bool {
	h := c.holds.of(t)
	if h == nil {
		return false
	}
	return slices.ContainsFunc(h.locks, func(l part) bool { return l.loc.Loc() == loc })
}

// newLock reports whether the object of k, which has a pointer to its lock, is given a new one.
func (k *keep) newLock() bool {
	at := k.obj.text() + "/" + k.lock.String()
	for _, b := range k.at.Parent().Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && isAlloc(st.Val) && placeOf(st.Addr).text() == at {
				return true
			}
		}
	}
	return false
}

// made is what a function does with a parameter: it stores the map in the object that it returns.
type made struct {
	param              int
	field, lock, owner domain.Sym
}

// makers finds constructors that take a map: newCache(m) is as good as &Cache{m: m}.
func (c *checker) makers() map[*ssa.Function][]made {
	out := map[*ssa.Function][]made{}
	for _, f := range c.res.Funcs {
		if f.SSA == nil || f.SSA.Parent() != nil {
			continue
		}
		for _, k := range c.keeps(f, nil) {
			i := slices.IndexFunc(f.SSA.Params, func(p *ssa.Parameter) bool { return p == k.val })
			if i >= 0 && isObject(k.obj.root) && published(k.obj.root) && !k.behind {
				out[f.SSA] = append(out[f.SSA], made{i, k.field, k.lock, k.owner})
			}
		}
	}
	return out
}
