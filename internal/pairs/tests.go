package pairs

import (
	"go/ast"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// drives reports whether t is a test that works on an object by hand, beside a goroutine that the product started: it calls what is not exported, which no
// user of the package can do, and knows what the goroutine is at.
func (t *Touch) drives(o *Touch) bool {
	if t.Fn.Entry != summary.Test || t.Spawn != nil || o.Spawn == nil || inTestFile(o.Spawn.Pos) || inTestFile(t.Pos) {
		return false
	}
	for i, f := range t.Chain {
		body := t.Pos
		if i+1 < len(t.Chain) {
			body = t.Chain[i+1].Pos
		}
		if !inTestFile(body) {
			name := f.Func.String()
			return !ast.IsExported(name[strings.LastIndex(name, ".")+1:])
		}
	}
	return false
}

func inTestFile(p domain.Pos) bool { return strings.HasSuffix(p.File.String(), "_test.go") }
