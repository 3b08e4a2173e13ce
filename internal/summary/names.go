package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// name returns the name that people know a function by: "Server.loop", "main", "Serve$1".
func (u *unit) name(fn *ssa.Function) string {
	if fn.Parent() != nil {
		return u.name(fn.Parent()) + fn.Name()[len(fn.Parent().Name()):]
	}
	if recv := fn.Signature.Recv(); recv != nil {
		if t, ok := types.Unalias(deref(recv.Type())).(*types.Named); ok {
			return t.Obj().Name() + "." + fn.Name()
		}
	}
	return fn.Name()
}

func (u *unit) targetName(t target) domain.Sym {
	switch {
	case t.fn != nil:
		return domain.Intern(u.name(t.fn))
	case t.obj == nil:
		return domain.Intern("a function")
	case t.obj.Pkg() != nil && t.obj.Pkg() != u.pass.Pkg && t.obj.Signature().Recv() == nil:
		return domain.Intern(t.obj.Pkg().Name() + "." + t.obj.Name())
	}
	if recv := t.obj.Signature().Recv(); recv != nil {
		if n, ok := types.Unalias(deref(recv.Type())).(*types.Named); ok {
			return domain.Intern(n.Obj().Name() + "." + t.obj.Name())
		}
	}
	return domain.Intern(t.obj.Name())
}
