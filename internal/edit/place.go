package edit

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// commented reports whether a comment stands between two positions.
func (h *Hold) commented(from, to token.Pos) bool {
	return slices.ContainsFunc(h.Sites[0].File().Comments, func(c *ast.CommentGroup) bool { return from <= c.Pos() && c.Pos() < to })
}

func (h *Hold) line(pos token.Pos) int { return h.Pkg.Pass.Fset.Position(pos).Line }

// before puts whole lines before a statement, after puts one behind it.
func (h *Hold) before(stmt ast.Stmt, text string) analysis.TextEdit {
	text = strings.ReplaceAll(text, "\n", "\n"+h.indent(stmt))
	return Insert(stmt.Pos(), strings.ReplaceAll(text, "\n"+h.indent(stmt)+"\n", "\n\n")) // nothing on empty lines
}

func (h *Hold) after(stmt ast.Stmt, line string) analysis.TextEdit {
	return Insert(h.behind(stmt), "\n"+h.indent(stmt)+line)
}

// indent returns the white space before a statement, if it begins a line of a file that is formatted as Go is. What follows the edits formats the file;
// this is for those who look at the edits alone.
func (h *Hold) indent(stmt ast.Stmt) string {
	pos := h.Pkg.Pass.Fset.Position(stmt.Pos())
	for _, s := range h.Sites[0].stack {
		_, isFile := s.(*ast.File)
		if !isFile && h.line(s.Pos()) == pos.Line && s.Pos() < stmt.Pos() {
			return ""
		}
	}
	return strings.Repeat("\t", pos.Column-1)
}

// behind returns where to put what follows a statement: after a comment at the end of its line.
func (h *Hold) behind(stmt ast.Stmt) token.Pos {
	end := stmt.End()
	line := h.line(end)
	for _, file := range h.Pkg.Pass.Files {
		if file.FileStart > end || end >= file.FileEnd {
			continue
		}
		for _, c := range file.Comments {
			if c.Pos() >= end && h.line(c.Pos()) == line && h.line(c.End()) == line && !between(file, end, c.Pos()) {
				return c.End()
			}
		}
	}
	return end
}

// between reports whether code of the file begins or ends between from and to.
func between(file *ast.File, from, to token.Pos) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || found || n.End() <= from || n.Pos() >= to {
			return false
		}
		switch n.(type) {
		case *ast.CommentGroup, *ast.Comment:
			return false
		}
		found = n.Pos() >= from && n.Pos() < to || n.End() > from && n.End() <= to
		return !found
	})
	return found
}
