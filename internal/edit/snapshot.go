package edit

import (
	"fmt"
	"go/ast"
	"go/types"
	"go/version"
	"path"

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
	name := h.fresh(s, mapName(x), "snapshot")
	text, why := h.copyOf(s, stmt, x, name)
	return text, []analysis.TextEdit{replace(x, name)}, why
}

// copyOf is the text of statements before stmt that make a variable of that name a copy of the map x.
func (h *Hold) copyOf(s *Site, stmt ast.Stmt, x ast.Expr, name string) (text, why string) {
	file := s.File()
	if h.since(file, "go1.21") {
		pkg, why := h.use(file, "maps", stmt.Pos())
		return fmt.Sprintf("%s := %s.Clone(%s)\n", name, pkg, h.text(x)), why
	}
	if hasCall(x) {
		return "", "maps.Clone wants Go 1.21"
	}
	typ, why := typeAt(h.Pkg, file, stmt.Pos(), h.Pkg.Pass.TypesInfo.TypeOf(x))
	k, v := h.fresh(s, "k", "key"), h.fresh(s, "v", "val")
	return fmt.Sprintf("%s := make(%s, len(%s))\nfor %s, %s := range %[3]s {\n%[1]s[%[4]s] = %[5]s\n}\n", name, typ, h.text(x), k, v), why
}

func hasCall(e ast.Expr) bool {
	found := false
	ast.Inspect(e, func(n ast.Node) bool {
		_, ok := n.(*ast.CallExpr)
		found = found || ok
		return !found
	})
	return found
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
