// Package edit makes the text edits of suggested fixes.
package edit

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"
)

// Rename replaces an identifier where it stands.
func Rename(id *ast.Ident, name string) analysis.TextEdit {
	return analysis.TextEdit{Pos: id.Pos(), End: id.End(), NewText: []byte(name)}
}
