package summary

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// testText reads a declaration.
type testText struct {
	*idle
	out *testFunc
	// of holds the calls by the names of what they call.
	of map[*ast.Ident]*ast.CallExpr
	// shares: it locks for reading. writes: it writes a map.
	shares, writes bool
}

func (t *testText) read() {
	ast.Inspect(t.out.decl, func(n ast.Node) bool {
		t.node(n)
		return true
	})
	if t.shares && t.writes {
		t.says(analysed) // rlockwrite asks what is written under a lock for reading, on any goroutine
	}
}

func (t *testText) says(n need) { t.out.says = max(t.out.says, n) }

func (t *testText) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.GoStmt:
		t.elsewhere(n.Call)
	case *ast.IncDecStmt:
		t.written(n.X)
	case *ast.AssignStmt:
		t.assigned(n)
	case *ast.SendStmt:
		t.given(n.Value)
	case *ast.CallExpr:
		t.call(n)
	case *ast.CompositeLit:
		t.composed(n)
	case *ast.Ident:
		if fn, ok := t.pass.TypesInfo.Uses[n].(*types.Func); ok {
			t.mention(fn.Origin(), t.of[n])
		}
	}
}

// written notes that e, a variable or an element of a map, is set. A test that sets a map of the product by itself shows how it calls the product then: without its
// locks, mostly, which speaks against their being for the map.
func (t *testText) written(e ast.Expr) {
	e = ast.Unparen(e)
	if x, ok := e.(*ast.IndexExpr); ok && IsMap(t.pass.TypesInfo.TypeOf(x.X)) {
		t.writes = true
		e = ast.Unparen(x.X)
	}
	if v, ok := t.pass.TypesInfo.Uses[nameOf(e)].(*types.Var); ok && IsMap(v.Type()) && t.ours(v) && !t.inTest(v) {
		t.says(analysed)
	}
}

// elsewhere notes that others run what n says, or may, beside this function.
func (t *testText) elsewhere(n ast.Node) {
	if !t.quiet(n) {
		t.says(analysed)
		t.out.tells = t.out.tells || !t.tellsNobody(n)
	}
}

// mention notes what fn does, as far as its model or name says it, and the call of it, nil where it is none.
func (t *testText) mention(fn *types.Func, call *ast.CallExpr) {
	recv := fn.Signature().Recv()
	if fn.Pkg() == t.pass.Pkg || recv != nil && types.IsInterface(recv.Type()) {
		t.out.calls = append(t.out.calls, fn)
	}
	if takes, gives := locks(fn); takes || gives || t.leaving[fn] {
		t.says(walked)
	}
	effects, _ := models.Of(fn)
	for _, e := range effects {
		t.shares = t.shares || e.Kind == models.Acquire && e.Mode == domain.ReadMode
		switch e.Kind {
		case models.Serve, models.Together:
			t.says(analysed)
			t.out.tells = true
		case models.Register, models.Methods, models.Spawn:
			t.begins(call, e)
		}
	}
}

// begins notes that something is started, or will be, with the arguments of call.
func (t *testText) begins(call *ast.CallExpr, e models.Effect) {
	switch {
	case waitedFor(e):
	case call == nil:
		t.says(analysed)
		t.out.tells = true
	default:
		for _, arg := range call.Args {
			t.elsewhere(arg)
		}
	}
}

// waitedFor reports whether what e starts is over when the call returns, and has run beside nothing: a subtest. One that calls t.Parallel says so itself.
func waitedFor(e models.Effect) bool {
	return e.Kind == models.Spawn && e.Joined && e.Times != models.Many
}

// assigned looks at what functions are put into. A variable of the function is harmless: who is given it is looked at.
func (t *testText) assigned(n *ast.AssignStmt) {
	for i, l := range n.Lhs {
		t.written(l)
		if _, local := l.(*ast.Ident); !local && len(n.Lhs) == len(n.Rhs) {
			t.given(n.Rhs[i])
		}
	}
}

// composed looks at the functions in a struct that somebody else knows what to do with.
func (t *testText) composed(n *ast.CompositeLit) {
	named, ok := types.Unalias(deref(t.pass.TypesInfo.TypeOf(n))).(*types.Named)
	if !ok || t.inTest(named.Obj()) {
		return
	}
	for _, e := range n.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			t.written(kv.Key)
			e = kv.Value
		}
		t.given(e)
	}
}

