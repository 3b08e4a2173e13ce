package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// around returns the i-th node around a use, parentheses left out.
func (u *Use) around(i int) ast.Node {
	at := 0
	if sel, ok := u.Stack[len(u.Stack)-2].(*ast.SelectorExpr); ok && ast.Expr(sel) == u.Expr {
		at = 1
	}
	var n ast.Node
	for ; i >= 0; i-- {
		n, at = u.up(at)
	}
	return n
}

// single makes one operation of one use.
func (s *Switch) single(u *Use) *operationOn {
	return &operationOn{uses: []*Use{u}, rewrite: func() string { return s.use(u) }}
}

func (s *Switch) use(u *Use) string {
	switch outer := u.around(0).(type) {
	case *ast.IndexExpr:
		if ast.Unparen(outer.X) == u.Expr && u.Site != nil {
			return s.index(u, outer, u.around(1))
		}
	case *ast.RangeStmt:
		return s.loop(u, outer)
	case *ast.CallExpr:
		return s.call(u, outer)
	case *ast.KeyValueExpr:
		if lit, ok := u.around(1).(*ast.CompositeLit); ok && outer.Key == u.Expr {
			return s.literal(outer, lit)
		}
	case *ast.AssignStmt:
		return s.reset(u, outer)
	case *ast.BinaryExpr:
		return "it is compared with nil"
	}
	return "the map itself is handed on"
}

// method replaces the opening of an operation on the map by that of a call.
func (s *Switch) method(from, to token.Pos, name string) {
	s.calls[name] = true
	s.put(analysis.TextEdit{Pos: from, End: to, NewText: []byte("." + name + "(")})
}

func (s *Switch) index(u *Use, x *ast.IndexExpr, outer ast.Node) string {
	switch outer := outer.(type) {
	case *ast.AssignStmt:
		if assigned(outer, x) {
			return s.store(x, outer)
		}
		if len(outer.Rhs) == 1 && outer.Tok != token.ASSIGN && outer.Tok != token.DEFINE {
			break
		}
		if len(outer.Rhs) == 1 && s.isBool(outer.Lhs) {
			if len(outer.Lhs) == 1 {
				s.put(Insert(outer.Lhs[0].End(), ", _"))
			}
			s.load(x)
			return ""
		}
	case *ast.ValueSpec:
		if len(outer.Values) == 1 && outer.Type == nil {
			if len(outer.Names) == 1 {
				s.put(Insert(outer.Names[0].End(), ", _"))
			}
			s.load(x)
			return ""
		}
	case *ast.IncDecStmt, *ast.RangeStmt:
		if assigned(outer, x) {
			return s.compound()
		}
	}
	return s.hoistLoad(u, x)
}

// compound says why an access that writes what depends on what it reads can't be kept.
func (s *Switch) compound() string {
	if s.To == SyncMap {
		return "an entry is changed by what it was, which sync.Map can't do at once"
	}
	return "an entry is changed by what it was in a way that no one call of Compute does"
}

// isBool reports whether the second of two variables, if there is one, takes the result of a call, which is a bool, not one of the language's that has no type.
func (s *Switch) isBool(lhs []ast.Expr) bool {
	if len(lhs) < 2 {
		return true
	}
	t := s.Pkg.Pass.TypesInfo.TypeOf(lhs[1])
	return t == nil || types.Identical(t, types.Typ[types.Bool]) || types.IsInterface(t)
}

func (s *Switch) load(x *ast.IndexExpr) {
	s.method(x.Lbrack, x.Index.Pos(), "Load")
	s.put(analysis.TextEdit{Pos: x.Index.End(), End: x.End(), NewText: []byte(")")})
}

func (s *Switch) store(x *ast.IndexExpr, a *ast.AssignStmt) string {
	if len(a.Lhs) != 1 || len(a.Rhs) != 1 {
		return "it is one of several that are set at once"
	}
	if a.Tok != token.ASSIGN {
		return s.compound()
	}
	s.method(x.Lbrack, x.Index.Pos(), "Store")
	s.put(analysis.TextEdit{Pos: x.Index.End(), End: a.Rhs[0].Pos(), NewText: []byte(", ")}, Insert(a.End(), ")"))
	return ""
}

// hoistLoad reads an entry in the midst of a statement before it: a load has two results.
func (s *Switch) hoistLoad(u *Use, x *ast.IndexExpr) string {
	if inPlace(u) {
		return "what the entry holds is changed in place"
	}
	h := s.hold(u)
	stmt := u.Site.stmt()
	e, why := h.hoistable(stmt, u.Site)
	if why != "" {
		return "it can't be read before the statement: " + why
	}
	if e != ast.Expr(x) {
		return "it can't be read before the statement: it is read under a condition"
	}
	s.calls["Load"] = true
	name := h.fresh(u.Site, suggest(s.Pkg.Pass.TypesInfo, x)...)
	s.put(h.before(stmt, fmt.Sprintf("%s, _ := %s.Load(%s)\n", name, h.text(x.X), h.text(x.Index))), replace(x, name))
	return ""
}

