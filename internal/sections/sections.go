// Package sections is a package as written: its functions, their calls of locks, the critical sections between those, and what may happen inside
// them. Fixes need it, and the summaries don't hold it.
package sections

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Package is the functions of a package and their calls of locks.
type Package struct {
	Pass   *analysis.Pass
	Funcs  []*Func // in the order of the source, outer ones first
	byPos  []*Func // Funcs by position
	decls  map[*types.Func]*Func
	named  map[string][]*types.Func // methods by name, for calls through interfaces
	runs   map[*Func]effects
	slows  map[*Func]string // why they are slow, empty if they are not
	taken  map[*Func]bool   // see Take
	takers map[ast.Node]any // see Take
	owner  any              // on whose behalf Slow is asked
	every  []*held
	byLock map[string]*ofLock // see of
	open   funcSet            // see handed
	spare  []*Func            // memory of what a section leads to, for the next one
	uses   map[*types.Var][]*ast.Ident
	// unknowns are the answers of callsUnknown by lock.
	unknowns map[string]unknown
	names    map[ast.Node]map[string]bool // see Names
	// values are the functions that are used as values.
	values map[*types.Func]bool
}

// Func is a declared function or a function literal. A literal that is deferred where it stands is part of the function around it.
type Func struct {
	Node ast.Node
	Body *ast.BlockStmt
	Obj  *types.Func // nil for a literal
	Part *Func       // the function that this literal is part of
	Ops  []*Call

	index int // in Package.Funcs
}

// Call is a call of a lock's method.
type Call struct {
	Call     *ast.CallExpr
	Name     *ast.Ident // of the method
	Lock     ast.Expr   // the lock, or what embeds it
	Text     string     // of lock
	Key      string     // location of the lock, empty for a local variable
	Deferred bool
}

// Acquire reports whether o takes the lock, or tries to.
func (o *Call) Acquire() bool { return !strings.HasSuffix(o.Name.Name, "nlock") }

// Is reports whether o is a call of l, as far as locations tell.
func (o *Call) Is(l *domain.Lock) bool { return o.Key == Key(l) }

var lockMethods = map[string]bool{"Lock": true, "Unlock": true, "RLock": true, "RUnlock": true, "TryLock": true, "TryRLock": true}

// New reads a package.
func New(pass *analysis.Pass) *Package {
	p := &Package{Pass: pass, decls: map[*types.Func]*Func{}, named: map[string][]*types.Func{}, runs: map[*Func]effects{}, unknowns: map[string]unknown{}, slows: map[*Func]string{}, taken: map[*Func]bool{}, takers: map[ast.Node]any{}}
	for _, file := range pass.Files {
		open := map[ast.Node]*Func{}
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Body != nil {
					open[n] = p.declare(n)
				}
			case *ast.FuncLit:
				fn := p.enter(n, n.Body)
				if isDeferred(n, stack) {
					fn.Part = innermost(stack, open)
				}
				open[n] = fn
			case *ast.CallExpr:
				if op := p.lockCall(n); op != nil {
					p.add(op, stack, open)
				}
			}
			return true
		})
	}
	p.byPos = slices.Clone(p.Funcs)
	slices.SortFunc(p.byPos, func(a, b *Func) int { return cmp.Compare(a.Node.Pos(), b.Node.Pos()) })
	return p
}

func (p *Package) enter(n ast.Node, body *ast.BlockStmt) *Func {
	fn := &Func{Node: n, Body: body, index: len(p.Funcs)}
	p.Funcs = append(p.Funcs, fn)
	return fn
}

func (p *Package) declare(decl *ast.FuncDecl) *Func {
	fn := p.enter(decl, decl.Body)
	if obj, ok := p.Pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
		fn.Obj = obj
		p.decls[obj] = fn
		if obj.Signature().Recv() != nil {
			p.named[obj.Name()] = append(p.named[obj.Name()], obj)
		}
	}
	return fn
}

// add gives op to the function that it belongs to.
func (p *Package) add(op *Call, stack []ast.Node, open map[ast.Node]*Func) {
	if d, ok := stack[len(stack)-1].(*ast.DeferStmt); ok && d.Call == op.Call {
		op.Deferred = true
	}
	fn := innermost(stack, open)
	for fn != nil && fn.Part != nil {
		op.Deferred = true
		fn = fn.Part
	}
	if fn != nil {
		fn.Ops = append(fn.Ops, op)
	}
}

func isDeferred(lit *ast.FuncLit, stack []ast.Node) bool {
	n := len(stack)
	if n < 2 {
		return false
	}
	call, ok := stack[n-1].(*ast.CallExpr)
	d, isDefer := stack[n-2].(*ast.DeferStmt)
	return ok && isDefer && d.Call == call && call.Fun == lit
}

