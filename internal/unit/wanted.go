package unit

import (
	"go/ast"
	"go/token"
)

// Clients of services are generated, with a type without fields for each call, whose methods the framework calls, and functions that only those call: in the largest
// package that prometheus needs they are two thirds. In a dependency nobody can see what such a method does. It has nothing but what the framework gives it and the
// variables of its package, which are judged there; importers can't name its type, and the package never calls it by itself. So its body, and the functions
// that nothing else names, are left out before types are checked, by their names alone.

// wanted is what is left to do of a package.
type wanted struct {
	names    map[string]bool            // mentioned, of anything
	optional map[string][]*ast.FuncDecl // functions that are wanted if this name, of theirs or of their receiver's type, is mentioned
	hollow   map[string]bool            // the package's own types without fields
	declared map[string]bool            // the package's functions and methods
	todo     []ast.Node
	foreign  map[string]bool // the parameters of the function that is read which have a type of another package
}

// leaveOut drops the bodies of functions that nobody wants.
func leaveOut(files []*ast.File) {
	w := &wanted{names: map[string]bool{}, optional: map[string][]*ast.FuncDecl{}, hollow: map[string]bool{}, declared: map[string]bool{}}
	w.declare(files)
	for _, f := range files {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && w.isOptional(fn) {
				continue
			}
			w.todo = append(w.todo, decl)
		}
	}
	for len(w.todo) > 0 {
		next := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.foreign = foreignParams(next)
		ast.Inspect(next, w.read)
	}
	for _, fns := range w.optional {
		for _, fn := range fns {
			if !w.names[fn.Name.Name] && !w.names[receiver(fn)] {
				fn.Body = nil
			}
		}
	}
}

// declare finds the functions, and the types without fields that importers can't name.
func (w *wanted) declare(files []*ast.File) {
	for _, f := range files {
		for _, decl := range f.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				w.declared[d.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					if spec, ok := spec.(*ast.TypeSpec); ok {
						st, ok := spec.Type.(*ast.StructType)
						w.hollow[spec.Name.Name] = ok && st.Fields.NumFields() == 0 && !spec.Name.IsExported() && spec.TypeParams == nil
					}
				}
			}
		}
	}
}

// isOptional reports whether a function is wanted only if it is mentioned, and keeps it in mind then.
func (w *wanted) isOptional(fn *ast.FuncDecl) bool {
	name, typ := fn.Name.Name, receiver(fn)
	switch {
	case fn.Body == nil, fn.Type.TypeParams != nil, name == "init", name == "main", name == "_":
		return false
	case typ == "" && fn.Name.IsExported(), typ != "" && !w.hollow[typ]:
		return false
	}
	w.optional[name] = append(w.optional[name], fn)
	if typ != "" {
		w.optional[typ] = append(w.optional[typ], fn)
	}
	return true
}

// receiver returns the name of the receiver's type, the empty one of a function that is no method.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv.NumFields() == 0 {
		return ""
	}
	t := ast.Unparen(fn.Recv.List[0].Type)
	if star, ok := t.(*ast.StarExpr); ok {
		t = ast.Unparen(star.X)
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return "?" // of a generic type
}

// read takes note of the names in what is wanted. To make a value of a type without fields as the argument of another package's function does
// not count: that is how the framework gets it.
func (w *wanted) read(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		ast.Inspect(n.Type, w.read)
		if n.Body != nil {
			ast.Inspect(n.Body, w.read)
		}
		return false
	case *ast.Ident:
		w.mention(n.Name)
	case *ast.TypeSpec:
		if w.hollow[n.Name.Name] {
			return false
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && w.foreign[x.Name] {
			return false
		}
	case *ast.CallExpr:
		ast.Inspect(n.Fun, w.read)
		for _, arg := range n.Args {
			if !w.isHollow(arg) || !w.isElsewhere(n.Fun) {
				ast.Inspect(arg, w.read)
			}
		}
		return false
	}
	return true
}

// foreignParams returns the parameters of a function that have a type of another package: the handler that is next in a chain. What they call is not ours.
func foreignParams(decl ast.Node) map[string]bool {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	out := map[string]bool{}
	for _, field := range fn.Type.Params.List {
		if _, ok := field.Type.(*ast.SelectorExpr); ok {
			for _, name := range field.Names {
				out[name.Name] = true
			}
		}
	}
	return out
}

// isHollow reports whether an expression is a new value of a type without fields, or its address.
func (w *wanted) isHollow(e ast.Expr) bool {
	if addr, ok := e.(*ast.UnaryExpr); ok && addr.Op == token.AND {
		e = addr.X
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return false
	}
	id, ok := lit.Type.(*ast.Ident)
	return ok && w.hollow[id.Name]
}

// isElsewhere reports whether what is called is surely of another package: a method, or a function with the package's name before it, of a name that none of ours has.
func (w *wanted) isElsewhere(fun ast.Expr) bool {
	sel, ok := fun.(*ast.SelectorExpr)
	return ok && !w.declared[sel.Sel.Name]
}

func (w *wanted) mention(name string) {
	if w.names[name] {
		return
	}
	w.names[name] = true
	for _, fn := range w.optional[name] {
		w.todo = append(w.todo, fn)
	}
	delete(w.optional, name)
}
