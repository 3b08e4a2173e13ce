package lockcopy

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/ssa"
)

// shareLock makes the lock of a type that clones itself a pointer, which the clone takes over together with the map.
//
// No value of the type can be without its lock: nobody else can make one, there is no zero value of it here, and each literal is given a new lock, the
// clone's that of the original. The lock is only ever locked and unlocked, which reads the same through a pointer.
func (c *checker) shareLock(k, from *keep) (*analysis.SuggestedFix, string) {
	const unclear = "whether the two should share their lock or have maps of their own is not told by the code"
	orig, ok := from.obj.root.(*ssa.Parameter)
	if !ok || len(from.obj.sel) > 0 || k.owner != from.owner || k.lock != from.lock || !isObject(k.obj.root) {
		return nil, unclear
	}
	named, ok := types.Unalias(deref(orig.Type())).(*types.Named)
	if !ok || named.Obj().Pkg() != c.pass.Pkg || named.TypeParams().Len() > 0 {
		return nil, unclear
	}
	if !c.closed(named.Obj()) {
		return nil, fmt.Sprintf("%s is exported: a zero value made elsewhere would have no lock", named.Obj().Name())
	}
	field := c.lockField(named, short(k.lock))
	if field == nil {
		return nil, unclear
	}
	if why := c.zeroValue(named); why != "" {
		return nil, why
	}
	name := field.Names[0].Name
	if !c.onlyLocked(c.pass.TypesInfo.Defs[field.Names[0]]) {
		return nil, name + " is used other than by its methods"
	}
	fix := &analysis.SuggestedFix{
		Message:   fmt.Sprintf("Share %s between a %s and its clones", name, named.Obj().Name()),
		TextEdits: []analysis.TextEdit{insert(field.Type.Pos(), "*")},
	}
	clones := 0
	for cur := range c.whole().Preorder((*ast.CompositeLit)(nil)) {
		lit := cur.Node().(*ast.CompositeLit)
		if !types.Identical(c.pass.TypesInfo.TypeOf(lit), named) {
			continue
		}
		value := "new(" + types.ExprString(field.Type) + ")"
		if lit.Pos() <= k.pos && k.pos < lit.End() {
			value = orig.Name() + "." + name
			clones++
		} else if !c.sameImports(cur, field) {
			return nil, "a file that makes one doesn't import the package of the lock"
		}
		edit, ok := c.addElement(lit, name+": "+value)
		if !ok {
			return nil, "a literal has no keys, or has the lock among them"
		}
		fix.TextEdits = append(fix.TextEdits, edit)
	}
	if clones != 1 {
		return nil, unclear
	}
	return fix, ""
}

// lockField returns the declaration of the field, if it declares nothing else.
func (c *checker) lockField(named *types.Named, name string) *ast.Field {
	for cur := range c.whole().Preorder((*ast.TypeSpec)(nil)) {
		spec := cur.Node().(*ast.TypeSpec)
		st, ok := spec.Type.(*ast.StructType)
		if !ok || c.pass.TypesInfo.Defs[spec.Name] != named.Obj() {
			continue
		}
		for _, f := range st.Fields.List {
			if len(f.Names) == 1 && f.Names[0].Name == name {
				return f
			}
		}
	}
	return nil
}

// zeroValue finds a place that makes a value of the type without a literal.
func (c *checker) zeroValue(named *types.Named) string {
	info := c.pass.TypesInfo
	is := func(t types.Type) bool { return t != nil && types.Identical(t, named) }
	for id, obj := range info.Defs {
		if v, ok := obj.(*types.Var); ok && is(v.Type()) {
			return fmt.Sprintf("%s is a variable or field of the type, which may start without a lock", id.Name)
		}
	}
	for x, tv := range info.Types {
		if !tv.IsType() {
			if call, ok := x.(*ast.CallExpr); ok && len(call.Args) == 1 && is(deref(tv.Type)) && info.Types[call.Args[0]].IsType() {
				return "new makes one without a lock"
			}
			continue
		}
		switch u := tv.Type.Underlying().(type) {
		case *types.Slice:
			if is(u.Elem()) {
				return "a slice holds values of the type, which may start without a lock"
			}
		case *types.Array:
			if is(u.Elem()) {
				return "an array holds values of the type, which start without a lock"
			}
		case *types.Map:
			if is(u.Elem()) {
				return "a map holds values of the type, and gives one without a lock for a key that it has not"
			}
		case *types.Chan:
			if is(u.Elem()) {
				return "a channel holds values of the type, and gives one without a lock when it is closed"
			}
		}
	}
	return ""
}

// onlyLocked reports whether each use of a field is a call of one of its methods.
func (c *checker) onlyLocked(field types.Object) bool {
	return field != nil && c.uses(c.whole(), field, func(cur inspector.Cursor) bool {
		sel := cur.Parent()
		k, _ := sel.ParentEdge()
		return k == edge.SelectorExpr_X
	})
}

// sameImports reports whether the file that cur is in knows the package of the field's type by the same name.
func (c *checker) sameImports(cur inspector.Cursor, field *ast.Field) bool {
	sel, ok := field.Type.(*ast.SelectorExpr)
	if !ok {
		return true
	}
	pkg, ok := c.pass.TypesInfo.Uses[sel.X.(*ast.Ident)].(*types.PkgName)
	if !ok {
		return false
	}
	for f := range cur.Enclosing((*ast.File)(nil)) {
		for _, imp := range f.Node().(*ast.File).Imports {
			if obj := c.pass.TypesInfo.PkgNameOf(imp); obj != nil && obj.Imported() == pkg.Imported() && obj.Name() == pkg.Name() {
				return true
			}
		}
	}
	return false
}

// addElement inserts a keyed element at the front of a literal.
func (c *checker) addElement(lit *ast.CompositeLit, elem string) (analysis.TextEdit, bool) {
	key, _, _ := strings.Cut(elem, ":")
	for _, x := range lit.Elts {
		kv, ok := x.(*ast.KeyValueExpr)
		if !ok || types.ExprString(kv.Key) == key {
			return analysis.TextEdit{}, false
		}
	}
	at := lit.Lbrace + 1
	if len(lit.Elts) == 0 {
		return insert(at, elem), true
	}
	first := c.pass.Fset.Position(lit.Elts[0].Pos())
	if first.Line == c.pass.Fset.Position(lit.Lbrace).Line {
		return insert(at, elem+", "), true
	}
	return insert(at, "\n"+strings.Repeat("\t", first.Column-1)+elem+","), true
}
