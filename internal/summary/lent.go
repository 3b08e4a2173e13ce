package summary

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// lent returns the locks that types lend: by a Lock or RLock method that they declare, and for types that are part of such a type; because an object
// of the type stands for a section; because an object calls its own callbacks with itself, and under its lock; or because it leaves its lock to others.
func (u *unit) lent() map[domain.Sym]domain.Sym {
	if u.lends != nil {
		return u.lends
	}
	u.lends = map[domain.Sym]domain.Sym{}
	for _, m := range slices.Concat(u.methods["Lock"], u.methods["RLock"]) {
		sum := u.sums[m.fn]
		if m.fn.Signature.Params().Len() == 0 && sum != nil && len(sum.Acquired) == 1 {
			u.lend(m.recv, sum.Acquired[0].Path.Loc(), 0)
		}
	}
	u.lendSections()
	u.lendHanded()
	u.lendAny(u.givenSelf)
	u.lendLeft()
	return u.lends
}

func (u *unit) lend(t types.Type, lock domain.Sym, depth int) {
	s := typeSym(t)
	if s == 0 || depth > 3 || u.lends[s] != 0 {
		return
	}
	u.lends[s] = lock
	if st, ok := deref(t).Underlying().(*types.Struct); ok {
		for field := range st.Fields() {
			if field.Embedded() {
				u.lend(field.Type(), lock, depth+1)
			}
		}
	}
}

// lendSections finds the types whose objects stand for a section: whoever makes one returns with a lock held, and a method of the object gives it up. Whoever
// has the object is in the section, until then. A type of which some object is made without the lock is none.
func (u *unit) lendSections() {
	made := map[domain.Sym]map[domain.Sym]bool{} // the locks held by those that make objects of a type
	for fn, sum := range u.sums {
		if u.inTest(fn) {
			continue
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if alloc, ok := instr.(*ssa.Alloc); ok && typeSym(alloc.Type()) != 0 && onlyParameter(alloc) == nil { // a receiver that is a value was made by the caller
					t := typeSym(alloc.Type())
					made[t] = heldBy(sum, made[t])
				}
			}
		}
	}
	sections := map[domain.Sym]domain.Sym{}
	for _, methods := range u.methods {
		for _, m := range methods {
			t := typeSym(m.recv)
			for _, p := range u.sums[m.fn].Released {
				if loc := p.Loc(); made[t][loc] && (sections[t] == 0 || loc.String() < sections[t].String()) {
					sections[t] = loc
				}
			}
		}
	}
	for t, lock := range sections {
		if u.lends[t] == 0 {
			u.lends[t] = lock
		}
	}
}

// madeUnder notes which locks are held where f makes an object of an unexported type: those that are held wherever one is made.
func (u *unit) madeUnder(f *function, st *state, alloc *ssa.Alloc) {
	named, ok := types.Unalias(deref(alloc.Type())).(*types.Named)
	if !ok || onlyParameter(alloc) != nil || named.Obj().Exported() || named.Obj().Pkg() != u.pass.Pkg || f.inTest {
		return
	}
	held := map[domain.Sym]bool{}
	for i := range st.locks {
		if l := &st.locks[i]; !l.Maybe && !l.Once && l.Path.Loc() != 0 {
			held[l.Path.Loc()] = true
		}
	}
	u.meet(u.heldAtMaking, typeSym(named), held)
}

// meet notes in of that the locks are held, of those that were held each time before.
func (u *unit) meet(of map[domain.Sym]map[domain.Sym]bool, t domain.Sym, held map[domain.Sym]bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	known, seen := of[t]
	if seen {
		maps.DeleteFunc(held, func(loc domain.Sym, _ bool) bool { return !known[loc] })
	}
	of[t] = held
}

// givesItself notes which of an object's locks are held where a method of it calls a function that the object has got, with the object itself: what that asks of the
// object it asks under the lock. It can't call the methods that lock, so that those which don't may be there for it.
func (u *unit) givesItself(f *function, st *state, c *ssa.CallCommon) {
	recv := f.fn.Signature.Recv()
	if recv == nil || f.inTest || c.StaticCallee() != nil || !slices.Contains(c.Args, ssa.Value(f.fn.Params[0])) {
		return
	}
	own := func(p domain.Path) bool { return p.Root.Kind == domain.Param && p.Root.Index == 0 && len(p.Sel()) > 0 }
	if !slices.ContainsFunc(f.paths(c.Value), own) {
		return
	}
	held := map[domain.Sym]bool{}
	for i := range st.locks {
		if l := &st.locks[i]; own(l.Path) && len(l.Path.Sel()) == 1 && !l.Maybe && !l.Once && l.Path.Loc() != 0 {
			held[l.Path.Loc()] = true
		}
	}
	u.meet(u.givenSelf, typeSym(recv.Type()), held)
}

