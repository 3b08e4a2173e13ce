package edit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/printer"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// clashes reports whether a variable of that name, declared at the region, would be in the way of another one.
func (h *Hold) clashes(r *region, name string) bool {
	scope := h.scope(r)
	if scope == nil || h.lifted[name] || scope.Lookup(name) != nil {
		return true
	}
	_, outer := scope.LookupParent(name, token.NoPos)
	if outer == nil {
		return false
	}
	return slices.ContainsFunc(r.list[r.i:], func(s ast.Stmt) bool { return mentions(h.Pkg.Pass.TypesInfo, s, outer) })
}

// scope returns the scope that a region stands in.
func (h *Hold) scope(r *region) *types.Scope {
	scope := h.Pkg.Pass.Pkg.Scope().Innermost(r.first().Pos())
	for scope != nil && scope.Pos() >= r.first().Pos() {
		scope = scope.Parent()
	}
	return scope
}

// text returns the source of n.
func (h *Hold) text(n ast.Node) string {
	var b bytes.Buffer
	if err := format.Node(&b, h.Pkg.Pass.Fset, &printer.CommentedNode{Node: n, Comments: h.Sites[0].File().Comments}); err != nil {
		return ""
	}
	return b.String()
}

// suggest returns names for the value of e.
func suggest(info *types.Info, e ast.Expr) []string {
	t := info.TypeOf(e)
	if t, ok := t.(*types.Tuple); ok {
		return suggestFor(t.At(0).Type())
	}
	if call, ok := e.(*ast.CallExpr); ok {
		if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "len" {
			return []string{"n", "size", "count"}
		}
	}
	return suggestFor(t)
}

func suggestFor(t types.Type) []string {
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsBoolean != 0 {
		return []string{"ok", "found", "has"}
	}
	if _, ok := t.Underlying().(*types.Slice); ok {
		return []string{"list", "all", "items"}
	}
	return []string{"v", "val", "value"}
}

// fresh returns a name that nothing in the function of s has, nor another fix there chose: the first of those suggested that is free, or one with a number.
func (h *Hold) fresh(s *Site, names ...string) string {
	used := h.Pkg.Names(s.Decl())
	for i := 1; ; i++ {
		for _, name := range names {
			if i > 1 {
				name = fmt.Sprint(strings.TrimRight(name, "0123456789"), i)
			}
			if !used[name] && types.Universe.Lookup(name) == nil && !token.IsKeyword(name) {
				used[name] = true
				h.chosen = append(h.chosen, name)
				return name
			}
		}
	}
}

// Release gives the names back that the edits do not use after all, or all if there are to be no edits.
func (h *Hold) Release(edits []analysis.TextEdit) {
	used := h.Pkg.Names(h.Sites[0].Decl())
	for _, name := range h.chosen {
		word := regexp.MustCompile(`\b` + name + `\b`)
		if !slices.ContainsFunc(edits, func(e analysis.TextEdit) bool { return word.Match(e.NewText) }) {
			delete(used, name)
		}
	}
}
