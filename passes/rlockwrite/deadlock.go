package rlockwrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// effects is what a piece of source may do on the way to whoever waits for it. All of it is may: a function that is mentioned is taken to be called.
type effects struct {
	mentions []*types.Func // functions of this package
	unknown  string        // a function value that it calls
	waits    bool          // for another goroutine
}

// blocked returns why the section must not be widened, empty if it may.
func (s *sources) blocked(fn *function, sec *section, l *domain.Lock, name string) string {
	at := s.inside(sec)
	if at.waits {
		return "the section waits for other goroutines"
	}
	if at.unknown != "" {
		return fmt.Sprintf("the section calls %s, which may take the lock", at.unknown)
	}
	for _, called := range s.reach(at.mentions) {
		does := s.effects(called)
		switch {
		case called.acquires(l):
			return fmt.Sprintf("the section calls %s, which takes %s, too", s.name(called), name)
		case does.waits:
			return fmt.Sprintf("the section calls %s, which waits for other goroutines", s.name(called))
		case does.unknown != "":
			return fmt.Sprintf("the section calls %s, which calls %s, which may take the lock", s.name(called), does.unknown)
		}
	}
	return s.entered(fn, l, name)
}

// entered returns why the lock may be held already when fn is called, empty if it is not.
func (s *sources) entered(fn *function, l *domain.Lock, name string) string {
	fn = s.declared(fn)
	for _, g := range s.funcs {
		seen := map[string]bool{}
		for _, op := range g.ops {
			if !op.is(l) || seen[op.text] {
				continue
			}
			seen[op.text] = true
			for _, sec := range s.sections(g, op.text, op.key) {
				if sec.open && !tries(sec) && g != fn {
					return fmt.Sprintf("%s returns with %s held", s.name(g), name)
				}
				if slices.Contains(s.reach(s.inside(sec).mentions), fn) {
					return fmt.Sprintf("%s calls it with %s held", s.name(g), name)
				}
			}
		}
	}
	return ""
}

// declared returns the declared function that fn stands in: a literal runs where it is handed to, which is taken to be there.
func (s *sources) declared(fn *function) *function {
	if fn.obj != nil {
		return fn
	}
	for _, outer := range s.funcs {
		if outer.obj != nil && outer.node.Pos() <= fn.node.Pos() && fn.node.End() <= outer.node.End() {
			return outer
		}
	}
	return fn
}

// tries reports whether a section begins with an attempt: the way on which that fails leaves nothing held.
func tries(sec *section) bool {
	return slices.ContainsFunc(sec.acquires, func(op *lockCall) bool { return op.name.Name == "TryLock" || op.name.Name == "TryRLock" })
}

// reach returns the functions of this package that some of those mentioned may lead to, and themselves.
func (s *sources) reach(from []*types.Func) []*function {
	var out []*function
	todo := slices.Clone(from)
	for len(todo) > 0 {
		fn := s.decls[todo[0]]
		todo = todo[1:]
		if fn != nil && !slices.Contains(out, fn) {
			out = append(out, fn)
			todo = append(todo, s.effects(fn).mentions...)
		}
	}
	return out
}

// inside returns what happens in a section.
func (s *sources) inside(sec *section) (e effects) {
	for _, n := range sec.nodes {
		s.effectsOf(n, &e)
	}
	e.waits = e.waits || slices.ContainsFunc(sec.ranges, s.isChan)
	return e
}

func (s *sources) isChan(x ast.Expr) bool {
	_, ok := s.pass.TypesInfo.TypeOf(x).Underlying().(*types.Chan)
	return ok
}

func (s *sources) effects(fn *function) effects {
	e, ok := s.runs[fn]
	if !ok {
		s.effectsOf(fn.body, &e)
		s.runs[fn] = e
	}
	return e
}

func (s *sources) effectsOf(n ast.Node, e *effects) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if fn, ok := s.pass.TypesInfo.Uses[n].(*types.Func); ok {
				s.mention(fn.Origin(), e)
			}
		case *ast.CallExpr:
			s.dynamic(n, e)
		case *ast.SendStmt, *ast.SelectStmt:
			e.waits = true
		case *ast.UnaryExpr:
			e.waits = e.waits || n.Op == token.ARROW
		case *ast.RangeStmt:
			e.waits = e.waits || s.isChan(n.X)
		}
		return true
	})
}

// mention notes a function: itself, or what an interface method of this package's types may be.
func (s *sources) mention(fn *types.Func, e *effects) {
	if fn.Name() == "Wait" && fn.Signature().Recv() != nil && s.decls[fn] == nil {
		e.waits = true
	}
	add := func(fn *types.Func) {
		if !slices.Contains(e.mentions, fn) {
			e.mentions = append(e.mentions, fn)
		}
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		for _, m := range s.named[fn.Name()] {
			add(m)
		}
	} else if s.decls[fn] != nil {
		add(fn)
	}
}

// dynamic notes the call of a function value that is not a literal of this function.
func (s *sources) dynamic(call *ast.CallExpr, e *effects) {
	if tv := s.pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return
	}
	var obj types.Object
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.FuncLit:
		return // its body is looked at where it stands
	case *ast.Ident:
		obj = s.pass.TypesInfo.Uses[fun]
	case *ast.SelectorExpr:
		obj = s.pass.TypesInfo.Uses[fun.Sel]
	case *ast.IndexExpr, *ast.IndexListExpr:
		if id := genericName(fun); id != nil {
			obj = s.pass.TypesInfo.Uses[id]
		}
	}
	if _, ok := obj.(*types.Func); !ok {
		e.unknown = types.ExprString(call.Fun)
	}
}

// genericName returns the name of the function in an instantiation.
func genericName(e ast.Expr) *ast.Ident {
	switch x := e.(type) {
	case *ast.IndexExpr:
		e = x.X
	case *ast.IndexListExpr:
		e = x.X
	}
	switch x := e.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

func (s *sources) name(fn *function) string {
	if fn.obj == nil {
		return "a function literal"
	}
	if recv := fn.obj.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); ok {
			return n.Obj().Name() + "." + fn.obj.Name()
		}
	}
	return fn.obj.Name()
}