// inPlace reports whether part of what an entry holds is set, or its address taken.
func inPlace(u *Use) bool {
	i := 0
	e := u.around(0)
	for {
		i++
		outer := u.around(i)
		switch o := outer.(type) {
		case *ast.SelectorExpr, *ast.StarExpr, *ast.SliceExpr:
		case *ast.IndexExpr:
			if ast.Unparen(o.X) != e {
				return false
			}
		case *ast.UnaryExpr:
			return o.Op == token.AND
		default:
			return assigned(outer, e)
		}
		e = outer
	}
}

// loop ranges over the method: a loop over a function keeps its body, with each return, break and continue in it, as it is.
func (s *Switch) loop(u *Use, loop *ast.RangeStmt) string {
	if ast.Unparen(loop.X) != u.Expr {
		return "the map itself is handed on"
	}
	if !s.hold(u).since(u.Site.File(), "go1.23") {
		return "to range over a function wants Go 1.23"
	}
	s.calls["Range"] = true
	s.put(Insert(loop.X.End(), ".Range"))
	return ""
}

func (s *Switch) call(u *Use, call *ast.CallExpr) string {
	name := types.ExprString(call.Fun)
	if !s.Pkg.Pass.TypesInfo.Types[call.Fun].IsBuiltin() {
		if _, ok := operation(s.Pkg, call, u.Expr); ok {
			return fmt.Sprintf("%s has no counterpart", name)
		}
		return fmt.Sprintf("%s gets the map itself", name)
	}
	s.put(analysis.TextEdit{Pos: call.Pos(), End: call.Args[0].Pos()})
	end := call.Args[0].End()
	switch {
	case name == "delete":
		s.method(end, call.Args[1].Pos(), "Delete")
		return ""
	case name == "len" && s.To == SyncMap:
		return "sync.Map has no length"
	case name == "len":
		s.method(end, call.Rparen, "Size")
		return ""
	case name == "clear":
		return s.clear(u, end, call.Rparen)
	}
	return fmt.Sprintf("%s has no counterpart", name)
}

func (s *Switch) clear(u *Use, from, to token.Pos) string {
	if s.To == SyncMap && !s.hold(u).since(u.Site.File(), "go1.23") {
		return "Clear of sync.Map wants Go 1.23"
	}
	s.method(from, to, "Clear")
	return ""
}

// reset rewrites a new map put into the variable: where the object is new it goes, or is of the new kind, and else the map is emptied.
func (s *Switch) reset(u *Use, a *ast.AssignStmt) string {
	if len(a.Lhs) != 1 || a.Tok != token.ASSIGN || !emptyMap(s.Pkg.Pass.TypesInfo, a.Rhs[0]) || u.Site == nil {
		return fmt.Sprintf("it is set to %s", types.ExprString(a.Rhs[len(a.Rhs)-1]))
	}
	if !s.Alone(u) {
		why := s.clear(u, a.Lhs[0].End(), a.End())
		s.put(Insert(a.End(), ")"))
		return why
	}
	if s.To == Xsync {
		made, why := s.newMap(u.Site.File(), a.Rhs[0])
		s.put(replace(a.Rhs[0], made))
		return why
	}
	return s.remove(u, a)
}

// remove takes a statement out of its list.
func (s *Switch) remove(u *Use, stmt ast.Stmt) string {
	at := u.Site.inner()
	if at.list[at.i] != stmt {
		return "the statement that sets it can't go"
	}
	e := analysis.TextEdit{Pos: stmt.Pos(), End: stmt.End()}
	if at.i+1 < len(at.list) {
		e.End = at.list[at.i+1].Pos()
	} else if at.i > 0 {
		e.Pos = at.list[at.i-1].End()
	}
	if s.hold(u).commented(e.Pos, e.End) {
		return "a comment stands at the statement that sets it"
	}
	s.put(e)
	return ""
}

// literal rewrites the field of a new object.
func (s *Switch) literal(kv *ast.KeyValueExpr, lit *ast.CompositeLit) string {
	if !emptyMap(s.Pkg.Pass.TypesInfo, kv.Value) {
		return "it begins with entries, or with a map of others"
	}
	file := s.file(kv)
	if s.To == Xsync {
		made, why := s.newMap(file, kv.Value)
		s.put(replace(kv.Value, made))
		return why
	}
	e := analysis.TextEdit{Pos: kv.Pos(), End: lit.Rbrace} // a comma before the brace is no matter
	if i := slices.Index(lit.Elts, ast.Expr(kv)); i+1 < len(lit.Elts) {
		e.End = lit.Elts[i+1].Pos()
	}
	for _, c := range file.Comments {
		if e.Pos <= c.Pos() && c.Pos() < e.End {
			return "a comment stands where it is set"
		}
	}
	s.put(e)
	return ""
}

func (s *Switch) file(n ast.Node) *ast.File {
	for _, f := range s.Pkg.Pass.Files {
		if f.FileStart <= n.Pos() && n.Pos() < f.FileEnd {
			return f
		}
	}
	return nil
}
