package summary

import (
	"go/ast"
	"go/types"

	"github.com/mapguard/mapguard/internal/models"
)

// testText reads a declaration.
type testText struct {
	*idle
	decl ast.Decl
	out  *testFunc
	// plain are the expressions that are looked into, measured, ranged over or assigned: what a map of the function's own may be.
	plain map[ast.Expr]bool
}

func (t *testText) read() {
	ast.Inspect(t.decl, func(n ast.Node) bool {
		t.node(n)
		return true
	})
}

func (t *testText) says(n need) { t.out.says = max(t.out.says, n) }

func (t *testText) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.GoStmt:
		t.says(analysed)
	case *ast.IndexExpr:
		t.plain[n.X] = true
	case *ast.RangeStmt:
		t.plain[n.X] = true
	case *ast.AssignStmt:
		t.assigned(n)
	case *ast.SendStmt:
		t.given(n.Value)
	case *ast.CallExpr:
		t.call(n)
	case *ast.CompositeLit:
		t.composed(n)
	case *ast.SelectorExpr:
		// A field that another package declares is nearly always that of a message or of options: what its owner does to it beside a test is seen in that package.
		if v, ok := t.pass.TypesInfo.Uses[n.Sel].(*types.Var); ok && v.IsField() && v.Pkg() == t.pass.Pkg && IsMap(v.Type()) {
			t.says(analysed)
		}
	case *ast.Ident:
		t.ident(n)
	}
}

// ident notes what is called, and variables with maps: those of the package, and local ones that are handed on, which others may have then.
func (t *testText) ident(id *ast.Ident) {
	switch obj := t.pass.TypesInfo.Uses[id].(type) {
	case *types.Func:
		t.mention(obj.Origin())
	case *types.Var:
		if IsMap(obj.Type()) && !obj.IsField() && (obj.Parent() == t.pass.Pkg.Scope() || !t.plain[id]) {
			t.says(analysed)
		}
	}
}

// mention notes what a call of fn does, as far as its model or name says it.
func (t *testText) mention(fn *types.Func) {
	recv := fn.Signature().Recv()
	if fn.Pkg() == t.pass.Pkg || recv != nil && types.IsInterface(recv.Type()) {
		t.out.calls = append(t.out.calls, fn)
	}
	if takes, gives := locks(fn); takes || gives || t.leaving[fn] {
		t.says(walked)
	}
	effects, _ := models.Of(fn)
	for _, e := range effects {
		switch e.Kind {
		case models.Register, models.Methods, models.Serve, models.Together:
			t.says(analysed)
		case models.Spawn:
			if !waitedFor(e) {
				t.says(analysed)
			}
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
		t.plain[l] = true
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
			e = kv.Value
		}
		t.given(e)
	}
}

// call looks at the functions that a call gets. Another test helper is looked at itself; the standard library runs them at once, where no model says otherwise.
func (t *testText) call(n *ast.CallExpr) {
	if b, ok := ast.Unparen(n.Fun).(*ast.Ident); ok {
		if _, ok := t.pass.TypesInfo.Uses[b].(*types.Builtin); ok {
			for _, arg := range n.Args {
				t.plain[arg] = true
			}
			return
		}
	}
	if tv := t.pass.TypesInfo.Types[n.Fun]; tv.IsType() || t.runsHere(n) {
		return
	}
	if tv := t.pass.TypesInfo.Types[n]; tv.IsValue() && IsMap(tv.Type) {
		t.says(analysed) // a map of the product
	}
	for _, arg := range n.Args {
		t.given(arg)
	}
}

// runsHere reports whether a call runs the functions that it gets before it returns.
func (t *testText) runsHere(n *ast.CallExpr) bool {
	var id *ast.Ident
	switch f := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		id = f
	case *ast.SelectorExpr:
		id = f.Sel
	default:
		return false
	}
	fn, ok := t.pass.TypesInfo.Uses[id].(*types.Func)
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
	if isFunc(t.pass.TypesInfo.TypeOf(e)) && !t.quiet(e) {
		t.says(analysed)
	}
}

// quiet reports whether running e anywhere touches nothing that is looked at here: it calls only what other packages have, and of that nothing that has a
// summary.
func (t *testText) quiet(e ast.Expr) bool {
	quiet := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			switch obj := t.pass.TypesInfo.Uses[n].(type) {
			case *types.Func:
				quiet = quiet && t.unknown(obj.Origin())
			case *types.Var:
				quiet = quiet && !IsMap(obj.Type()) && !isFunc(obj.Type())
			}
		}
		return quiet
	})
	return quiet
}

// unknown reports whether nothing is known of what fn does.
func (t *testText) unknown(fn *types.Func) bool {
	if fn.Pkg() == nil {
		return true
	}
	if _, known := models.Of(fn); known {
		return models.IsNoReturn(fn) || models.IsQuick(fn)
	}
	return models.IsStd(fn.Pkg().Path()) || fn.Pkg() != t.pass.Pkg && !t.pass.ImportObjectFact(fn, new(Fact))
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
