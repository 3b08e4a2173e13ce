package rlockwrite

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/edit"
	"github.com/mapguard/mapguard/internal/report"
)

// widening is a fix, or the reason why there is none.
type widening struct {
	edits []analysis.TextEdit
	why   string
	from  token.Pos // where the section begins, if that is known
}

// fix makes the section at p hold l exclusively: each of its RLock becomes Lock, each of its RUnlock becomes Unlock.
//
// It is safe because nothing is moved, and the lock is held exactly where it was. What changes is that the section now waits for readers, and
// they for it. That is a deadlock if a reader waits for the section, so there is no fix if this goroutine may hold the lock already, or
// takes it again in the section, or waits there for another one.
func (c *checker) fix(p place, l *domain.Lock) (w widening) {
	if p.fn == nil {
		return widening{why: "the lock is taken in another function"}
	}
	sec, why := c.sources().Around(p.fn, p.at, l)
	if sec == nil {
		return widening{why: why}
	}
	w.from = sec.Acquires[0].Call.Pos()
	for _, op := range sec.Acquires {
		w.from = min(w.from, op.Call.Pos())
	}
	name := report.Short(l.Path.Loc())
	if name == "" {
		name = sec.Acquires[0].Text
	}
	if w.why = c.sources().Blocked(p.fn, sec, l, name); w.why != "" {
		return w
	}
	for _, op := range append(sec.Acquires, sec.Releases...) {
		to := map[string]string{"RLock": "Lock", "RUnlock": "Unlock"}[op.Name.Name]
		if to == "" {
			w.why = fmt.Sprintf("it is taken by %s", op.Name.Name)
			return w
		}
		if obj, _, _ := types.LookupFieldOrMethod(c.pass.TypesInfo.TypeOf(op.Lock), true, c.pass.Pkg, to); !isNiladic(obj) {
			w.why = fmt.Sprintf("the lock's type has no %s", to)
			return w
		}
		w.edits = append(w.edits, edit.Rename(op.Name, to))
	}
	return w
}

func isNiladic(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() == 0 && fn.Signature().Results().Len() == 0
}
