package sections

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/models"
)

// Take says that owner is going to take a lock at n, in fn, though it does not yet: sections that others make must not contain n, nor call fn.
func (p *Package) Take(owner any, n ast.Node, fn *Func) { p.takers[n], p.taken[fn] = owner, true }

// Slow returns why what is done in nodes must not be done with a lock that was not held there before, empty if it may be: they take no lock, wait for
// nobody, start no goroutine, and call only what is known to do none of it either. Function literals that are only made there don't run there.
//
// It is stricter than Blocked, which asks about a lock that is held already. To take no other lock at all keeps the new hold out of every cycle of locks
// that are waited for, whatever order the program takes its locks in. What owner itself has announced by Take is left out.
func (p *Package) Slow(owner any, nodes ...ast.Node) string {
	p.owner = owner
	defer func() { p.owner = nil }()
	for _, n := range nodes {
		if why := p.slow(n); why != "" {
			return why
		}
	}
	return ""
}

func (p *Package) slow(n ast.Node) (why string) {
	ast.Inspect(n, func(n ast.Node) bool {
		if why != "" {
			return false
		}
		if by := p.takers[n]; n != nil && by != nil && by != p.owner {
			why = "it takes a lock that is missing there, too"
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.GoStmt:
			why = "it starts a goroutine"
		case *ast.SendStmt, *ast.SelectStmt:
			why = "it waits on a channel"
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				why = "it waits on a channel"
			}
		case *ast.ForStmt:
			if n.Cond == nil {
				why = "it loops with no end in sight"
			}
		case *ast.RangeStmt:
			why = p.slowRange(n.X)
		case *ast.CallExpr:
			why = p.slowCall(n)
		}
		return why == ""
	})
	return why
}

func (p *Package) slowRange(x ast.Expr) string {
	switch p.Pass.TypesInfo.TypeOf(x).Underlying().(type) {
	case *types.Chan:
		return "it waits on a channel"
	case *types.Signature:
		if _, ok := ast.Unparen(x).(*ast.CallExpr); !ok {
			return fmt.Sprintf("what the iterator %s does is not known", types.ExprString(x))
		}
	}
	return ""
}

func (p *Package) slowCall(call *ast.CallExpr) string {
	if tv := p.Pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return ""
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return p.slow(lit.Body)
	}
	if op := p.lockCall(call); op != nil {
		return fmt.Sprintf("it calls %s.%s", op.Text, op.Name.Name)
	}
	fn, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func)
	if !ok {
		return fmt.Sprintf("it calls %s, a function that is not known", types.ExprString(call.Fun))
	}
	fn = fn.Origin()
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		if fn.FullName() == "(error).Error" || fn.FullName() == "(context.Context).Err" {
			return ""
		}
		return fmt.Sprintf("it calls %s, a method of an interface, which may take long", types.ExprString(call.Fun))
	}
	if d := p.decls[fn]; d != nil {
		if why := p.slowFunc(d); why != "" {
			return fmt.Sprintf("it calls %s, and there: %s", p.Name(d), why)
		}
		return p.slowArgs(fn, call)
	}
	if !models.IsQuick(fn) {
		return fmt.Sprintf("it calls %s, which may take long", types.ExprString(call.Fun))
	}
	return p.slowArgs(fn, call)
}

// slowFunc is slow for a declared function of this package.
func (p *Package) slowFunc(fn *Func) string {
	if p.taken[fn] {
		return "it is to take a lock"
	}
	if why, ok := p.slows[fn]; ok {
		return why
	}
	p.slows[fn] = "" // for recursion
	defer func(owner any) { p.owner = owner }(p.owner)
	p.owner = nil // what it takes where is not this caller's
	why := p.slow(fn.Body)
	p.slows[fn] = why
	return why
}

