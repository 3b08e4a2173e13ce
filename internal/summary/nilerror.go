package summary

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Waits that may give up: whoever waits beside a context returns an error where that ends first. Who finds no error has waited.

// noteNil notes what a return of no error has waited for.
func (f *function) noteNil(ret *ssa.Return, st *state) {
	n := len(ret.Results)
	if n == 0 || !isError(ret.Results[n-1].Type()) || surelyError(Spilled(ret.Results[n-1])) {
		return
	}
	if !f.returnsNil {
		f.returnsNil, f.nilWaits = true, st.waits
		return
	}
	f.nilWaits = domain.MeetPaths(f.nilWaits, st.waits)
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// surelyError reports whether v is an error that was made here, or that the package has in a variable.
func surelyError(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeInterface:
		return true
	case *ssa.UnOp:
		_, ok := v.X.(*ssa.Global)
		return ok && v.Op == token.MUL
	case *ssa.Call:
		if v.Call.IsInvoke() {
			return v.Call.Method.FullName() == "(context.Context).Err" // asked for where the context has ended
		}
		callee := v.Call.StaticCallee()
		return callee != nil && callee.Pkg != nil && (callee.Pkg.Pkg.Path() == "errors" && callee.Name() == "New" || callee.Pkg.Pkg.Path() == "fmt" && callee.Name() == "Errorf")
	}
	return false
}

// foundNil notes that all went well with a call, if the comparison cmp finds that it returned no error.
func (f *function) foundNil(st *state, cmp *ssa.BinOp, holds bool) {
	if isNil(cmp.Y) && isError(cmp.X.Type()) && holds == (cmp.Op == token.EQL) {
		f.wentWell(st, justSet(cmp.X))
	}
}