// lendLeft finds the types that leave their lock to others: it is embedded, so that whoever has the object can take it; no method of the type does, and some
// function takes it and then calls methods.
func (u *unit) lendLeft() {
	own, left := map[domain.Sym]bool{}, map[domain.Sym]map[domain.Sym]bool{}
	for fn := range u.sums {
		if u.inTest(fn) {
			continue
		}
		taken, called := u.usesOf(fn)
		for t, lock := range taken {
			switch of := methodOf(fn); {
			case of == t:
				own[t] = true
			case called[t]:
				if left[t] == nil {
					left[t] = map[domain.Sym]bool{}
				}
				left[t][lock] = true // of several, lendAny takes the same each time
			}
		}
	}
	maps.DeleteFunc(left, func(t domain.Sym, _ map[domain.Sym]bool) bool { return own[t] })
	u.lendAny(left)
}

// usesOf returns the types of whose objects fn takes the embedded lock, with that, and those of which it calls methods.
func (u *unit) usesOf(fn *ssa.Function) (taken map[domain.Sym]domain.Sym, called map[domain.Sym]bool) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || call.Call.StaticCallee() == nil || len(call.Call.Args) == 0 {
				continue
			}
			callee, recv := call.Call.StaticCallee(), call.Call.Args[0]
			lock := u.wholeLock(recv)
			field, ok := lock.(*ssa.FieldAddr)
			switch {
			case callee.Signature.Recv() == nil:
			case ok && models.IsLock(lock.Type()):
				st, _ := deref(field.X.Type()).Underlying().(*types.Struct)
				if st != nil && st.Field(field.Field).Embedded() && slices.ContainsFunc(effectsOf(&call.Call), func(e models.Effect) bool { return e.Kind == models.Acquire }) {
					if taken == nil {
						taken, called = map[domain.Sym]domain.Sym{}, map[domain.Sym]bool{}
					}
					taken[typeSym(field.X.Type())] = fieldSym(field.X.Type(), field.Field)
				}
			case taken != nil:
				called[typeSym(recv.Type())] = true
			}
		}
	}
	delete(taken, 0)
	return taken, called
}

// methodOf returns the type that fn, or the function around it, is a method of, 0 if of none.
func methodOf(fn *ssa.Function) domain.Sym {
	recv := declared(fn).Signature.Recv()
	if recv == nil {
		return 0
	}
	return typeSym(recv.Type())
}

// Stands reports whether what is written at pos stands in fn, or in a literal there.
func Stands(fn *ssa.Function, pos token.Pos) bool {
	node := fn.Syntax()
	return node != nil && node.Pos() <= pos && pos < node.End()
}

// declared returns the function that fn is, or is a literal in.
func declared(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil {
		fn = fn.Parent()
	}
	return fn
}

// lendHanded finds the types whose objects are made under a lock, each of them, and of which another package calls methods: a visitor, what replays a batch.
// They are called there and then, mostly, and so under the lock.
func (u *unit) lendHanded() {
	handed := map[domain.Sym]map[domain.Sym]bool{}
	for m := range u.callbacks {
		t := typeSym(m.Signature().Recv().Type())
		handed[t] = u.heldAtMaking[t]
	}
	u.lendAny(handed)
}

// lendAny lends each type, if nothing was lent to it before, the first of its locks.
func (u *unit) lendAny(locks map[domain.Sym]map[domain.Sym]bool) {
	for t, held := range locks {
		if u.lends[t] != 0 {
			continue
		}
		for loc := range held {
			if u.lends[t] == 0 || loc.String() < u.lends[t].String() {
				u.lends[t] = loc
			}
		}
	}
}

// heldBy returns the locks that a function returns with, of those that are in known if it is not nil.
func heldBy(sum *domain.Summary, known map[domain.Sym]bool) map[domain.Sym]bool {
	out := map[domain.Sym]bool{}
	for i := range sum.Acquired {
		l := &sum.Acquired[i]
		if loc := l.Path.Loc(); loc != 0 && !l.Maybe && (known == nil || known[loc]) {
			out[loc] = true
		}
	}
	return out
}
