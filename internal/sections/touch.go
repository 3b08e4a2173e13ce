package sections

import (
	"go/ast"
	"go/types"
)

// Touches reports whether what n calls may lead to a function of this package that mentions one of the variables, or to one that is not known.
func (p *Package) Touches(n ast.Node, vars map[*types.Var]bool) bool {
	var e effects
	p.effectsOf(n, &e)
	if e.unknown != "" {
		return true
	}
	for _, fn := range p.reach(e.mentions) {
		if p.effects(fn).unknown != "" || p.mentionsVar(fn.Body, vars) {
			return true
		}
	}
	return false
}

func (p *Package) mentionsVar(n ast.Node, vars map[*types.Var]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, isVar := p.Pass.TypesInfo.Uses[id].(*types.Var)
			found = found || isVar && vars[v.Origin()]
		}
		return !found
	})
	return found
}
