package report

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/summary"
)

// MapText returns the source text of the map that is touched at pos, empty if it isn't found.
func MapText(pass *analysis.Pass, pos token.Pos) string {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return mapText(pass.TypesInfo, file, pos)
		}
	}
	return ""
}

func mapText(info *types.Info, file *ast.File, pos token.Pos) string {
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
			if text := operandText(info, n); text != "" && n.Lparen >= pos {
				name = text
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

// operandText returns how the call names the map that it is an operation on: its receiver, or an argument.
func operandText(info *types.Info, call *ast.CallExpr) string {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && summary.IsMap(info.TypeOf(sel.X)) {
		return exprText(sel.X)
	}
	if len(call.Args) == 0 {
		return ""
	}
	return exprText(call.Args[0])
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
