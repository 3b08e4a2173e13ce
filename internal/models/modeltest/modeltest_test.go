// Package modeltest holds the rows of third-party modules against the modules themselves, in a module of its own so that mapguard needs none of them:
//
//	cd internal/models/modeltest && go test
//
// go.mod has the versions.
package modeltest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"github.com/mapguard/mapguard/internal/models"
)

func TestRowsFit(t *testing.T) {
	rows := map[string][]*models.Row{}
	var paths []string
	for _, row := range models.Builtin().Rows() {
		if p := row.Package(); !models.IsStd(p) {
			if rows[p] == nil {
				paths = append(paths, p)
			}
			rows[p] = append(rows[p], row)
		}
	}
	require.NotEmpty(t, paths)
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax, Env: append(os.Environ(), "CGO_ENABLED=0"), ParseFile: parseHeads}, paths...)
	require.NoError(t, err)
	require.Len(t, pkgs, len(paths))
	for _, pkg := range pkgs {
		t.Run(pkg.PkgPath, func(t *testing.T) {
			require.NotNil(t, pkg.Types)
			require.NotEmpty(t, pkg.Types.Scope().Names(), "%v", pkg.Errors)
			for _, row := range rows[pkg.PkgPath] {
				assert.NoError(t, row.Fit(pkg.Types), "table.txt:%d", row.Line)
			}
		})
	}
}

// parseHeads leaves the bodies of functions out: to compile all that the modules need takes a quarter of an hour, and their types take seconds. The type
// checker misses the bodies, which does no harm here.
func parseHeads(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if file != nil {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				fn.Body = nil
			}
		}
	}
	return file, err
}
