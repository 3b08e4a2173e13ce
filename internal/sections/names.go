package sections

import "go/ast"

// Names returns the names that are used in a function, whatever they mean. Who takes another one there adds it, so that fixes that are made together do not
// choose the same.
func (p *Package) Names(fn ast.Node) map[string]bool {
	if names, ok := p.names[fn]; ok {
		return names
	}
	names := map[string]bool{}
	var walk func(ast.Node) bool
	walk = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, walk)
			return false
		case *ast.Ident:
			names[n.Name] = true
		}
		return true
	}
	ast.Inspect(fn, walk)
	if p.names == nil {
		p.names = map[ast.Node]map[string]bool{}
	}
	p.names[fn] = names
	return names
}
