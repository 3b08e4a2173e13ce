package summary

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Lazily made maps: a variable that is set where it is found nil, and nowhere else once its object is made, is the flag of a sync.Once written by hand (see
// phase.go). Who has had it set, or found it set under the lock, reads the variable without: nobody sets it again.

// findLazy finds the variables of maps that are only set where they are found nil, and the stores of those that nobody finds so: wherever the package makes an object it puts a map
// there at once.
func (u *unit) findLazy(funcs []*ssa.Function) {
	lazy, other, unmade := map[variable][]*ssa.Store{}, map[variable]bool{}, map[variable]bool{}
	where := map[*ssa.Store]*ssa.BasicBlock{} // the blocks that are reached only where the variable was nil
	for _, fn := range funcs {
		found := u.foundNil(fn)
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				switch made := instr.(type) {
				case *ssa.Alloc:
					u.noteUnmade(unmade, made)
				case *ssa.MakeSlice:
					u.noteZero(unmade, made.Type().Underlying().(*types.Slice).Elem())
				}
				st, ok := instr.(*ssa.Store)
				if !ok || !IsMap(st.Val.Type()) {
					continue
				}
				v, ok := u.sharedVariable(st.Addr)
				if !ok {
					continue
				}
				if i := slices.IndexFunc(found[v], func(to *ssa.BasicBlock) bool { return to.Dominates(b) }); i >= 0 && !isNil(st.Val) {
					lazy[v] = append(lazy[v], st)
					where[st] = found[v][i]
				} else {
					other[v] = true
				}
			}
		}
	}
	for v, stores := range lazy {
		if other[v] {
			continue
		}
		u.setOnce[v] = true
		if _, ofPackage := v.value.(*ssa.Global); ofPackage && slices.ContainsFunc(stores, func(st *ssa.Store) bool { return u.calledAtInit(st.Parent()) }) {
			for _, st := range stores {
				u.initially[where[st]] = true
			}
		}
		if _, known := unmade[v]; known && !unmade[v] {
			for _, st := range stores {
				u.never[st] = true
			}
		}
	}
}

// maxInit bounds the calls from the initialisation of the package to what is called by it.
const maxInit = 3

// calledAtInit reports whether the initialisation of the package, of its variables or in an init function, calls fn by name.
func (u *unit) calledAtInit(fn *ssa.Function) bool {
	if u.atInit == nil {
		u.atInit = map[*ssa.Function]bool{}
		var level []*ssa.Function
		for name, m := range u.pkg.Members {
			if fn, ok := m.(*ssa.Function); ok && (name == "init" || strings.HasPrefix(name, "init#")) && !u.inTest(fn) {
				level = append(level, fn)
			}
		}
		for range maxInit {
			level = u.noteAtInit(level)
		}
	}
	return u.atInit[fn]
}

// noteAtInit notes the functions of the package that those of a level call by name, and returns the new ones.
func (u *unit) noteAtInit(level []*ssa.Function) (next []*ssa.Function) {
	for _, fn := range level {
		eachInstr(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			if !ok {
				return
			}
			if callee := staticTarget(call.Call.Value); callee != nil {
				if t := u.target(callee); t.Pkg == u.pkg && !u.atInit[t] {
					u.atInit[t] = true
					next = append(next, t)
				}
			}
		})
	}
	return next
}

// onlyAtInit reports whether b is come by only where a variable is nil which the initialisation of the package has set.
func (u *unit) onlyAtInit(b *ssa.BasicBlock) bool {
	for len(u.initially) > 0 && b != nil {
		if u.initially[b] {
			return true
		}
		b = b.Idom()
	}
	return false
}

// noteUnmade notes for the map fields of an object that is made whether they are nil then. What is a copy is made elsewhere.
func (u *unit) noteUnmade(unmade map[variable]bool, made *ssa.Alloc) {
	st, ok := deref(made.Type()).Underlying().(*types.Struct)
	if !ok {
		return
	}
	set := map[int]bool{}
	for _, ref := range *made.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == ssa.Value(made) {
				return
			}
		case *ssa.FieldAddr:
			for _, use := range *ref.Referrers() {
				if to, ok := use.(*ssa.Store); ok && to.Addr == ssa.Value(ref) && !isNil(to.Val) && to.Block() == made.Block() {
					set[ref.Field] = true
				}
			}
		}
	}
	for i := range st.NumFields() {
		switch field := st.Field(i); {
		case IsMap(field.Type()):
			// What others can name they can set, too.
			v := u.canon(variable{field: fieldSym(made.Type(), i)})
			unmade[v] = unmade[v] || !set[i] || field.Exported()
		default:
			u.noteZero(unmade, field.Type())
		}
	}
}

// noteZero notes that the map fields of a struct of type t, one in another object or in a slice, are nil at first.
func (u *unit) noteZero(unmade map[variable]bool, t types.Type) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range st.NumFields() {
		if IsMap(st.Field(i).Type()) {
			unmade[u.canon(variable{field: fieldSym(t, i)})] = true
		} else {
			u.noteZero(unmade, st.Field(i).Type())
		}
	}
}

// sharedVariable returns the variable at an address, if it is a package's or a field of an object that was not made there.
func (u *unit) sharedVariable(addr ssa.Value) (variable, bool) {
	switch x := addr.(type) {
	case *ssa.FieldAddr:
		if makesHere(x.X) {
			return variable{}, false
		}
	case *ssa.Global:
	default:
		return variable{}, false
	}
	return u.variableAt(addr)
}

// foundNil returns the blocks of fn that are reached only where a branch has found a variable nil.
func (u *unit) foundNil(fn *ssa.Function) map[variable][]*ssa.BasicBlock {
	var out map[variable][]*ssa.BasicBlock // most functions ask nothing of the sort
	for _, b := range fn.Blocks {
		branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		addr, isNil := nilTest(branch.Cond)
		if addr == nil {
			continue
		}
		to := b.Succs[1]
		if isNil {
			to = b.Succs[0]
		}
		if v, ok := u.variableAt(addr); ok && len(to.Preds) == 1 {
			if out == nil {
				out = map[variable][]*ssa.BasicBlock{}
			}
			out[v] = append(out[v], to)
		}
	}
	return out
}

// nilTest returns the address of the map variable that cond compares with nil, and whether it is nil if cond is true.
func nilTest(cond ssa.Value) (addr ssa.Value, isNilIf bool) {
	cmp, ok := cond.(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || !IsMap(cmp.X.Type()) || !isNil(cmp.Y) {
		return nil, false
	}
	if load, ok := cmp.X.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X, cmp.Op == token.EQL
	}
	return nil, false
}

// lazilySet notes that a variable which is only set where it is found nil has been set.
func (f *function) lazilySet(st *state, store *ssa.Store) {
	p, forGood, ok := f.flag(store.Addr)
	if !ok || !forGood {
		return
	}
	if l, held := st.locks.Get(&p); held && l.Once && l.Mode == domain.WriteMode && !l.Maybe {
		st.locks = st.locks.Without(&p).With(domain.Lock{Path: p, Mode: domain.ReadMode, Once: true})
	}
}
