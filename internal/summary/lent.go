package summary

import (
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// lent returns the locks that types lend: by a Lock or RLock method that they declare, and for types that are part of such a type; or because an object
// of the type stands for a section.
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
				if alloc, ok := instr.(*ssa.Alloc); ok && typeSym(alloc.Type()) != 0 {
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
	if !ok || named.Obj().Exported() || named.Obj().Pkg() != u.pass.Pkg || f.inTest {
		return
	}
	held := map[domain.Sym]bool{}
	for i := range st.locks {
		if l := &st.locks[i]; !l.Maybe && !l.Once && l.Path.Loc() != 0 {
			held[l.Path.Loc()] = true
		}
	}
	t := typeSym(named)
	u.mu.Lock()
	defer u.mu.Unlock()
	known, seen := u.heldAtMaking[t]
	if seen {
		maps.DeleteFunc(held, func(loc domain.Sym, _ bool) bool { return !known[loc] })
	}
	u.heldAtMaking[t] = held
}

// lendHanded finds the types whose objects are made under a lock, each of them, and of which another package calls methods: a visitor, what replays a batch.
// They are called there and then, mostly, and so under the lock.
func (u *unit) lendHanded() {
	for m := range u.callbacks {
		t := typeSym(m.Signature().Recv().Type())
		if u.lends[t] != 0 {
			continue
		}
		for loc := range u.heldAtMaking[t] {
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
