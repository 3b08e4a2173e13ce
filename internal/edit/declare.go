package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/sections"
)

// Declaration is where a variable or field is declared.
type Declaration struct {
	p     *sections.Package
	File  *ast.File
	Obj   *types.Var
	stack []ast.Node // to the identifier
}

// Declared finds the declaration of obj in the package, nil if it is not there.
func Declared(p *sections.Package, obj *types.Var) *Declaration {
	var d *Declaration
	for _, file := range p.Pass.Files {
		if obj.Pos() < file.FileStart || file.FileEnd <= obj.Pos() {
			continue
		}
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && p.Pass.TypesInfo.Defs[id] == obj && d == nil {
				d = &Declaration{p: p, File: file, Obj: obj, stack: append(append([]ast.Node{}, stack...), id)}
			}
			return d == nil
		})
	}
	return d
}

// innermost returns the node of the type T that is nearest to the identifier.
func innermost[T ast.Node](d *Declaration) (n T, ok bool) {
	for _, s := range slices.Backward(d.stack) {
		if n, ok := s.(T); ok {
			return n, true
		}
	}
	return n, false
}

// Owner returns the named type whose field is declared, or the variable of a struct type without a name. It is nil for a variable.
func (d *Declaration) Owner() types.Object {
	if !d.Obj.IsField() {
		return nil
	}
	for i, s := range d.stack {
		if _, ok := s.(*ast.StructType); !ok {
			continue
		}
		switch outer := d.stack[i-1].(type) {
		case *ast.TypeSpec:
			return d.p.Pass.TypesInfo.Defs[outer.Name]
		case *ast.ValueSpec:
			if len(outer.Names) == 1 && len(outer.Values) == 0 {
				return d.p.Pass.TypesInfo.Defs[outer.Names[0]]
			}
		}
		return nil
	}
	return nil
}

// Lock inserts the declaration of a lock beside the map, or says why it can't: name is that of the lock, typ its type as the file writes it, and guards
// what it is for.
func (d *Declaration) Lock(name, typ, guards string) ([]analysis.TextEdit, string) {
	comment := " // guards " + guards
	if field, ok := innermost[*ast.Field](d); ok && d.Obj.IsField() {
		return d.inStruct(field, name+" "+typ+comment)
	}
	if d.Obj.Parent() == d.p.Pass.Pkg.Scope() {
		return d.inPackage(name, typ, comment)
	}
	return d.inFunction("var " + name + " " + typ + comment)
}

func (d *Declaration) line(pos token.Pos) int { return d.p.Pass.Fset.Position(pos).Line }

func (d *Declaration) indent(n ast.Node) string {
	return strings.Repeat("\t", d.p.Pass.Fset.Position(n.Pos()).Column-1)
}

func (d *Declaration) inStruct(field *ast.Field, text string) ([]analysis.TextEdit, string) {
	if len(field.Names) == 0 {
		return nil, "the map is embedded"
	}
	st, _ := innermost[*ast.StructType](d)
	if d.line(st.Fields.Opening) == d.line(field.Pos()) {
		return []analysis.TextEdit{Insert(st.Fields.Opening+1, "\n\t"+text+"\n\t"), Insert(st.Fields.Closing, "\n")}, ""
	}
	pos := field.Pos()
	if field.Doc != nil {
		pos = field.Doc.Pos()
	}
	return []analysis.TextEdit{Insert(pos, text+"\n"+d.indent(field))}, ""
}

