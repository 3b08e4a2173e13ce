package source

import (
	"go/ast"
	"go/parser"
	"go/token"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// parse returns the syntax of f, nil if it is no Go.
func (f *File) parse() *ast.File {
	if f == nil {
		return nil
	}
	if !f.parsed {
		f.parsed = true
		fset := token.NewFileSet()
		if syntax, err := parser.ParseFile(fset, f.Name, f.Text, parser.SkipObjectResolution); err == nil {
			f.syntax, f.base = syntax, int(syntax.FileStart)
		}
	}
	return f.syntax
}

// Span returns what to underline for a finding from pos to end. The checks give a point, often the bracket or parenthesis of the operation: the span is
// then the expression that it belongs to, as far as it goes on the line.
func (f *File) Span(pos, end finding.Pos) (from, to finding.Pos) {
	if end.Line == 0 || end.File != pos.File {
		end = pos
	}
	off := f.Offset(pos)
	if pos.Line == 0 || pos.Col == 0 || off < 0 || end != pos {
		return pos, end
	}
	syntax := f.parse()
	if syntax == nil {
		return pos, end
	}
	at := token.Pos(off + f.base)
	lo, hi := extent(syntax, at)
	if !lo.IsValid() {
		return pos, end
	}
	from, to = f.Pos(int(lo)-f.base), f.Pos(int(hi)-f.base)
	if from.Line < pos.Line { // x.\n f(): what is on the line
		from = pos
	}
	if to.Line > pos.Line {
		to = finding.Pos{File: pos.File, Line: pos.Line, Col: len(f.Line(pos.Line)) + 1}
	}
	return from, to
}

// extent returns the range of the syntax that is reported at a position, NoPos if there is none.
func extent(file *ast.File, at token.Pos) (lo, hi token.Pos) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || at < n.Pos() || n.End() <= at {
			return false
		}
		switch n := n.(type) {
		case *ast.IndexExpr:
			if n.Lbrack == at {
				lo, hi = n.Pos(), n.End()
			}
		case *ast.CallExpr:
			if n.Lparen == at {
				lo, hi = n.Pos(), n.End()
			}
		case *ast.RangeStmt:
			if n.For == at {
				lo, hi = at, n.X.End()
				return false
			}
		case *ast.GoStmt:
			if n.Go == at {
				lo, hi = at, callee(n.Call)
				return false
			}
		case *ast.DeferStmt:
			if n.Defer == at {
				lo, hi = at, callee(n.Call)
				return false
			}
		case *ast.AssignStmt:
			if n.TokPos == at {
				lo, hi = n.Pos(), n.End()
			}
		case *ast.IncDecStmt:
			if n.TokPos == at {
				lo, hi = n.Pos(), n.End()
			}
		case *ast.SelectorExpr:
			if n.Sel.Pos() == at {
				lo, hi = n.Pos(), n.End()
				return false
			}
		}
		if e, ok := n.(ast.Expr); ok && n.Pos() == at && !lo.IsValid() {
			lo, hi = at, e.End()
			if lit, ok := e.(*ast.FuncLit); ok {
				hi = lit.Type.End()
			}
			return false // the longest that begins there
		}
		return true
	})
	return lo, hi
}

// callee returns the end of what go and defer call, of a function literal its head only.
func callee(call *ast.CallExpr) token.Pos {
	if lit, ok := call.Fun.(*ast.FuncLit); ok {
		return lit.Type.End()
	}
	return call.End()
}

// Decl names the top-level declaration that holds a place: "Server.Get", "hits". It is "" outside of any.
func (f *File) Decl(p finding.Pos) string {
	syntax, off := f.parse(), f.Offset(p)
	if syntax == nil || off < 0 {
		return ""
	}
	at := token.Pos(off + f.base)
	for _, d := range syntax.Decls {
		if at < d.Pos() || d.End() <= at {
			continue
		}
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || len(d.Recv.List) == 0 {
				return d.Name.Name
			}
			return typeName(d.Recv.List[0].Type) + "." + d.Name.Name
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if at < s.Pos() || s.End() <= at {
					continue
				}
				switch s := s.(type) {
				case *ast.ValueSpec:
					return s.Names[0].Name
				case *ast.TypeSpec:
					return s.Name.Name
				}
			}
		}
	}
	return ""
}

// typeName returns the name of a receiver's type, without its star and type parameters.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.ParenExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	}
	return ""
}
