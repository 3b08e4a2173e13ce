package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Fields that are other names of a field: a part has its owner's channel, or points to its WaitGroup or lock. Who signals by the one signals by the other, which the
// owner waits for; who locks by the one has locked the other.

// links finds those fields, and holds what is found: for each, the field that it is set to wherever it is set.
type links struct {
	u     *unit
	to    map[domain.Sym]domain.Sym // 0 if it is set to several, or to what is not known
	calls map[*ssa.Function][]*ssa.CallCommon
}

func (u *unit) findLinks(funcs []*ssa.Function) {
	u.links = &links{u: u, to: map[domain.Sym]domain.Sym{}, calls: map[*ssa.Function][]*ssa.CallCommon{}}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok && !call.Common().IsInvoke() {
					callee := u.calledFunc(call.Common().Value)
					u.links.calls[callee] = append(u.links.calls[callee], call.Common())
				}
			}
		}
	}
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if st, ok := instr.(*ssa.Store); ok {
					u.links.note(st)
				}
			}
		}
	}
}

// note notes what a field is set to. One that other packages can set may be set to anything.
func (l *links) note(st *ssa.Store) {
	field, ok := st.Addr.(*ssa.FieldAddr)
	if !ok || !isKey(st.Val.Type()) && !isLockPointer(st.Val.Type()) || token.IsExported(fieldName(field)) || isNil(st.Val) {
		return
	}
	name := fieldSym(field.X.Type(), field.Field)
	from := l.source(st.Val, 3)
	if was, known := l.to[name]; known && was != from || from == name {
		from = 0
	}
	l.to[name] = from
}

func fieldName(a *ssa.FieldAddr) string {
	return deref(a.X.Type()).Underlying().(*types.Struct).Field(a.Field).Name()
}

// isKey reports whether goroutines signal by a value of the type: a channel, or a pointer to a WaitGroup.
func isKey(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	p, ok := t.Underlying().(*types.Pointer)
	return ok && typeSym(p).String() == "sync.WaitGroup"
}

// isLockPointer reports whether what has the type is a lock of somebody's.
func isLockPointer(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return models.IsLock(t)
	}
	return false
}

// source returns the field whose channel v is, or which v points to, 0 if that is not known. A parameter is what all callers pass.
func (l *links) source(v ssa.Value, depth int) (from domain.Sym) {
	switch x := v.(type) {
	case *ssa.ChangeType:
		return l.source(x.X, depth)
	case *ssa.MakeInterface: // a sync.Locker
		return l.source(x.X, depth)
	case *ssa.UnOp:
		if field, ok := x.X.(*ssa.FieldAddr); ok && x.Op == token.MUL {
			return fieldSym(field.X.Type(), field.Field)
		}
	case *ssa.FieldAddr:
		return fieldSym(x.X.Type(), x.Field)
	case *ssa.Call:
		if fn := x.Call.StaticCallee(); fn != nil && depth > 0 {
			return l.returned(fn, depth-1)
		}
	case *ssa.Parameter:
		fn := x.Parent()
		if depth == 0 || fn.Parent() != nil || l.u.isExportedEntry(fn) {
			return 0
		}
		for i, p := range fn.Params {
			for _, c := range l.calls[fn] {
				if p != x {
					continue
				}
				if i >= len(c.Args) {
					return 0
				}
				arg := l.source(c.Args[i], depth-1)
				if arg == 0 || from != 0 && from != arg {
					return 0
				}
				from = arg
			}
		}
	}
	return from
}

// returned is source of what fn returns, whichever way it ends.
func (l *links) returned(fn *ssa.Function, depth int) (from domain.Sym) {
	for _, b := range fn.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if len(ret.Results) != 1 {
			return 0
		}
		what := l.source(ret.Results[0], depth)
		if what == 0 || from != 0 && from != what {
			return 0
		}
		from = what
	}
	return from
}

// signalKeys returns the names of what v signals.
func (f *function) signalKeys(v ssa.Value) []domain.Path {
	keys := f.paths(v)
	out := keys
	for i := range keys {
		if linked, ok := f.u.linked(&keys[i]); ok {
			if len(out) == len(keys) {
				out = append([]domain.Path(nil), keys...)
			}
			out = addPath(out, linked)
		}
	}
	return out
}

// linked returns the field of some owner that p is another name of.
func (u *unit) linked(p *domain.Path) (domain.Path, bool) {
	to := u.links.to[p.Loc()]
	return domain.Of(domain.Root{Kind: domain.Unknown}).Append(to), to != 0
}
