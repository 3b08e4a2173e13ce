package summary

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// dispatch decides an access of a method that an interface call may reach by the concrete types that the caller may pass: it is a method of one of these, or of what one embeds, or
// it is not reached.
func (a *arg) dispatch(u *unit, p *domain.Path) (*domain.Path, bool) {
	sel := p.Sel()
	if a.val == nil || len(sel) == 0 || !sel[0].IsTypeTag() {
		return p, true
	}
	held, known := u.concrete(a.val)
	if known && !slices.ContainsFunc(held, func(t types.Type) bool { return mayBe(t, sel[0], maxEmbedded) }) {
		return p, false
	}
	if mi, ok := a.val.(*ssa.MakeInterface); !ok || typeTag(mi.X.Type()) != sel[0] {
		return p, true
	}
	q := *p
	q.Clear()
	for _, s := range sel[1:] {
		q = q.Append(s)
	}
	return &q, true
}

// guesses reports whether it is only a guess that an access of the callee at p is to memory of what the caller passes: to that of the only implementation beside an
// interface, or to that of a type of another package which a function there finds behind an interface. Ours may be of any type.
func (e *env) guesses(p *domain.Path) bool {
	if p.Root.Kind != domain.Param {
		return false
	}
	if e.guess && p.Root.Index == 0 {
		return true
	}
	if e.local {
		return false // it has found that by what is put there
	}
	sel := p.Sel()
	if len(sel) == 0 || !sel[0].IsTypeTag() || strings.HasPrefix(sel[0].String(), "("+e.f.u.pass.Pkg.Path()+".") {
		return false
	}
	a := e.actual(&p.Root)
	if a == nil {
		return false
	}
	_, known := a.val.(*ssa.MakeInterface)
	return !known
}

// typeTag is the selection of an object of a concrete type behind an interface.
func typeTag(t types.Type) domain.Sym { return domain.TypeTag(typeSym(t)) }

// behindResult returns the name of the object at p, a result, that the callee has made with type t: where the result is an interface, methods of t have it by this.
func (f *function) behindResult(p domain.Path, t domain.Sym) domain.Path {
	if made := f.made[p.Root.Name]; t == 0 || t == p.Root.Type || made == nil || !types.IsInterface(made.Type()) {
		return p
	}
	return p.Append(domain.TypeTag(t))
}
