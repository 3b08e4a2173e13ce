package rlockwrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
)

// sources is the package as written: its functions and their calls of locks. A fix needs them, and the summaries don't hold them.
type sources struct {
	pass  *analysis.Pass
	funcs []*function // in the order of the source, outer ones first
	decls map[*types.Func]*function
	named map[string][]*types.Func // methods by name, for calls through interfaces
	runs  map[*function]effects
}

// function is a declared function or a function literal. A literal that is deferred where it stands is part of the function around it.
type function struct {
	node ast.Node
	body *ast.BlockStmt
	obj  *types.Func // nil for a literal
	part *function   // the function that this literal is part of
	ops  []*lockCall
}

// lockCall is a call of a lock's method.
type lockCall struct {
	call     *ast.CallExpr
	name     *ast.Ident // of the method
	lock     ast.Expr   // the lock, or what embeds it
	text     string     // of lock
	key      string     // location of the lock, empty for a local variable
	deferred bool
}

func (o *lockCall) acquire() bool { return !strings.HasSuffix(o.name.Name, "nlock") }

func (o *lockCall) is(l *domain.Lock) bool { return o.key == key(l) }

var lockMethods = map[string]bool{"Lock": true, "Unlock": true, "RLock": true, "RUnlock": true, "TryLock": true, "TryRLock": true}

func newSources(pass *analysis.Pass) *sources {
	s := &sources{pass: pass, decls: map[*types.Func]*function{}, named: map[string][]*types.Func{}, runs: map[*function]effects{}}
	for _, file := range pass.Files {
		open := map[ast.Node]*function{}
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Body != nil {
					open[n] = s.declare(n)
				}
			case *ast.FuncLit:
				fn := &function{node: n, body: n.Body}
				if isDeferred(n, stack) {
					fn.part = innermost(stack, open)
				}
				open[n] = fn
				s.funcs = append(s.funcs, fn)
			case *ast.CallExpr:
				if op := s.lockCall(n); op != nil {
					s.add(op, stack, open)
				}
			}
			return true
		})
	}
	return s
}

func (s *sources) declare(decl *ast.FuncDecl) *function {
	fn := &function{node: decl, body: decl.Body}
	s.funcs = append(s.funcs, fn)
	if obj, ok := s.pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
		fn.obj = obj
		s.decls[obj] = fn
		if obj.Signature().Recv() != nil {
			s.named[obj.Name()] = append(s.named[obj.Name()], obj)
		}
	}
	return fn
}

// add gives op to the function that it belongs to.
func (s *sources) add(op *lockCall, stack []ast.Node, open map[ast.Node]*function) {
	if d, ok := stack[len(stack)-1].(*ast.DeferStmt); ok && d.Call == op.call {
		op.deferred = true
	}
	fn := innermost(stack, open)
	for fn != nil && fn.part != nil {
		op.deferred = true
		fn = fn.part
	}
	if fn != nil {
		fn.ops = append(fn.ops, op)
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

func innermost(stack []ast.Node, open map[ast.Node]*function) *function {
	for i := len(stack) - 1; i >= 0; i-- {
		if fn := open[stack[i]]; fn != nil {
			return fn
		}
	}
	return nil
}

// at returns the function that pos lies in, nil if it is none of this package's.
func (s *sources) at(pos token.Pos) *function {
	if !pos.IsValid() {
		return nil
	}
	var in *function
	for _, fn := range s.funcs {
		if fn.node.Pos() <= pos && pos < fn.node.End() {
			in = fn
		}
	}
	for in != nil && in.part != nil {
		in = in.part
	}
	return in
}

func (f *function) acquires(l *domain.Lock) bool {
	for _, op := range f.ops {
		if op.acquire() && op.is(l) {
			return true
		}
	}
	return false
}

// everLocked reports whether some function of the package takes l exclusively, or may do so in a form that is not seen.
func (s *sources) everLocked(l *domain.Lock) bool {
	f := l.Path.Loc()
	if f == 0 || !strings.HasPrefix(key(l), s.pass.Pkg.Path()+".") || ast.IsExported(key(l)[strings.LastIndex(key(l), ".")+1:]) {
		return true // others can lock it
	}
	for _, fn := range s.funcs {
		for _, op := range fn.ops {
			if (op.name.Name == "Lock" || op.name.Name == "TryLock") && (op.is(l) || op.key == "") {
				return true
			}
		}
	}
	return false
}

// lockCall returns what call does as a call of a lock's method, nil if it is none.
func (s *sources) lockCall(call *ast.CallExpr) *lockCall {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !lockMethods[sel.Sel.Name] || len(call.Args) > 0 {
		return nil
	}
	m := s.pass.TypesInfo.Selections[sel]
	if m == nil || m.Kind() != types.MethodVal {
		return nil
	}
	op := &lockCall{call: call, name: sel.Sel, lock: sel.X, text: types.ExprString(sel.X)}
	if idx := m.Index(); len(idx) > 1 {
		op.key = fieldKey(m.Recv(), idx[:len(idx)-1])
	} else {
		op.key = s.keyOf(sel.X)
	}
	return op
}

// keyOf returns the location of a lock as written, empty if it has none.
func (s *sources) keyOf(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return variableKey(s.pass.TypesInfo.Uses[e])
	case *ast.SelectorExpr:
		if f := s.pass.TypesInfo.Selections[e]; f != nil {
			if f.Kind() == types.FieldVal {
				return fieldKey(f.Recv(), f.Index())
			}
			return ""
		}
		return variableKey(s.pass.TypesInfo.Uses[e.Sel])
	case *ast.StarExpr:
		return s.keyOf(e.X)
	case *ast.UnaryExpr:
		return s.keyOf(e.X)
	case *ast.IndexExpr:
		return s.keyOf(e.X)
	}
	return ""
}

func variableKey(obj types.Object) string {
	if v, ok := obj.(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return v.Pkg().Path() + "." + v.Name()
	}
	return ""
}

// fieldKey returns the location of the field that a selection ends at.
func fieldKey(t types.Type, index []int) string {
	name := ""
	for _, i := range index {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		st, ok := t.Underlying().(*types.Struct)
		if !ok {
			return ""
		}
		name = "." + st.Field(i).Name()
		if n, ok := types.Unalias(t).(*types.Named); ok && n.Obj().Pkg() != nil {
			name = n.Origin().Obj().Pkg().Path() + "." + n.Obj().Name() + name
		}
		t = st.Field(i).Type()
	}
	return name
}