// call looks at the functions that a call gets. Another test helper is looked at itself; the standard library runs them at once, where no model says otherwise.
func (t *testText) call(n *ast.CallExpr) {
	if id := nameOf(n.Fun); id != nil {
		t.of[id] = n
	}
	callee := typeutil.Callee(t.pass.TypesInfo, n)
	if b, ok := callee.(*types.Builtin); ok && (b.Name() == "delete" || b.Name() == "clear") {
		t.written(&ast.IndexExpr{X: n.Args[0]})
	}
	if tv := t.pass.TypesInfo.Types[n.Fun]; tv.IsType() || t.runsHere(callee) {
		return
	}
	for _, arg := range n.Args {
		t.given(arg)
	}
}

// nameOf returns the name of the variable, field or function that e is, nil if it is none.
func nameOf(e ast.Expr) *ast.Ident {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr: // of a generic function
		return nameOf(e.X)
	case *ast.IndexListExpr:
		return nameOf(e.X)
	}
	return nil
}

// runsHere reports whether a call of callee runs the functions that it gets before it returns.
func (t *testText) runsHere(callee types.Object) bool {
	fn, ok := callee.(*types.Func)
	if !ok || fn.Pkg() == nil {
		return false
	}
	return models.IsStd(fn.Pkg().Path()) || t.inTest(fn.Origin())
}

// inTest reports whether obj is declared in a test file of this package.
func (d *idle) inTest(obj types.Object) bool {
	return obj.Pkg() == d.pass.Pkg && isTestFile(d.pass.Fset.File(obj.Pos()).Name())
}

// given looks at a value that goes to code which may call it on a goroutine.
func (t *testText) given(e ast.Expr) {
	if isFunc(t.pass.TypesInfo.TypeOf(e)) && !t.makesQuiet(e) {
		t.elsewhere(e)
	}
}

// makesQuiet reports whether e calls a helper of tests which returns a function that is quiet, whatever else the helper does: all that it makes, and names without
// calling it, is.
func (t *testText) makesQuiet(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return false
	}
	fn := typeutil.StaticCallee(t.pass.TypesInfo, call)
	if fn == nil || t.decls[fn.Origin()] == nil || fn.Signature().Recv() != nil {
		return false
	}
	quiet, called := true, map[*ast.Ident]bool{}
	ast.Inspect(t.decls[fn.Origin()].decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			called[nameOf(n.Fun)] = true
		case *ast.FuncLit:
			quiet = quiet && t.quiet(n)
		case *ast.Ident:
			obj := t.pass.TypesInfo.Uses[n]
			_, declared := obj.(*types.Func)
			quiet = quiet && (obj == nil || called[n] && declared || !isFunc(obj.Type()))
		}
		return quiet
	})
	return quiet
}

// quiet reports whether running n anywhere touches nothing that is looked at here: it names no map, no function in a variable and nothing of a type of the package,
// and calls only what other packages have, which can't come by the maps of this one without these, and helpers of tests that are quiet themselves.
func (d *idle) quiet(n ast.Node) bool { return d.plain(n, false) }

// tellsNobody reports whether those who call the function in whose text n runs elsewhere need not know of it: it touches nothing but what the product does.
func (d *idle) tellsNobody(n ast.Node) bool { return d.plain(n, true) }

// plain is what both ask; product says that what the product does may happen.
func (d *idle) plain(n ast.Node, product bool) bool {
	plain := true
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return plain
		}
		switch obj := d.pass.TypesInfo.Uses[id].(type) {
		case *types.Func:
			plain = plain && d.calm(obj.Origin(), product)
		case *types.TypeName, *types.Var:
			plain = plain && d.holdsNothing(obj.Type(), product)
		}
		return plain
	})
	return plain
}

