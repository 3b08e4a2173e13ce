package report

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Directive begins the comments that silence findings: //mapguard:ignore CHECK[,CHECK] REASON. They are read here, in what all checks report
// through, so that each driver gives the same findings.
const Directive = "//mapguard:ignore"

// placeholder stands for the reason in documentation, and in what an editor inserts. It is none.
const placeholder = "REASON"

// ParseIgnore takes a comment apart. ok says that it is the directive; it silences only with checks and a reason.
func ParseIgnore(comment string) (checks []string, reason string, ok bool) {
	rest, ok := strings.CutPrefix(comment, Directive)
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return nil, "", false
	}
	rest, _, _ = strings.Cut(rest, "//") // a comment in the comment
	names, reason, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(rest), "\t", " "), " ")
	if names != "" {
		checks = strings.Split(names, ",")
	}
	if reason = strings.TrimSpace(reason); reason == placeholder {
		reason = ""
	}
	return checks, reason, true
}

// ignore is a directive and what it covers.
type ignore struct {
	comment  *ast.Comment
	file     *token.File
	from, to int      // lines
	maps     []string // struct fields ("T.f") and package variables ("v") declared there
	used     bool
}

// silences reports whether ig covers a finding at pos about the memory of the full name loc.
func (ig *ignore) silences(pos token.Pos, loc, pkg string) bool {
	if base := token.Pos(ig.file.Base()); base <= pos && pos <= base+token.Pos(ig.file.Size()) {
		if line := ig.file.PositionFor(pos, false).Line; ig.from <= line && line <= ig.to {
			return true
		}
	}
	return slices.ContainsFunc(ig.maps, func(m string) bool {
		rest, ok := strings.CutPrefix(loc, pkg+"."+m)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[') // the map, or what is in it
	})
}

// ignores returns the directives of the package that name the check and have a reason.
func ignores(pass *analysis.Pass) []*ignore {
	var out []*ignore
	for _, f := range pass.Files {
		var l *layout // most files have none
		for _, group := range f.Comments {
			for _, c := range group.List {
				checks, reason, ok := ParseIgnore(c.Text)
				if !ok || reason == "" || !slices.Contains(checks, pass.Analyzer.Name) {
					continue
				}
				if l == nil {
					l = layoutOf(pass.Fset.File(f.FileStart), f)
				}
				out = append(out, l.ignore(group, c))
			}
		}
	}
	return out
}

// layout is which lines of a file hold what.
type layout struct {
	file  *token.File
	first map[int]token.Pos // the first code on a line
	nodes map[int]ast.Node  // the outermost declaration or statement that begins on a line
	maps  map[int][]string  // what fields and variables are declared on a line
}

func layoutOf(file *token.File, f *ast.File) *layout {
	l := &layout{file: file, first: map[int]token.Pos{}, nodes: map[int]ast.Node{}, maps: map[int][]string{}}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.File:
			return true
		case *ast.Comment, *ast.CommentGroup:
			return false
		}
		l.code(n.Pos())
		l.code(n.End() - 1)
		switch n.(type) {
		case ast.Decl, ast.Spec, *ast.Field, ast.Stmt:
			if line := l.line(n.Pos()); l.nodes[line] == nil {
				l.nodes[line] = n
			}
		}
		return true
	})
	for _, d := range f.Decls {
		if d, ok := d.(*ast.GenDecl); ok {
			for _, s := range d.Specs {
				l.declared(s)
			}
		}
	}
	return l
}

func (l *layout) line(pos token.Pos) int { return l.file.PositionFor(pos, false).Line }

func (l *layout) code(pos token.Pos) {
	line := l.line(pos)
	if p, ok := l.first[line]; !ok || pos < p {
		l.first[line] = pos
	}
}

// declared notes the package variables and struct fields that a top-level declaration names.
func (l *layout) declared(s ast.Spec) {
	add := func(prefix string, names []*ast.Ident) {
		for _, n := range names {
			line := l.line(n.Pos())
			l.maps[line] = append(l.maps[line], prefix+n.Name)
		}
	}
	switch s := s.(type) {
	case *ast.ValueSpec:
		add("", s.Names)
	case *ast.TypeSpec:
		if st, ok := s.Type.(*ast.StructType); ok {
			for _, field := range st.Fields.List {
				add(s.Name.Name+".", field.Names)
			}
		}
	}
}

// ignore returns what the directive c in a group of comments covers: the line that it ends, or what begins on the line after the group.
func (l *layout) ignore(group *ast.CommentGroup, c *ast.Comment) *ignore {
	ig := &ignore{comment: c, file: l.file}
	ig.from = l.line(c.Pos())
	ig.to = ig.from
	if code, ok := l.first[ig.from]; !ok || code > c.Pos() {
		ig.from = l.line(group.End())
		if _, ok := l.first[ig.from]; !ok { // else the code after the comment's end
			ig.from++
		}
		ig.to = ig.from
		if n := l.nodes[ig.from]; n != nil && whole(n) {
			ig.to = l.line(n.End() - 1)
		}
	}
	for line := ig.from; line <= ig.to; line++ {
		ig.maps = append(ig.maps, l.maps[line]...)
	}
	return ig
}

// whole reports whether a directive before n covers all of it. Of a statement with others in it, only the first line: a directive before a loop or a
// go statement must not silence what somebody writes there later.
func whole(n ast.Node) bool {
	if _, ok := n.(ast.Stmt); !ok {
		return true
	}
	simple := true
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.BlockStmt, *ast.FuncLit:
			simple = false
		}
		return simple
	})
	return simple
}