func (d *Declaration) inPackage(name, typ, comment string) ([]analysis.TextEdit, string) {
	decl, _ := innermost[*ast.GenDecl](d)
	spec, _ := innermost[*ast.ValueSpec](d)
	line := name + " " + typ + comment
	switch {
	case decl.Lparen.IsValid():
		pos := spec.Pos()
		if spec.Doc != nil {
			pos = spec.Doc.Pos()
		}
		return []analysis.TextEdit{Insert(pos, line+"\n\t")}, ""
	case decl.Doc != nil:
		return []analysis.TextEdit{Insert(decl.Doc.Pos(), "var "+line+"\n\n")}, ""
	case d.line(decl.Pos()) != d.line(decl.End()):
		return []analysis.TextEdit{Insert(decl.Pos(), "var "+line+"\n\n")}, ""
	}
	end := decl.End()
	if spec.Comment != nil {
		end = spec.Comment.End()
	}
	return []analysis.TextEdit{
		{Pos: decl.Pos(), End: spec.Pos(), NewText: []byte("var (\n\t" + line + "\n\t")},
		Insert(end, "\n)"),
	}, ""
}

// inFunction declares the lock before the statement that declares the map.
func (d *Declaration) inFunction(text string) ([]analysis.TextEdit, string) {
	for i, s := range slices.Backward(d.stack) {
		stmt, ok := s.(ast.Stmt)
		if !ok || i == 0 {
			continue
		}
		if slices.Contains(listOf(d.stack[i-1]), stmt) {
			if !d.fresh(stmt) {
				return nil, "the map that the variable begins with may be used elsewhere"
			}
			return []analysis.TextEdit{Insert(stmt.Pos(), text+"\n"+d.indent(stmt))}, ""
		}
	}
	return nil, "the map comes from the caller"
}

// fresh reports whether a statement declares the variable with a map that nobody else has.
func (d *Declaration) fresh(stmt ast.Stmt) bool {
	values := func(names []ast.Expr, values []ast.Expr) bool {
		for i, n := range names {
			id, ok := n.(*ast.Ident)
			if ok && d.p.Pass.TypesInfo.Defs[id] == d.Obj {
				return len(values) == 0 || len(values) == len(names) && isMade(d.p, values[i])
			}
		}
		return false
	}
	switch s := stmt.(type) {
	case *ast.AssignStmt:
		return values(s.Lhs, s.Rhs)
	case *ast.DeclStmt:
		spec, ok := innermost[*ast.ValueSpec](d)
		if !ok {
			return false
		}
		var names []ast.Expr
		for _, n := range spec.Names {
			names = append(names, n)
		}
		return values(names, spec.Values)
	}
	return false
}

// isMade reports whether e makes a map on the spot.
func isMade(p *sections.Package, e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		switch fun := ast.Unparen(e.Fun).(type) {
		case *ast.Ident:
			b, ok := p.Pass.TypesInfo.Uses[fun].(*types.Builtin)
			return ok && b.Name() == "make"
		case *ast.SelectorExpr:
			fn, ok := p.Pass.TypesInfo.Uses[fun.Sel].(*types.Func)
			return ok && fn.Pkg() != nil && fn.Pkg().Path() == "maps"
		}
	}
	return false
}

