package summary

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Together is the location of what functions have waited for that run together from then on, such as parallel tests.
var Together = domain.Intern("testing.Parallel")

var together = domain.Of(domain.Root{Kind: domain.Global, Name: Together})

// looked is what a test has waited for that had a condition looked at until it held, whatever that was.
var looked = domain.Of(domain.Root{Kind: domain.Global, Name: domain.Intern("testing.Eventually")})

// cleanup runs what calls have deferred to the end of the function.
func (f *function) cleanup(st *state, out *collector) {
	for _, call := range slices.Backward(st.cleanups) {
		known, _ := f.targets(&call.Call)
		for _, t := range known {
			for _, e := range f.u.effects(t) {
				if e.Kind == models.Cleanup {
					f.runLast(st, t.args[e.Arg], call, out)
				}
			}
		}
	}
	st.cleanups = nil
}

func (f *function) runLast(st *state, v ssa.Value, call *ssa.Call, out *collector) {
	for _, fv := range f.funcVals(v) {
		if fv.fn == nil {
			continue
		}
		if t := f.u.bind(fv, nil); f.u.effects(t) != nil {
			f.applyModel(st, f.u.effects(t), t, call, out) // t.Cleanup(wg.Wait)
		}
	}
	f.runNow(st, v, call, f.here(st), out)
}

// asks reports whether fn itself calls a method that servers call for each request.
func (u *unit) asks(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			if obj := calledByName(&call.Call); obj != nil && u.scope.Requests(obj) {
				return true
			}
		}
	}
	return false
}

// inTest reports whether fn stands in a _test.go file.
func (u *unit) inTest(fn *ssa.Function) bool { return u.isTestFile(fn.Pos()) }

func (u *unit) isTestFile(pos token.Pos) bool {
	return strings.HasSuffix(u.pass.Fset.Position(pos).Filename, "_test.go")
}
