// Package edit makes the text edits of suggested fixes: renames, imports, new declarations, and statements put under a lock.
package edit

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// Rename replaces an identifier where it stands.
func Rename(id *ast.Ident, name string) analysis.TextEdit { return replace(id, name) }

// Insert puts text before what stands at pos.
func Insert(pos token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
}

func replace(n ast.Node, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: n.Pos(), End: n.End(), NewText: []byte(text)}
}
