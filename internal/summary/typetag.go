package summary

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// dispatch decides an access of a method that an interface call may reach by the concrete type that the caller passes: it is that type's method, or it
// is not reached.
func (a *arg) dispatch(p *domain.Path) (*domain.Path, bool) {
	sel := p.Sel()
	mi, ok := a.val.(*ssa.MakeInterface)
	if !ok || len(sel) == 0 || !isTypeTag(sel[0]) {
		return p, true
	}
	if typeTag(mi.X.Type()) != sel[0] {
		return p, false
	}
	q := *p
	q.Clear()
	for _, s := range sel[1:] {
		q = q.Append(s)
	}
	return &q, true
}

// typeTag is the selection of an object of a concrete type behind an interface.
func typeTag(t types.Type) domain.Sym { return domain.Intern("(" + typeSym(t).String() + ")") }

func isTypeTag(s domain.Sym) bool { return !s.IsField() && strings.HasPrefix(s.String(), "(") }
