package summary

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/models"
)

// build makes the SSA form of the package of pass alone, of what its files leave of it. It is not buildssa, which requires ctrlflow, which has a fact: requiring
// either would drag SSA through every dependency, the standard library included.
func build(pass *analysis.Pass, files []*ast.File) *ssa.Package {
	prog := ssa.NewProgram(pass.Fset, ssa.BuilderMode(0))
	prog.SetNoReturn(models.IsNoReturn)
	for _, p := range mentioned(pass) {
		prog.CreatePackage(p, nil, nil, true)
	}
	pkg := prog.CreatePackage(pass.Pkg, files, pass.TypesInfo, false)
	pkg.Build()
	return pkg
}

// mentioned returns the packages that the bodies of this one may refer to: its imports, and those of whatever has a name in it. To create the members of
// all that they import in their turn, most of which nobody asks for, would take a fifth of the time that SSA takes.
func mentioned(pass *analysis.Pass) []*types.Package {
	out := slices.Clone(pass.Pkg.Imports())
	seen := map[*types.Package]bool{nil: true, pass.Pkg: true, types.Unsafe: true}
	for _, p := range out {
		seen[p] = true
	}
	for _, obj := range pass.TypesInfo.Uses {
		if p := obj.Pkg(); !seen[p] {
			seen[p] = true
			out = append(out, p)
		}
	}
	return out
}

// buildable reports whether SSA can be built. The nogo of an old rules_go does not record how generic functions are instantiated, without which the
// builder panics at a call of one.
func buildable(pass *analysis.Pass) bool {
	if pass.TypesInfo.Instances != nil {
		return true
	}
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && fn.Signature().TypeParams().Len() > 0 {
			return false
		}
	}
	return true
}

// sourceFuncs returns the functions with a body in the order of the source, closures after the function that holds them.
func sourceFuncs(pass *analysis.Pass, pkg *ssa.Package) []*ssa.Function {
	var out []*ssa.Function
	var add func(*ssa.Function)
	add = func(fn *ssa.Function) {
		if fn == nil || len(fn.Blocks) == 0 {
			return
		}
		out = append(out, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	add(pkg.Func("init"))
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.FuncDecl); ok {
				if obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
					add(pkg.Prog.FuncValue(obj))
				}
			}
		}
	}
	return out
}

// relevant is the prefilter: whether the package can hold or pass on anything that the checks look for. It looks at syntax only, so that
// most packages are left before SSA is built.
func relevant(pass *analysis.Pass) bool {
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt, *ast.MapType:
				found = true
			case *ast.IndexExpr:
				found = found || overMap(pass, n.X)
			case *ast.RangeStmt:
				found = found || overMap(pass, n.X)
			case *ast.CallExpr:
				found = found || startsSomething(pass, n)
			case *ast.FuncDecl:
				// A function parameter may come to run elsewhere, and a lock or wait may hide behind any method.
				found = found || passesOn(pass, n)
			case *ast.SelectorExpr:
				switch n.Sel.Name {
				case "Lock", "Unlock", "RLock", "RUnlock", "Wait", "Done", "Exit", "Fatal", "Fatalf", "Encode", "Marshal", "MarshalIndent":
					found = true
				}
			}
			return !found
		})
	}
	return found || isServed(pass)
}

// isServed reports whether something of the package is called for requests, because of its shape or name: what it does to another package's maps, it does on
// many goroutines.
func isServed(pass *analysis.Pass) bool {
	scope := models.NewScope(pass.Pkg)
	found := false
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				sig, ok := pass.TypesInfo.TypeOf(n).(*types.Signature)
				found = found || ok && calledMany(scope.Func(sig))
			case *ast.FuncDecl:
				obj, ok := pass.TypesInfo.Defs[n.Name].(*types.Func)
				found = found || ok && (calledMany(scope.Func(withoutRecv(obj.Signature()))) || calledMany(scope.Method(obj)))
			}
			return !found
		})
	}
	return found
}

func calledMany(e models.Effect, ok bool) bool { return ok && e.Times == models.Many }

func overMap(pass *analysis.Pass, x ast.Expr) bool {
	t := pass.TypesInfo.TypeOf(x)
	return t != nil && IsMap(t)
}

// startsSomething reports whether the call is one of a function that starts a goroutine, or registers what it is given, as the models say.
func startsSomething(pass *analysis.Pass, call *ast.CallExpr) bool {
	fn, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
	if !ok || fn.Pkg() == nil || fn.Pkg() == pass.Pkg {
		return false
	}
	effects, _ := models.Of(fn.Origin())
	return slices.ContainsFunc(effects, func(e models.Effect) bool { return e.Kind == models.Spawn || e.Kind == models.Register })
}

// passesOn reports whether a function gets functions, or arguments of any number and type, such as those of a message.
func passesOn(pass *analysis.Pass, decl *ast.FuncDecl) bool {
	obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok {
		return false
	}
	if sig := obj.Signature(); sig.Variadic() {
		if last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice); ok && isAny(last.Elem()) {
			return true
		}
	}
	for v := range obj.Signature().Params().Variables() {
		if isFunc(v.Type()) {
			return true
		}
	}
	return false
}
