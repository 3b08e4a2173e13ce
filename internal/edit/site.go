package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/sections"
)

// Site is an access that a lock has to be held at, or the call that leads to one.
type Site struct {
	Node  ast.Node // the operation: an index expression, call, range statement, or the variable that holds the map
	Write bool
	Map   string // names the map, for sites of several
	stack []ast.Node
	fn    ast.Node // the declared function or literal that it runs in
	lists []spot   // where it stands in that function, outermost first
}

// spot is a place in a list of statements.
type spot struct {
	holder ast.Node // the block, or the case
	list   []ast.Stmt
	i      int
}

// Find returns the operation at a position as the analysis gives it: that of the bracket or parenthesis for index expressions and calls, of the
// keyword for loops, of the name for variables. It is nil if nothing is there.
func Find(p *sections.Package, pos token.Pos) *Site {
	for _, file := range p.Pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return find(p, file, pos)
		}
	}
	return nil
}

func find(p *sections.Package, file *ast.File, pos token.Pos) *Site {
	i := sort.Search(len(file.Decls), func(i int) bool { return file.Decls[i].End() > pos })
	if i == len(file.Decls) {
		return nil
	}
	var s *Site
	ast.PreorderStack(file.Decls[i], []ast.Node{file}, func(n ast.Node, stack []ast.Node) bool {
		if s != nil || pos < n.Pos() || n.End() <= pos {
			return s == nil && n.Pos() <= pos && pos < n.End()
		}
		if at(n, pos) {
			s = &Site{Node: n, stack: append(append([]ast.Node{}, stack...), n)}
		}
		return s == nil
	})
	if s == nil {
		return nil
	}
	s.widen(p)
	s.settle(p)
	if s.fn == nil {
		return nil
	}
	return s
}

func at(n ast.Node, pos token.Pos) bool {
	switch n := n.(type) {
	case *ast.IndexExpr:
		return n.Lbrack == pos
	case *ast.CallExpr:
		return n.Lparen == pos
	case *ast.RangeStmt:
		return n.For == pos
	case *ast.SelectorExpr:
		return n.Sel.Pos() == pos
	case *ast.Ident:
		return n.NamePos == pos
	}
	return false
}

// widen makes the site the whole of what reads the map: an iterator over it does so in the call that consumes it.
func (s *Site) widen(p *sections.Package) {
	call, ok := s.Node.(*ast.CallExpr)
	for ok && isIterator(p.Pass.TypesInfo.TypeOf(call)) && len(s.stack) > 1 {
		var outer ast.Node
		outer, ok = s.stack[len(s.stack)-2], false
		switch outer := outer.(type) {
		case *ast.CallExpr:
			if outer.Fun != s.Node {
				s.Node, s.stack = outer, s.stack[:len(s.stack)-1]
				call, ok = outer, true
			}
		case *ast.RangeStmt:
			if outer.X == s.Node {
				s.Node, s.stack = outer, s.stack[:len(s.stack)-1]
			}
		}
	}
}

func isIterator(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Signature)
	return ok
}

// settle finds the function that the site runs in, and its place there. A literal that is called where it stands, or by a library that calls it and
// returns, is part of the function around it.
func (s *Site) settle(p *sections.Package) {
	s.fn, s.lists = nil, nil
	start := 0
	for i, n := range s.stack {
		switch n := n.(type) {
		case *ast.FuncDecl:
			s.fn, start = n, i
		case *ast.FuncLit:
			if s.fn == nil || !runsHere(p, s.stack[:i+1]) {
				s.fn, start = n, i
			}
		}
	}
	for i := start + 1; i < len(s.stack); i++ {
		stmt, ok := s.stack[i].(ast.Stmt)
		if !ok {
			continue
		}
		list := listOf(s.stack[i-1])
		for j, o := range list {
			if o == stmt {
				s.lists = append(s.lists, spot{s.stack[i-1], list, j})
			}
		}
	}
}

// listOf returns the statements that n holds in a row.
func listOf(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		if len(n.List) > 0 {
			switch n.List[0].(type) {
			case *ast.CaseClause, *ast.CommClause:
				return nil // nothing can stand between those
			}
		}
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// runsHere reports whether the function literal at the end of the stack runs where it stands, and is over when the statement is.
func runsHere(p *sections.Package, stack []ast.Node) bool {
	n := len(stack)
	call, ok := stack[n-2].(*ast.CallExpr)
	if !ok {
		return false
	}
	if ast.Unparen(call.Fun) == stack[n-1] {
		switch stack[n-3].(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			return false
		}
		return true
	}
	fn, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func)
	return ok && models.IsQuick(fn) && !isIterator(p.Pass.TypesInfo.TypeOf(call))
}

// body returns the statements of the function that s runs in.
func (s *Site) body() *ast.BlockStmt {
	switch fn := s.fn.(type) {
	case *ast.FuncDecl:
		return fn.Body
	case *ast.FuncLit:
		return fn.Body
	}
	return nil
}

// Decl returns the declared function that s stands in, or else the outermost literal.
func (s *Site) Decl() ast.Node {
	for _, n := range s.stack {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return s.fn
}

// inner returns the innermost list of statements that s stands in.
func (s *Site) inner() spot { return s.lists[len(s.lists)-1] }

// stmt returns the innermost statement of a list that s stands in.
func (s *Site) stmt() ast.Stmt { return s.inner().list[s.inner().i] }

// elsewhere returns why s does not run where it stands, empty if it does.
func (s *Site) elsewhere() string {
	switch outer := s.stack[len(s.stack)-2].(type) {
	case *ast.DeferStmt:
		if ast.Node(outer.Call) == s.Node {
			return "it runs when the function returns"
		}
	case *ast.GoStmt:
		if ast.Node(outer.Call) == s.Node {
			return "it runs on a goroutine of its own"
		}
	}
	return ""
}

// File returns the file that s stands in.
func (s *Site) File() *ast.File { return s.stack[0].(*ast.File) }

// Func returns the declared function or literal that s runs in.
func (s *Site) Func() ast.Node { return s.fn }

// Beside reports whether s and o run in one function.
func (s *Site) Beside(o *Site) bool { return s.fn == o.fn }

// InLiteral reports whether s runs in a function literal.
func (s *Site) InLiteral() bool {
	_, ok := s.fn.(*ast.FuncLit)
	return ok
}

// Pos returns the position that the analysis gives the site.
func (s *Site) Pos() token.Pos {
	switch n := s.Node.(type) {
	case *ast.CallExpr:
		return n.Lparen
	case *ast.RangeStmt:
		return n.For
	case ast.Expr:
		return namePos(n)
	}
	return s.Node.Pos()
}