// slowArgs looks at what fn may call because of its arguments: functions, and methods behind interfaces.
func (p *Package) slowArgs(fn *types.Func, call *ast.CallExpr) string {
	for i, arg := range call.Args {
		t := p.Pass.TypesInfo.TypeOf(arg)
		if t == nil {
			continue
		}
		if _, ok := t.Underlying().(*types.Signature); ok && p.decls[fn] == nil {
			if why := p.slowValue(arg); why != "" {
				return why
			}
		}
		param := paramType(fn.Signature(), i)
		if iface, ok := param.Underlying().(*types.Interface); ok && !isTypeParam(param) && p.decls[fn] == nil {
			if why := p.slowMethods(t, iface); why != "" {
				return why
			}
		}
	}
	return ""
}

func isTypeParam(t types.Type) bool {
	_, ok := types.Unalias(t).(*types.TypeParam)
	return ok
}

func paramType(sig *types.Signature, i int) types.Type {
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if s, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return s.Elem()
		}
	}
	if i >= n {
		return types.Typ[types.Invalid] // f(g()) with g of several results
	}
	return sig.Params().At(i).Type()
}

// slowValue is for a function that is passed to a library, which calls it.
func (p *Package) slowValue(arg ast.Expr) string {
	switch arg := ast.Unparen(arg).(type) {
	case *ast.FuncLit:
		return p.slow(arg.Body)
	case *ast.CallExpr:
		return "" // an iterator
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr:
		id, _ := arg.(*ast.Ident)
		if sel, ok := arg.(*ast.SelectorExpr); ok {
			id = sel.Sel
		}
		if x, ok := arg.(*ast.IndexExpr); ok {
			id = genericName(x)
		}
		if fn, ok := p.Pass.TypesInfo.Uses[id].(*types.Func); ok {
			if d := p.decls[fn.Origin()]; d != nil {
				return p.slowFunc(d)
			}
			if models.IsQuick(fn) {
				return ""
			}
		}
		if _, ok := p.Pass.TypesInfo.Uses[id].(*types.Nil); ok {
			return ""
		}
	}
	return fmt.Sprintf("it calls %s, a function that is not known", types.ExprString(arg))
}

// printers are the methods that fmt looks for behind an interface.
var printers = []string{"Error", "String", "GoString", "Format"}

// slowMethods is for a value of type t that a library gets as iface: it calls the methods of that, and those that fmt looks for.
func (p *Package) slowMethods(t types.Type, iface *types.Interface) string {
	names := printers
	if types.IsInterface(t) {
		if iface.NumMethods() == 0 || t.String() == "error" {
			return p.slowPrinters()
		}
		return fmt.Sprintf("it calls methods of a %s, which may take long", types.TypeString(t, types.RelativeTo(p.Pass.Pkg)))
	}
	for m := range iface.Methods() {
		names = append(names[:len(names):len(names)], m.Name())
	}
	for _, name := range names {
		obj, _, _ := types.LookupFieldOrMethod(t, true, p.Pass.Pkg, name)
		fn, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		if d := p.decls[fn.Origin()]; d != nil {
			if why := p.slowFunc(d); why != "" {
				return fmt.Sprintf("it calls %s, and there: %s", p.Name(d), why)
			}
		} else if iface.NumMethods() > 0 && !models.IsQuick(fn.Origin()) {
			return fmt.Sprintf("it calls %s.%s, which may take long", types.TypeString(t, types.RelativeTo(p.Pass.Pkg)), name)
		}
	}
	return ""
}

// slowPrinters is for a value that a library may print, of a type that is not known: it may be any of this package that prints itself.
func (p *Package) slowPrinters() string {
	for _, name := range printers {
		for _, m := range p.named[name] {
			if why := p.slowFunc(p.decls[m]); why != "" {
				return fmt.Sprintf("it may call %s, and there: %s", p.Name(p.decls[m]), why)
			}
		}
	}
	return ""
}

// Implements reports whether fn is a method of an interface that a type of this package may have.
func (p *Package) Implements(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type()) && len(p.named[fn.Name()]) > 0
}

// Named reports whether an interface that is declared in this package has a method of that name.
func (p *Package) Named(name string) bool {
	for _, obj := range p.Pass.TypesInfo.Defs {
		if fn, ok := obj.(*types.Func); ok && fn.Name() == name && fn.Signature().Recv() != nil && types.IsInterface(fn.Signature().Recv().Type()) {
			return true
		}
	}
	return false
}
