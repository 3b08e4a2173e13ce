package report

import (
	"go/ast"
	"go/token"
)

// MapText returns the source text of the map that is touched at pos, empty if it isn't found.
func MapText(files []*ast.File, pos token.Pos) string {
	for _, file := range files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return mapText(file, pos)
		}
	}
	return ""
}

func mapText(file *ast.File, pos token.Pos) string {
	name := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || n.Pos() > pos || n.End() < pos {
			return false
		}
		switch n := n.(type) {
		case *ast.IndexExpr:
			name = exprText(n.X)
		case *ast.RangeStmt:
			name = exprText(n.X)
		case *ast.CallExpr:
			if len(n.Args) > 0 && n.Lparen >= pos {
				name = exprText(n.Args[0])
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 {
				name = exprText(n.Lhs[0])
			}
		}
		return true
	})
	return name
}

func exprText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprText(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr:
		return exprText(e.X) + "[…]"
	case *ast.StarExpr:
		return exprText(e.X)
	case *ast.ParenExpr:
		return exprText(e.X)
	}
	return ""
}
