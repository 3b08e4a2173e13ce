package edit

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/sections"
)

// Alike returns what else touches the same variable or field in the declared function that s stands in, or calls the same function there.
// The uses of a variable in a function are asked for, since many sites want those of one variable.
func (s *Site) Alike(p *sections.Package, uses func(*types.Var, ast.Node) []*Use) []*Site {
	decl := s.Decl()
	var out []*Site
	if call, ok := s.Node.(*ast.CallExpr); ok {
		if fn, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func); ok && fn.Pkg() == p.Pass.Pkg {
			return s.calls(p, decl, fn)
		}
	}
	obj := s.variable(p)
	if obj == nil {
		return nil
	}
	for _, u := range uses(obj, decl) {
		if u.Why == "" && u.Site.Node != s.Node && !u.Unpublished(p) {
			u.Site.Map = s.Map
			out = append(out, u.Site)
		}
	}
	return out
}

// calls returns the calls of fn in the function.
func (s *Site) calls(p *sections.Package, decl ast.Node, fn *types.Func) (out []*Site) {
	ast.Inspect(decl, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || call == s.Node {
			return true
		}
		if callee, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func); ok && callee == fn {
			if o := Find(p, call.Lparen); o != nil && o.Node == ast.Node(call) && len(o.lists) > 0 {
				o.Map, o.Write = s.Map, s.Write
				out = append(out, o)
			}
		}
		return true
	})
	return out
}

// Touched returns the expression of the map that is touched, nil if the source has none there.
func (s *Site) Touched() ast.Expr {
	switch n := s.Node.(type) {
	case *ast.IndexExpr:
		return n.X
	case *ast.RangeStmt:
		return n.X
	case *ast.CallExpr:
		if len(n.Args) == 0 {
			return nil
		}
		return n.Args[0]
	case ast.Expr:
		return n
	}
	return nil
}

// variable returns the variable or field whose map s touches, nil if the source does not name it there.
func (s *Site) variable(p *sections.Package) *types.Var {
	e := s.Touched()
	if e == nil {
		return nil
	}
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.IndexExpr:
			e = x.X
			continue
		case *ast.CallExpr:
			if len(x.Args) == 1 {
				e = x.Args[0] // an iterator over it
				continue
			}
		case *ast.SelectorExpr:
			v, _ := p.Pass.TypesInfo.Uses[x.Sel].(*types.Var)
			return origin(v)
		case *ast.Ident:
			v, _ := p.Pass.TypesInfo.Uses[x].(*types.Var)
			return origin(v)
		}
		return nil
	}
}

// origin returns the field that v is an instance of.
func origin(v *types.Var) *types.Var {
	if v == nil {
		return nil
	}
	return v.Origin()
}