func innermost(stack []ast.Node, open map[ast.Node]*Func) *Func {
	for i := len(stack) - 1; i >= 0; i-- {
		if fn := open[stack[i]]; fn != nil {
			return fn
		}
	}
	return nil
}

// At returns the function that pos lies in, nil if it is none of this package's.
func (p *Package) At(pos token.Pos) *Func {
	if !pos.IsValid() {
		return nil
	}
	// The innermost is the last one that begins before pos and holds it; nothing around a declaration does.
	var in *Func
	for i := p.byPosition(pos); i >= 0 && in == nil; i-- {
		fn := p.byPos[i]
		if pos < fn.Node.End() {
			in = fn
		} else if _, decl := fn.Node.(*ast.FuncDecl); decl {
			break
		}
	}
	for in != nil && in.Part != nil {
		in = in.Part
	}
	return in
}

// byPosition returns the index in byPos of the last function that begins at pos or before, -1 if there is none.
func (p *Package) byPosition(pos token.Pos) int {
	i, found := slices.BinarySearchFunc(p.byPos, pos, func(fn *Func, pos token.Pos) int { return cmp.Compare(fn.Node.Pos(), pos) })
	if !found {
		i--
	}
	return i
}

// Acquires reports whether f itself takes l.
func (f *Func) Acquires(l *domain.Lock) bool {
	for _, op := range f.Ops {
		if op.Acquire() && op.Is(l) {
			return true
		}
	}
	return false
}

// EverLocked reports whether some function of the package takes l exclusively, or may do so in a form that is not seen.
func (p *Package) EverLocked(l *domain.Lock) bool {
	f := l.Path.Loc()
	if f == 0 || !strings.HasPrefix(Key(l), p.Pass.Pkg.Path()+".") || ast.IsExported(Key(l)[strings.LastIndex(Key(l), ".")+1:]) {
		return true // others can lock it
	}
	for _, fn := range p.Funcs {
		for _, op := range fn.Ops {
			if (op.Name.Name == "Lock" || op.Name.Name == "TryLock") && (op.Is(l) || op.Key == "") {
				return true
			}
		}
	}
	return false
}

// lockCall returns what call does as a call of a lock's method, nil if it is none.
func (p *Package) lockCall(call *ast.CallExpr) *Call {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !lockMethods[sel.Sel.Name] || len(call.Args) > 0 {
		return nil
	}
	m := p.Pass.TypesInfo.Selections[sel]
	if m == nil || m.Kind() != types.MethodVal {
		return nil
	}
	op := &Call{Call: call, Name: sel.Sel, Lock: sel.X, Text: types.ExprString(sel.X)}
	if idx := m.Index(); len(idx) > 1 && !models.IsLockAlone(m.Recv()) {
		op.Key = fieldKey(m.Recv(), idx[:len(idx)-1])
	} else {
		op.Key = p.keyOf(sel.X)
	}
	return op
}

// keyOf returns the location of a lock as written, empty if it has none.
func (p *Package) keyOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return variableKey(p.Pass.TypesInfo.Uses[e])
	case *ast.SelectorExpr:
		if f := p.Pass.TypesInfo.Selections[e]; f != nil {
			switch {
			case f.Kind() != types.FieldVal:
				return ""
			case len(f.Index()) == 1 && models.IsLockAlone(f.Recv()):
				return p.keyOf(e.X)
			}
			return fieldKey(f.Recv(), f.Index())
		}
		return variableKey(p.Pass.TypesInfo.Uses[e.Sel])
	case *ast.StarExpr:
		return p.keyOf(e.X)
	case *ast.UnaryExpr:
		return p.keyOf(e.X)
	case *ast.IndexExpr:
		return p.keyOf(e.X)
	}
	return ""
}

func variableKey(obj types.Object) string {
	if v, ok := obj.(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return v.Pkg().Path() + "." + v.Name()
	}
	return ""
}

// fieldKey returns the location of the field that a selection ends at, or of the struct around it that is a lock as a whole.
func fieldKey(t types.Type, index []int) string {
	name := ""
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		switch {
		case !ok:
			return ""
		case name != "" && models.IsLockAlone(t):
			return name
		}
		name = "." + st.Field(i).Name()
		if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
			name = n.Origin().Obj().Pkg().Path() + "." + n.Obj().Name() + name
		}
		t = st.Field(i).Type()
	}
	return name
}

// Key returns the name of a lock in the source: its location, or empty for a local variable.
func Key(l *domain.Lock) string { return strings.TrimSuffix(l.Path.Loc().String(), "[]") }