// calm reports whether a call of fn is plain. Behind an interface may be what implements it here.
func (d *idle) calm(fn *types.Func, product bool) bool {
	recv := fn.Signature().Recv()
	switch {
	case recv != nil && types.IsInterface(recv.Type()):
		if !product {
			return !d.ours(fn) && !d.implemented(recv.Type())
		}
		return !slices.ContainsFunc(d.implementing(fn), func(m *types.Func) bool {
			return !d.holdsNothing(m.Signature().Recv().Type(), true) && !d.calm(m, true)
		})
	case !d.ours(fn):
		return true
	case d.decls[fn] == nil:
		return product
	}
	return d.known(fn, product, func() bool { return d.plain(d.decls[fn].decl, product) })
}

// known returns what is remembered of obj, or what say does. Functions that call each other, and types that hold each other, are taken for plain as long as none of them
// is found not to be: what was said meanwhile is forgotten then.
func (d *idle) known(obj types.Object, product bool, say func() bool) bool {
	asked, before := question{obj, product}, len(d.assumed)
	if is, ok := d.answers[asked]; ok {
		return is
	}
	d.answers[asked] = true
	d.assumed = append(d.assumed, asked)
	if say() {
		return true
	}
	for _, q := range d.assumed[before:] {
		delete(d.answers, q)
	}
	d.assumed = d.assumed[:before]
	d.answers[asked] = false
	return false
}

// holdsNothing reports whether a value of type t has, and leads to, no map and no function, and is nothing of the package's; with product, what is the product's may be.
func (d *idle) holdsNothing(t types.Type, product bool) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Named:
		obj := t.Obj()
		_, basic := t.Underlying().(*types.Basic)
		switch {
		case basic:
			return true
		case !d.ours(obj):
			return !IsMap(t) && (!isFunc(t) || obj.Pkg().Path() == "context")
		case !product || !d.inTest(obj):
			return product // a struct of the test's own may be the key of a map
		}
		return d.known(obj, product, func() bool { return d.holdsNothing(t.Underlying(), product) })
	case *types.Map, *types.Signature:
		return false
	case interface{ Elem() types.Type }:
		return d.holdsNothing(t.Elem(), product)
	case *types.Struct:
		for f := range t.Fields() {
			if !d.holdsNothing(f.Type(), product) {
				return false
			}
		}
	}
	return true
}

// implemented reports whether a type of the package, or of the one that it tests, may be behind an interface that another package declares. Errors are not made
// to be called for what they do.
func (d *idle) implemented(t types.Type) bool {
	iface := t.Underlying().(*types.Interface)
	if is, ok := d.behind[iface]; ok || t == types.Universe.Lookup("error").Type() {
		return is
	}
	is := false
	for _, pkg := range append(d.pass.Pkg.Imports(), d.pass.Pkg) {
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			is = is || ok && d.ours(obj) && !types.IsInterface(obj.Type()) && (types.Implements(obj.Type(), iface) || types.Implements(types.NewPointer(obj.Type()), iface))
		}
	}
	d.behind[iface] = is
	return is
}

// ours reports whether obj belongs to this package, or to the one that this one only tests.
func (d *idle) ours(obj types.Object) bool {
	return obj.Pkg() != nil && (obj.Pkg() == d.pass.Pkg || obj.Pkg().Path() == strings.TrimSuffix(d.pass.Pkg.Path(), "_test"))
}

// findLeaving notes the functions in file that only take locks, or only give them up.
func (d *idle) findLeaving(file *ast.File) {
	for _, decl := range file.Decls {
		fn := d.declared(decl)
		if fn == nil {
			continue
		}
		takes, gives := false, false
		ast.Inspect(decl, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if callee, ok := d.pass.TypesInfo.Uses[sel.Sel].(*types.Func); ok {
					t, g := locks(callee)
					takes, gives = takes || t, gives || g
				}
			}
			return true
		})
		if takes != gives {
			d.leaving[fn] = true
		}
	}
}

// locks reports whether a call of fn takes a lock, or gives one up, as its model or name says.
func locks(fn *types.Func) (takes, gives bool) {
	effects, known := models.Of(fn)
	if !known {
		if e, ok := models.LockMethod(fn); ok {
			effects = []models.Effect{e}
		}
	}
	for _, e := range effects {
		takes = takes || e.Kind == models.Acquire || e.Kind == models.Try
		gives = gives || e.Kind == models.Release
	}
	return takes, gives
}
