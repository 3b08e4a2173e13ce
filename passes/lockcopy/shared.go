package lockcopy

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
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
}

// shared finds maps that lie in two objects, each of which guards it with its own lock, where the map is written in place.
func (c *checker) shared() {
	makers := c.makers()
	for _, f := range c.res.Funcs {
		if f.Fn == nil || f.InTest {
			continue
		}
		keeps := c.keeps(f, makers)
		for i := range keeps {
			c.judge(&keeps[i], keeps[:i])
		}
	}
}

// judge decides for one map that is stored in k, after others were in the same function.
func (c *checker) judge(k *keep, before []keep) {
	if !published(k.obj.root, k.at.Parent()) || copied(k.obj.root) {
		return
	}
	for _, val := range sources(k.val) {
		if from, ok := c.held(val); ok && from.obj.text() != k.obj.text() && published(from.obj.root, k.at.Parent()) && !c.handedOver(from, k) {
			c.reportShared(k, fmt.Sprintf("takes the map %s from %s", short(from.field), c.objectName(from)), from)
			return
		}
		for i := range before {
			b := &before[i]
			if slices.Contains(sources(b.val), val) && b.obj.text() != k.obj.text() && published(b.obj.root, k.at.Parent()) && !isNil(val) && !exclusive(b.at, k.at) {
				c.reportShared(k, "gets the map that a "+short(b.owner)+" already has", b)
				return
			}
		}
		if g := packageMap(val); g != nil && isAlloc(k.obj.root) && k.fn.Entry != summary.Setup && k.fn.Entry != summary.Main {
			c.reportShared(k, fmt.Sprintf("gets the map %s of the package, as every other one made here does", g.Name()), k)
			return
		}
		if c.repeated(k, val) {
			c.reportShared(k, "gets the same map as the one before", k)
			return
		}
	}
}

// reportShared words a map that is in k and in from.
func (c *checker) reportShared(k *keep, how string, from *keep) {
	locks := fmt.Sprintf("each locks its own %s", short(k.lock))
	if from.lock != k.lock {
		locks = fmt.Sprintf("one locks %s, the other %s", typed(from.lock), typed(k.lock))
	}
	msg := fmt.Sprintf("the %s made here %s: %s while both write one map", short(k.owner), how, locks)
	if _, fresh := k.obj.root.(*ssa.Alloc); !fresh {
		msg = fmt.Sprintf("%s %s: %s while both write one map", typed(k.field), how, locks)
	}
	at := c.pass.Fset.Position(k.pos)
	d := analysis.Diagnostic{Pos: k.pos, Message: msg, Related: c.sharedRelated(k, from)}
	if fix, why := c.shareLock(k, from); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	} else {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: d.Pos, Message: "no fix: " + why})
	}
	c.out.Add(fmt.Sprint("shared ", at.Filename, at.Line, k.field), d)
}

func (c *checker) sharedRelated(k, from *keep) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	if from != k && from.pos.IsValid() && from.pos != k.pos {
		out = append(out, analysis.RelatedInformation{Pos: from.pos, Message: "the other object gets it here"})
	}
	return out
}

// objectName says whose map it is.
func (c *checker) objectName(from *keep) string {
	if p, ok := from.obj.root.(*ssa.Parameter); ok && len(from.obj.sel) == 0 {
		return p.Name()
	}
	return "another " + short(from.owner)
}

// short is the last name of a symbol, typed the last two.
func short(s domain.Sym) string {
	text := s.String()
	return text[lastDot(text)+1:]
}

func typed(s domain.Sym) string {
	text := s.String()
	i := lastDot(text)
	if i < 0 {
		return text
	}
	return text[lastDot(text[:i])+1:]
}

func lastDot(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' || s[i] == '/' {
			return i
		}
	}
	return -1
}

// keeps lists the stores of maps into objects with their own lock in f, in the order of the source.
func (c *checker) keeps(f *summary.Func, makers map[*ssa.Function][]made) []keep {
	var out []keep
	for _, b := range f.Fn.Blocks {
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

// stored returns what a store puts into an object with a lock: the map, or the maps of a struct that has no lock itself.
func (c *checker) stored(st *ssa.Store) []keep {
	at := placeOf(st.Addr)
	if at.root == nil || len(at.sel) == 0 {
		return nil
	}
	if k, ok := c.keepOf(at); ok && isMap(st.Val.Type()) {
		k.pos, k.val, k.at = st.Pos(), st.Val, st
		return []keep{k}
	}
	return nil
}

// held returns whose map val is, if it was loaded from an object with a lock.
func (c *checker) held(val ssa.Value) (*keep, bool) {
	load, ok := val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, false
	}
	k, ok := c.keepOf(placeOf(load.X))
	k.val, k.at = val, load
	return &k, ok
}

// keepOf returns the guard of the map variable at p, if the lock lies in the same object by value and the map is written in place under it.
func (c *checker) keepOf(p place) (keep, bool) {
	var path domain.Path
	for _, s := range p.sel {
		path = path.Append(s.sym)
	}
	loc := path.Loc()
	guard, ok := c.guards.lock[loc]
	if !ok || guard.Owner == 0 || !c.guards.written[loc] {
		return keep{}, false
	}
	for i := len(p.sel) - 1; i >= 0; i-- {
		if s := p.sel[i]; s.owner == guard.Owner && c.byValue(s.typ, guard.Loc) {
			return keep{obj: place{root: p.root, sel: p.sel[:i]}, field: loc, lock: guard.Loc, owner: guard.Owner}, true
		}
	}
	return keep{}, false
}

// byValue reports whether a value of t has the lock loc in it: a pointer to a lock is the same lock in every copy.
func (c *checker) byValue(t types.Type, loc domain.Sym) bool {
	h := c.holds.of(t)
	if h == nil {
		return false
	}
	return slices.ContainsFunc(h.locks, func(l part) bool { return l.loc.Loc() == loc })
}

// handedOver reports whether the function that moves the map from one object to another gives the first one a new map.
func (c *checker) handedOver(from, k *keep) bool {
	load := from.val.(*ssa.UnOp)
	at := placeOf(load.X).text()
	for _, b := range k.at.Parent().Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && placeOf(st.Addr).text() == at && st != k.at {
				return true
			}
		}
	}
	return false
}

// repeated reports whether k stores val, made once, in each object that a loop makes.
func (c *checker) repeated(k *keep, val ssa.Value) bool {
	obj, ok := k.obj.root.(ssa.Instruction)
	if !ok || isNil(val) {
		return false
	}
	switch k.obj.root.(type) {
	case *ssa.Alloc, *ssa.Call:
	default:
		return false
	}
	loop := obj.Block()
	if !reaches(loop, loop) {
		return false
	}
	switch val := val.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.MakeMap:
		return !reaches(loop, val.Block())
	}
	return false
}

// packageMap returns the package variable that val was loaded from.
func packageMap(val ssa.Value) *ssa.Global {
	load, ok := val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	g, _ := load.X.(*ssa.Global)
	return g
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
		if f.Fn == nil || f.Fn.Parent() != nil {
			continue
		}
		for _, k := range c.keeps(f, nil) {
			i := slices.IndexFunc(f.Fn.Params, func(p *ssa.Parameter) bool { return p == k.val })
			if i >= 0 && isAlloc(k.obj.root) && published(k.obj.root, f.Fn) {
				out[f.Fn] = append(out[f.Fn], made{i, k.field, k.lock, k.owner})
			}
		}
	}
	return out
}
