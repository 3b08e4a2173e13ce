package summary

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/intent"
	"github.com/mapguard/mapguard/internal/models"
)

// isSerial notes that the comment of a function or type says that two goroutines are not to call it at once.
func (in *intents) isSerial(name *ast.Ident, doc *ast.CommentGroup) {
	if doc != nil && intent.Serial(doc.Text()) {
		in.serial[in.u.pass.TypesInfo.Defs[name]] = true
	}
}

// calledAlone reports whether the comment of fn, or of the type of which it is a method, says that callers have to see to it that nobody else calls at the time.
func (in *intents) calledAlone(fn *ssa.Function) bool {
	obj := origin(fn)
	if obj == nil {
		return false
	}
	if in.serial[obj] {
		return true
	}
	recv := obj.Signature().Recv()
	if recv == nil {
		return false
	}
	named, ok := types.Unalias(deref(recv.Type())).(*types.Named)
	return ok && in.serial[named.Origin().Obj()]
}

// usedAlone reports whether fn is a method of a type that others use as an interface of which a row says that one goroutine at a time has the object.
func (u *unit) usedAlone(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	named, ok := types.Unalias(deref(recv.Type())).(*types.Named)
	if !ok {
		return false
	}
	t := named.Origin().Obj()
	alone, known := u.alone[t]
	if !known {
		for m := range named.Methods() {
			e, ok := u.scope.Method(m)
			alone = alone || ok && e.Times == models.Alone
		}
		u.alone[t] = alone
	}
	return alone
}
