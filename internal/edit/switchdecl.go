package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// declare gives the variable its new type.
func (s *Switch) declare() string {
	m, ok := s.Decl.Obj.Type().(*types.Map)
	if !ok {
		return "the map is of a type that has a name"
	}
	if _, ok := m.Elem().Underlying().(*types.Map); ok {
		return "its elements are maps, too"
	}
	name := s.Decl.Obj.Name()
	for i, n := range slices.Backward(s.Decl.stack) {
		switch n := n.(type) {
		case *ast.Field:
			if !s.Decl.Obj.IsField() {
				return "the map comes from the caller"
			}
			if !s.typed(n.Type) || len(n.Names) != 1 {
				return fmt.Sprintf("the type of %s does not stand by itself", name)
			}
			return s.newType(n.Type)
		case *ast.ValueSpec:
			return s.declareVar(n)
		case *ast.AssignStmt:
			if len(n.Lhs) != 1 || !emptyMap(s.Pkg.Pass.TypesInfo, n.Rhs[0]) || !s.typed(typeOfNew(n.Rhs[0])) {
				return fmt.Sprintf("%s does not begin empty, or not by itself", name)
			}
			if !slices.Contains(listOf(s.Decl.stack[i-1]), ast.Stmt(n)) {
				return fmt.Sprintf("%s is declared in the midst of a statement", name)
			}
			return s.begin(n, "var "+name+" ", n.Rhs[0])
		case ast.Stmt:
			return fmt.Sprintf("%s is declared by a loop", name)
		}
	}
	return fmt.Sprintf("the declaration of %s is not understood", name)
}

func (s *Switch) declareVar(spec *ast.ValueSpec) string {
	name := s.Decl.Obj.Name()
	if len(spec.Names) != 1 {
		return fmt.Sprintf("%s is declared together with others", name)
	}
	rest := &ast.BadExpr{From: spec.Names[0].End(), To: spec.End()}
	if len(spec.Values) == 0 {
		if !s.typed(spec.Type) {
			return fmt.Sprintf("the type of %s does not stand by itself", name)
		}
		return s.begin(rest, " ", nil)
	}
	if !emptyMap(s.Pkg.Pass.TypesInfo, spec.Values[0]) || !s.typed(typeOfNew(spec.Values[0])) {
		return fmt.Sprintf("%s does not begin empty", name)
	}
	if s.To == Xsync {
		made, why := s.newMap(s.Decl.File, spec.Values[0])
		s.put(replace(rest, " = "+made))
		return why
	}
	return s.begin(rest, " ", nil)
}

// begin declares a variable: n, or the new map that it begins with, is replaced.
func (s *Switch) begin(n ast.Node, before string, value ast.Expr) string {
	switch {
	case s.To == SyncMap:
		s.put(replace(n, before+s.Wrapper))
		return ""
	case value == nil:
		return fmt.Sprintf("%s is nil at first", s.Decl.Obj.Name())
	}
	made, why := s.newMap(s.Decl.File, value)
	s.put(replace(value, made))
	return why
}

func (s *Switch) newType(old ast.Expr) string {
	if s.To == SyncMap {
		s.put(replace(old, s.Wrapper))
		return ""
	}
	pkg, why := s.xsync(s.Decl.File, old.Pos())
	s.put(replace(old, fmt.Sprintf("*%s.Map[%s, %s]", pkg, types.ExprString(s.key), types.ExprString(s.elem))))
	return why
}

// typed notes the types of keys and elements, if t writes them out.
func (s *Switch) typed(t ast.Expr) bool {
	m, ok := t.(*ast.MapType)
	if ok {
		s.key, s.elem = m.Key, m.Value
	}
	return ok
}

// emptyMap reports whether e makes a map with nothing in it.
func emptyMap(info *types.Info, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	case *ast.CallExpr:
		id, ok := ast.Unparen(e.Fun).(*ast.Ident)
		return ok && id.Name == "make" && info.Types[e.Fun].IsBuiltin()
	}
	return false
}

