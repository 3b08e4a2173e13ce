package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/sections"
)

// cloneInto is Clone for a function that puts the map of obj into a new object and returns that.
func cloneInto(p *sections.Package, obj *types.Var, decl *ast.FuncDecl, held func(at token.Pos) bool) ([]analysis.TextEdit, string) {
	var out *Use
	var part *types.Var
	if obj != nil {
		for _, u := range Uses(p, obj) {
			if u.Why == "" || !contains(decl, u.Expr) {
				continue
			}
			if out != nil {
				return nil, "the map is handed on at several places"
			}
			out, part = u, partOf(p, u, decl)
		}
	}
	switch {
	case part == nil:
		return nil, "the map has no name where it is returned"
	case !held(out.Expr.Pos()):
		return nil, "the lock is not held where the map is handed on"
	}
	fn, _ := p.Pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if why := writesPart(p, fn, part); why != "" {
		return nil, why
	}
	for i := len(out.Stack) - 1; i > 0; i-- {
		if stmt, ok := out.Stack[i].(ast.Stmt); ok {
			return cloned(p, out.Stack[0].(*ast.File), stmt, out.Expr)
		}
	}
	return nil, "the map has no name where it is returned"
}

// partOf returns the field that a use puts the map into: of a struct that is written there, or of a local variable. It is nil for other uses.
func partOf(p *sections.Package, u *Use, decl *ast.FuncDecl) *types.Var {
	info := p.Pass.TypesInfo
	switch outer := u.around(0).(type) {
	case *ast.KeyValueExpr:
		key, ok := outer.Key.(*ast.Ident)
		if !ok || ast.Unparen(outer.Value) != u.Expr {
			return nil
		}
		if v, ok := info.Uses[key].(*types.Var); ok && v.IsField() {
			return origin(v)
		}
	case *ast.AssignStmt:
		if len(outer.Lhs) != 1 || len(outer.Rhs) != 1 {
			return nil
		}
		sel, ok := ast.Unparen(outer.Lhs[0]).(*ast.SelectorExpr)
		if !ok {
			return nil
		}
		base, ok := ast.Unparen(sel.X).(*ast.Ident)
		if !ok {
			return nil
		}
		v, isVar := info.Uses[base].(*types.Var)
		if field, ok := info.Uses[sel.Sel].(*types.Var); ok && isVar && contains(decl.Body, identAt(v)) {
			return origin(field)
		}
	}
	return nil
}

// writesPart returns why a caller of fn may depend on the live map: it writes to the field that the map comes in.
func writesPart(p *sections.Package, fn *types.Func, part *types.Var) string {
	callers := map[ast.Node]bool{}
	for _, file := range p.Pass.Files {
		for _, d := range file.Decls {
			ast.Inspect(d, func(n ast.Node) bool {
				id, ok := n.(*ast.Ident)
				if used, isFunc := p.Pass.TypesInfo.Uses[id].(*types.Func); ok && isFunc && used.Origin() == fn {
					callers[d] = true
				}
				return true
			})
		}
	}
	for _, u := range Uses(p, part) {
		writes := u.Site == nil || u.Site.Write || u.Why != ""
		if writes && callers[u.Stack[1]] {
			return fmt.Sprintf("at line %d the live map is used", p.Pass.Fset.Position(u.Expr.Pos()).Line)
		}
	}
	return ""
}
