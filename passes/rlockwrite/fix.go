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
	sec, why := c.sources().around(p, l)
	if sec == nil {
		return widening{why: why}
	}
	w.from = sec.acquires[0].call.Pos()
	for _, op := range sec.acquires {
		w.from = min(w.from, op.call.Pos())
	}
	name := report.Short(l.Path.Loc())
	if name == "" {
		name = sec.acquires[0].text
	}
	if w.why = c.sources().blocked(p.fn, sec, l, name); w.why != "" {
		return w
	}
	for _, op := range append(sec.acquires, sec.releases...) {
		to := map[string]string{"RLock": "Lock", "RUnlock": "Unlock"}[op.name.Name]
		if to == "" {
			w.why = fmt.Sprintf("it is taken by %s", op.name.Name)
			return w
		}
		if obj, _, _ := types.LookupFieldOrMethod(c.pass.TypesInfo.TypeOf(op.lock), true, c.pass.Pkg, to); !isNiladic(obj) {
			w.why = fmt.Sprintf("the lock's type has no %s", to)
			return w
		}
		w.edits = append(w.edits, edit.Rename(op.name, to))
	}
	return w
}

func isNiladic(obj types.Object) bool {
	fn, ok := obj.(*types.Func)
	return ok && fn.Signature().Params().Len() == 0 && fn.Signature().Results().Len() == 0
}

// around returns the one section of l that p lies in, or why there is none.
func (s *sources) around(p place, l *domain.Lock) (*section, string) {
	var found *section
	seen := map[string]bool{}
	for _, op := range p.fn.ops {
		if !op.is(l) || seen[op.text] {
			continue
		}
		seen[op.text] = true
		for _, sec := range s.sections(p.fn, op.text, op.key) {
			if !sec.holds(p.at) {
				continue
			}
			if found != nil {
				return nil, "another lock of that name is taken in the section"
			}
			found = sec
		}
	}
	switch {
	case found == nil:
		return nil, "its section is not clear"
	case tries(found):
		return nil, "the lock is taken by an attempt"
	case len(found.releases) == 0 || found.open:
		return nil, "the lock is not released in this function on every path"
	}
	return found, ""
}