// LockName returns what the package calls its locks: the name, and the ending of the names of locks that have more in them.
func LockName(p *sections.Package) (name, ending string) {
	counts := map[string]int{}
	for id, obj := range p.Pass.TypesInfo.Defs {
		v, ok := obj.(*types.Var)
		if !ok || !isMutex(v.Type()) {
			continue
		}
		for _, style := range []string{"mu", "mutex", "lock", "mtx", "lk"} {
			if id.Name == style || strings.HasSuffix(id.Name, title(style)) {
				counts[style]++
			}
		}
	}
	name = "mu"
	for _, style := range []string{"mutex", "lock", "mtx", "lk"} {
		if counts[style] > counts[name] {
			name = style
		}
	}
	return name, title(name)
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func isMutex(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "sync" && (n.Obj().Name() == "Mutex" || n.Obj().Name() == "RWMutex")
}

// Copied returns why the struct type t must not get a lock: some code of the package copies its values, or writes them in a form that one more field
// breaks. It is empty if nothing does.
func Copied(p *sections.Package, t types.Type) string {
	c := &copies{p: p, of: t}
	for _, file := range p.Pass.Files {
		ast.Inspect(file, c.visit)
	}
	return c.why
}

type copies struct {
	p   *sections.Package
	of  types.Type
	why string
}

// has reports whether a value of type t has one of the struct in it.
func (c *copies) has(t types.Type) bool { return t != nil && c.within(t, 0) }

func (c *copies) within(t types.Type, depth int) bool {
	if depth > 10 {
		return false
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		if o, ok := types.Unalias(c.of).(*types.Named); ok && n.Origin() == o.Origin() {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Struct:
		if types.Identical(u, c.of) {
			return true
		}
		for f := range u.Fields() {
			if c.within(f.Type(), depth+1) {
				return true
			}
		}
	case *types.Array:
		return c.within(u.Elem(), depth+1)
	}
	return false
}

func (c *copies) say(n ast.Node, what string) {
	if c.why == "" {
		c.why = fmt.Sprintf("line %d %s", c.p.Pass.Fset.Position(n.Pos()).Line, what)
	}
}

func (c *copies) visit(n ast.Node) bool {
	info := c.p.Pass.TypesInfo
	switch n := n.(type) {
	case *ast.FuncDecl:
		if n.Recv != nil && len(n.Recv.List) > 0 && c.has(info.TypeOf(n.Recv.List[0].Type)) {
			c.say(n, "declares a method on the value, which has a copy")
		}
	case *ast.FuncType:
		for _, f := range n.Params.List {
			if c.has(info.TypeOf(f.Type)) {
				c.say(f, "takes the object by value")
			}
		}
	case *ast.AssignStmt:
		for i, r := range n.Rhs {
			c.value(r)
			if n.Tok == token.ASSIGN && i < len(n.Lhs) && c.has(info.TypeOf(n.Lhs[i])) {
				c.say(n, "overwrites the whole object")
			}
		}
	case *ast.ValueSpec:
		c.values(n.Values)
	case *ast.ReturnStmt:
		c.values(n.Results)
	case *ast.SendStmt:
		c.value(n.Value)
	case *ast.RangeStmt:
		if n.Value != nil && c.has(info.TypeOf(n.Value)) {
			c.say(n, "copies the object in a loop")
		}
	case *ast.CompositeLit:
		c.literal(n)
	case *ast.CallExpr:
		if tv := info.Types[n.Fun]; tv.IsType() && len(n.Args) == 1 && c.has(tv.Type) {
			c.say(n, "converts the object")
		} else if !tv.IsBuiltin() {
			c.values(n.Args)
		} else if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "append" {
			c.values(n.Args)
		}
	case *ast.InterfaceType, *ast.TypeAssertExpr:
		if x, ok := n.(*ast.TypeAssertExpr); ok && x.Type != nil && c.has(info.TypeOf(x.Type)) {
			c.say(n, "takes the object out of an interface")
		}
	}
	return c.why == ""
}

func (c *copies) literal(n *ast.CompositeLit) {
	t := c.p.Pass.TypesInfo.TypeOf(n)
	if _, ok := t.Underlying().(*types.Struct); ok && len(n.Elts) > 0 {
		if _, keyed := n.Elts[0].(*ast.KeyValueExpr); !keyed && c.is(t) {
			c.say(n, "writes the object without the names of its fields")
		}
	}
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			e = kv.Value
		}
		c.value(e)
	}
}

// is reports whether t is the struct itself.
func (c *copies) is(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	o, isNamed := types.Unalias(c.of).(*types.Named)
	return ok && isNamed && n.Origin() == o.Origin()
}

func (c *copies) values(es []ast.Expr) {
	for _, e := range es {
		c.value(e)
	}
}

// value looks at an expression whose value goes somewhere else.
func (c *copies) value(e ast.Expr) {
	switch x := ast.Unparen(e).(type) {
	case *ast.CompositeLit, *ast.CallExpr:
		return // it is new
	default:
		if tv := c.p.Pass.TypesInfo.Types[x]; tv.IsValue() && c.has(tv.Type) {
			c.say(e, "copies the object")
		}
	}
}