// typeOfNew returns the type of a new map, as it is written.
func typeOfNew(e ast.Expr) ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return e.Type
	case *ast.CallExpr:
		return e.Args[0]
	}
	return nil
}

// newMap is the text of a new map of xsync in place of e.
func (s *Switch) newMap(file *ast.File, e ast.Expr) (text, why string) {
	pkg, why := s.xsync(file, e.Pos())
	if why != "" {
		return "", why
	}
	m, ok := s.Pkg.Pass.TypesInfo.TypeOf(e).(*types.Map)
	if !ok {
		return "", "it is made by the name of another type"
	}
	key, why := typeAt(s.Pkg, file, e.Pos(), m.Key())
	if why != "" {
		return "", why
	}
	elem, why := typeAt(s.Pkg, file, e.Pos(), m.Elem())
	return fmt.Sprintf("%s.NewMap[%s, %s]()", pkg, key, elem), why
}

// xsync returns the name of the package in a file.
func (s *Switch) xsync(file *ast.File, pos token.Pos) (string, string) {
	return (&Hold{Pkg: s.Pkg, Imports: s.Imports}).use(file, XsyncPath, pos)
}

// made holds that each object has its map from the beginning: a nil map can be read, but not a nil *xsync.Map.
func (s *Switch) made() string {
	owner := s.Decl.Owner()
	if s.To != Xsync || owner == nil {
		return ""
	}
	if owner.Exported() && s.Pkg.Pass.Pkg.Name() != "main" {
		return fmt.Sprintf("other packages may make a %s, whose map would be nil", owner.Name())
	}
	c := &copies{p: s.Pkg, of: owner.Type()}
	for id, obj := range s.Pkg.Pass.TypesInfo.Defs {
		if v, ok := obj.(*types.Var); ok && c.has(v.Type()) {
			return fmt.Sprintf("%s is an object whose map would be nil", id.Name)
		}
	}
	for _, file := range s.Pkg.Pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			e, ok := n.(ast.Expr)
			if ok && newOf(c, e) && !s.setIn(e, stack) {
				c.say(e, "makes an object whose map would be nil")
			}
			return true
		})
	}
	return c.why
}

// newOf reports whether e makes an object of the struct, or several.
func newOf(c *copies, e ast.Expr) bool {
	info := c.p.Pass.TypesInfo
	switch e := e.(type) {
	case *ast.CompositeLit:
		return c.is(info.TypeOf(e))
	case *ast.CallExpr:
		return info.Types[e.Fun].IsBuiltin() && len(e.Args) > 0 && info.Types[e.Args[0]].IsType() && c.made(info.TypeOf(e))
	}
	return false
}

// made reports whether new or make, of type t, makes objects of the struct.
func (c *copies) made(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Pointer:
		return c.has(t.Elem())
	case *types.Slice:
		return c.has(t.Elem())
	}
	return false
}

// setIn reports whether the new object e has its map: it is written in the literal, or set before anybody else has the object.
func (s *Switch) setIn(e ast.Expr, stack []ast.Node) bool {
	if lit, ok := e.(*ast.CompositeLit); ok && slices.ContainsFunc(s.Uses, func(u *Use) bool { return u.Site == nil && contains(lit, u.Expr) }) {
		return true
	}
	for _, n := range slices.Backward(stack) {
		a, ok := n.(*ast.AssignStmt)
		if !ok || len(a.Lhs) != 1 || a.Tok != token.DEFINE {
			continue
		}
		v := s.Pkg.Pass.TypesInfo.Defs[a.Lhs[0].(*ast.Ident)]
		return slices.ContainsFunc(s.Uses, func(u *Use) bool {
			set, isSet := u.around(0).(*ast.AssignStmt)
			sel, isSel := u.Expr.(*ast.SelectorExpr)
			if !isSet || !isSel || !s.Alone(u) || set.Lhs[0] != u.Expr {
				return false
			}
			id, isIdent := ast.Unparen(sel.X).(*ast.Ident)
			return isIdent && s.Pkg.Pass.TypesInfo.Uses[id] == v && v != nil && alwaysRuns(u, a)
		})
	}
	return false
}

