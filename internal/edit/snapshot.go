package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"go/version"
	"path"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"
)

// snapshot copies the map that a loop ranges over, so that the lock is held for that only. What the loop's body does to the map must not matter to the
// loop: see sameKey.
func (h *Hold) snapshot(stmt ast.Stmt, loop *ast.RangeStmt, s *Site) (string, []analysis.TextEdit, string) {
	info := h.Pkg.Pass.TypesInfo
	x := loop.X
	if call, ok := ast.Unparen(x).(*ast.CallExpr); ok && len(call.Args) == 1 && isIterator(info.TypeOf(call)) {
		if fn, ok := typeutil.Callee(info, call).(*types.Func); ok && fn.Pkg() != nil && path.Base(fn.Pkg().Path()) == "maps" {
			x = call.Args[0]
		}
	}
	if _, ok := info.TypeOf(x).Underlying().(*types.Map); !ok {
		return "", nil, "what it ranges over is no map"
	}
	if why := h.movable(stmt, x); why != "" {
		return "", nil, why
	}
	if !h.since(s.File(), "go1.21") {
		return "", nil, "maps.Clone wants Go 1.21"
	}
	pkg, why := h.use(s.File(), "maps", stmt.Pos())
	if why != "" {
		return "", nil, why
	}
	name := h.fresh(s, mapName(x), "snapshot")
	return fmt.Sprintf("%s := %s.Clone(%s)\n", name, pkg, h.text(x)), []analysis.TextEdit{replace(x, name)}, ""
}

// mapName suggests a name for a copy of the map e.
func mapName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name + "Copy"
	}
	return "snapshot"
}

// since reports whether a file is written in that version of the language or a later one.
func (h *Hold) since(file *ast.File, v string) bool {
	have := h.Pkg.Pass.TypesInfo.FileVersions[file]
	if have == "" {
		have = h.Pkg.Pass.Pkg.GoVersion()
	}
	return have == "" || version.Compare(have, v) >= 0
}

// use returns the name by which the package of a path can be used at pos. If the file does not import it yet, the hold asks for that.
func (h *Hold) use(file *ast.File, importPath string, pos token.Pos) (string, string) {
	name := Imported(h.Pkg.Pass.TypesInfo, file, importPath)
	if name == "" {
		name = path.Base(importPath)
		if _, obj := h.Pkg.Pass.Pkg.Scope().Innermost(pos).LookupParent(name, token.NoPos); obj != nil {
			return "", fmt.Sprintf("the name %s, of a package that it needs, is taken", name)
		}
		h.Imports[file] = append(h.Imports[file], importPath)
		return name, ""
	}
	if _, obj := h.Pkg.Pass.Pkg.Scope().Innermost(pos).LookupParent(name, pos); !isPackage(obj, importPath) {
		return "", fmt.Sprintf("the name %s, of a package that it needs, is taken", name)
	}
	return name, ""
}

func isPackage(obj types.Object, importPath string) bool {
	p, ok := obj.(*types.PkgName)
	return ok && p.Imported().Path() == importPath
}

// Imported returns the name under which a file imports a package, empty if it does not, or not under a name.
func Imported(info *types.Info, file *ast.File, importPath string) string {
	for _, spec := range file.Imports {
		if strings.Trim(spec.Path.Value, `"`) != importPath {
			continue
		}
		if spec.Name == nil {
			return path.Base(importPath)
		}
		if spec.Name.Name != "_" && spec.Name.Name != "." {
			return spec.Name.Name
		}
	}
	return ""
}

// Import adds the import of a package of the standard library to a file, sorted in as far as the imports are. Two additions to one file never meet at
// one place, unless they are the same.
func Import(file *ast.File, importPath string) analysis.TextEdit {
	var decl *ast.GenDecl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && decl == nil && !isC(g) {
			decl = g
		}
	}
	quoted := fmt.Sprintf("%q", importPath)
	if decl == nil {
		return Insert(file.Name.End(), "\n\nimport "+quoted)
	}
	if !decl.Lparen.IsValid() {
		return Insert(decl.Pos(), "import "+quoted+"\n")
	}
	return inGroup(decl, quoted)
}

// inGroup adds a path to a group of imports. One that sorts before sync goes behind the import before it, the others before the one behind: so that maps
// and sync, which two fixes may want, never go to one place.
func inGroup(decl *ast.GenDecl, quoted string) analysis.TextEdit {
	var prev, next *ast.ImportSpec
	for _, spec := range decl.Specs {
		s := spec.(*ast.ImportSpec)
		if s.Path.Value > quoted {
			next = s
			break
		}
		prev = s
	}
	switch {
	case quoted < `"sync"` && prev == nil:
		return Insert(decl.Lparen+1, "\n\t"+quoted)
	case quoted < `"sync"`:
		return Insert(prev.End(), "\n\t"+quoted)
	case next != nil && next.Doc != nil:
		return Insert(next.Doc.Pos(), quoted+"\n\t")
	case next != nil:
		return Insert(next.Pos(), quoted+"\n\t")
	}
	return Insert(decl.Rparen, "\t"+quoted+"\n")
}

func isC(g *ast.GenDecl) bool {
	for _, s := range g.Specs {
		if s.(*ast.ImportSpec).Path.Value == `"C"` {
			return true
		}
	}
	return false
}
