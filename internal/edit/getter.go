package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/sections"
)

// Clone returns a copy of a map instead of the map itself, at the return statement at pos. It says why not where that would change what the program does: a
// caller in the package writes to the map that it gets, or keeps it in a way that can't be followed.
//
// What callers in other packages do is not known. They hold no lock that the package could see, so all that is right for them to do is to read.
//
// Where the map goes out in a struct, obj being the variable or field that holds it, what is put into the struct is copied.
func Clone(p *sections.Package, pos token.Pos, obj *types.Var, held func(token.Pos) bool) (edits []analysis.TextEdit, why string) {
	file, ret, decl := returnAt(p, pos)
	if ret == nil || decl == nil {
		return nil, "it is not returned by a declared function"
	}
	if !slices.ContainsFunc(ret.Results, func(e ast.Expr) bool { return isMapType(p, e) }) {
		return cloneInto(p, obj, decl, held)
	}
	var result ast.Expr
	for _, e := range ret.Results {
		if isMapType(p, e) {
			if result != nil {
				return nil, "several maps are returned"
			}
			result = e
		}
	}
	switch ast.Unparen(result).(type) {
	case *ast.SelectorExpr, *ast.Ident:
	default:
		return nil, "the map has no name where it is returned"
	}
	if !held(ret.Pos()) {
		return nil, "the lock is not held where the map is returned"
	}
	fn, _ := p.Pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if why := keeps(p, fn); why != "" {
		return nil, why
	}
	return cloned(p, file, ret, result)
}

// cloned replaces an expression in a statement by a copy of the map that it is.
func cloned(p *sections.Package, file *ast.File, stmt ast.Stmt, e ast.Expr) (edits []analysis.TextEdit, why string) {
	h := &Hold{Pkg: p, Imports: map[*ast.File][]string{}}
	if h.since(file, "go1.21") {
		pkg, why := h.use(file, "maps", stmt.Pos())
		if why != "" {
			return nil, why
		}
		edits = []analysis.TextEdit{Insert(e.Pos(), pkg+".Clone("), Insert(e.End(), ")")}
		for _, path := range h.Imports[file] {
			edits = append(edits, Import(p.Pass.Fset, file, path))
		}
		return edits, ""
	}
	s := Find(p, namePos(ast.Unparen(e)))
	if s == nil || len(s.lists) == 0 || s.stmt() != stmt {
		return nil, "maps.Clone wants Go 1.21"
	}
	h.Sites = []*Site{s}
	if why := h.movable(stmt, e); why != "" {
		return nil, why
	}
	name := h.fresh(s, mapName(e), "snapshot")
	text, why := h.copyOf(s, stmt, e, name)
	return []analysis.TextEdit{h.before(stmt, text), replace(e, name)}, why
}

// returnAt returns the return statement at pos, and the declared function that it returns from.
func returnAt(p *sections.Package, pos token.Pos) (file *ast.File, ret *ast.ReturnStmt, decl *ast.FuncDecl) {
	for _, f := range p.Pass.Files {
		ast.PreorderStack(f, nil, func(n ast.Node, stack []ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok && r.Return == pos {
				file, ret = f, r
				for _, o := range stack {
					switch o := o.(type) {
					case *ast.FuncDecl:
						decl = o
					case *ast.FuncLit:
						decl = nil
					}
				}
			}
			return n.Pos() <= pos && pos < n.End()
		})
	}
	return file, ret, decl
}

// keeps returns why some use of fn in the package depends on the live map.
func keeps(p *sections.Package, fn *types.Func) (why string) {
	for _, file := range p.Pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			id, ok := n.(*ast.Ident)
			used, isFunc := p.Pass.TypesInfo.Uses[id].(*types.Func)
			if ok && isFunc && used.Origin() == fn && why == "" && !readsResult(p, id, stack) {
				why = fmt.Sprintf("at line %d the live map is used", p.Pass.Fset.Position(id.Pos()).Line)
			}
			return true
		})
	}
	return why
}

// readsResult reports whether a function that returns a map is called at the end of the stack, and the map is only read.
func readsResult(p *sections.Package, id *ast.Ident, stack []ast.Node) bool {
	i := len(stack) - 1
	if sel, ok := stack[i].(*ast.SelectorExpr); ok && sel.Sel == id {
		i--
	}
	call, ok := stack[i].(*ast.CallExpr)
	if !ok || i == 0 || call.Fun != stack[min(i+1, len(stack)-1)] && call.Fun != ast.Expr(id) {
		return false
	}
	switch outer := stack[i-1].(type) {
	case *ast.RangeStmt:
		return outer.X == call
	case *ast.ExprStmt:
		return true
	case *ast.IndexExpr:
		return outer.X == call && !isMapType(p, outer) && i > 1 && !assigned(stack[i-2], outer)
	case *ast.CallExpr:
		write, ok := operation(p, outer, call)
		return ok && !write
	case *ast.AssignStmt:
		return readsVariable(p, outer, call)
	}
	return false
}

// readsVariable reports whether the map of a call goes into a new variable that is only read.
func readsVariable(p *sections.Package, a *ast.AssignStmt, call *ast.CallExpr) bool {
	if a.Tok != token.DEFINE || len(a.Rhs) != 1 || a.Rhs[0] != ast.Expr(call) {
		return false
	}
	for _, l := range a.Lhs {
		id := l.(*ast.Ident)
		v, ok := p.Pass.TypesInfo.Defs[id].(*types.Var)
		if !ok && id.Name != "_" && isMapType(p, id) {
			return false
		}
		if ok && isMapType(p, id) && slices.ContainsFunc(Uses(p, v), func(u *Use) bool { return u.Site == nil || u.Site.Write || u.Why != "" }) {
			return false
		}
	}
	return true
}
