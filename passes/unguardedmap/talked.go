package unguardedmap

import (
	"go/token"
	"path"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/summary"
)

// talked reports whether t is a test that sets a variable which a goroutine of its own, here the one of o, has put into a map, after it has called the product: that is
// how it talks to such a goroutine, a server at the other end of a pipe. Maps are another matter: a goroutine that goes on with one is a race whatever it has told.
func (r *reporter) talked(t, o *pairs.Touch) bool {
	if strict || t.Kind != domain.Store || o.Kind != domain.OperandRead || t.Spawn != nil || o.Spawn == nil || o.Many || !t.Fn.InTest {
		return false
	}
	at := r.res.At(t.Pos)
	fn := innermost(t.Fn.SSA, at)
	if fn == nil {
		return false
	}
	start := r.res.At(o.Spawn.Pos)
	if !summary.Stands(fn, start) {
		start = fn.Pos() // a helper starts it
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && start < call.Pos() && call.Pos() < at && r.isProduct(call.Common()) {
				return true
			}
		}
	}
	return false
}

// innermost returns the function literal in fn, or fn, that the text at pos stands in, nil if it stands elsewhere.
func innermost(fn *ssa.Function, pos token.Pos) *ssa.Function {
	if !summary.Stands(fn, pos) {
		return nil
	}
	for _, lit := range fn.AnonFuncs {
		if in := innermost(lit, pos); in != nil {
			return in
		}
	}
	return fn
}

// isProduct reports whether a call is one of what a test tests: of no builtin, nothing of the test itself, and nothing that checks results.
func (r *reporter) isProduct(c *ssa.CallCommon) bool {
	if c.IsInvoke() {
		return true
	}
	fn := c.StaticCallee()
	if fn == nil || fn.Object() == nil || fn.Object().Pkg() == nil {
		return false
	}
	if pkg := fn.Object().Pkg(); pkg != r.pass.Pkg {
		return path.Base(pkg.Path()) != "testing" && !strings.Contains(pkg.Path(), "testify") && strings.Contains(pkg.Path(), ".")
	}
	return fn.Pos() != token.NoPos && !strings.HasSuffix(r.pass.Fset.Position(fn.Pos()).Filename, "_test.go")
}