// alwaysRuns reports whether u stands in a statement of the list that has a, behind it.
func alwaysRuns(u *Use, a ast.Stmt) bool {
	at := u.Site.inner()
	i := slices.Index(at.list, a)
	return i >= 0 && i < at.i
}

// wrap declares the type around a sync.Map.
func (s *Switch) wrap() string {
	if s.To != SyncMap {
		return ""
	}
	for _, e := range []ast.Expr{s.key, s.elem} {
		if why := s.outside(e); why != "" {
			return why
		}
	}
	pkg, why := (&Hold{Pkg: s.Pkg, Imports: s.Imports}).use(s.Decl.File, "sync", s.Decl.Obj.Pos())
	if why != "" {
		return why
	}
	key, elem, top := types.ExprString(s.key), types.ExprString(s.elem), "any"
	if _, obj := s.Pkg.Pass.Pkg.Scope().LookupParent("any", token.NoPos); obj != types.Universe.Lookup("any") || !(&Hold{Pkg: s.Pkg}).since(s.Decl.File, "go1.18") {
		top = "interface{}"
	}
	text := fmt.Sprintf("\n\n// %s is a sync.Map from %s to %s.\ntype %[1]s struct{ m %[4]s.Map }", s.Wrapper, key, elem, pkg)
	for _, m := range wrapperMethods {
		if s.calls[m.name] || m.name == "" && (s.calls["Load"] || s.calls["Range"] || s.calls["LoadOrStore"]) {
			text += "\n\n" + strings.NewReplacer("ANY", top, "TYPE", s.Wrapper, "KEY", key, "ELEM", elem).Replace(m.text)
		}
	}
	end := s.Decl.stack[1].End()
	for _, c := range s.Decl.File.Comments {
		if c.Pos() >= end && s.line(c) == s.Pkg.Pass.Fset.Position(end).Line {
			end = c.End()
		}
	}
	s.put(Insert(end, text))
	return ""
}

// outside returns why a type can't be written outside of functions and generic types.
func (s *Switch) outside(e ast.Expr) (why string) {
	ast.Inspect(e, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		obj, isType := s.Pkg.Pass.TypesInfo.Uses[id].(*types.TypeName)
		if isType && obj.Parent() != types.Universe && obj.Parent() != obj.Pkg().Scope() {
			why = fmt.Sprintf("the type %s is known there only", id.Name)
		}
		if isType && slices.Contains([]string{"f", "k", "t", "v"}, id.Name) {
			why = fmt.Sprintf("the type %s is called as a variable of the methods to be made", id.Name)
		}
		return true
	})
	return why
}

// wrapperMethods are the methods of the type around a sync.Map. The types are asserted in one place each way: a nil that was stored comes back as nil.
var wrapperMethods = []struct{ name, text string }{
	{"Load", `func (t *TYPE) Load(key KEY) (ELEM, bool) {
	value, ok := t.m.Load(key)
	return t.value(value), ok
}`},
	{"Store", `func (t *TYPE) Store(key KEY, value ELEM) { t.m.Store(key, value) }`},
	{"Delete", `func (t *TYPE) Delete(key KEY) { t.m.Delete(key) }`},
	{"LoadOrStore", `func (t *TYPE) LoadOrStore(key KEY, value ELEM) (ELEM, bool) {
	actual, loaded := t.m.LoadOrStore(key, value)
	return t.value(actual), loaded
}`},
	{"Range", `func (t *TYPE) Range(f func(KEY, ELEM) bool) {
	t.m.Range(func(k, v ANY) bool {
		key, _ := k.(KEY)
		return f(key, t.value(v))
	})
}`},
	{"Clear", `func (t *TYPE) Clear() { t.m.Clear() }`},
	{"", `func (*TYPE) value(v ANY) ELEM {
	value, _ := v.(ELEM)
	return value
}`},
}
