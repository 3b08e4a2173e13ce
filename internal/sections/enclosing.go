package sections

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"
)

// Enclosing returns the nodes of a file that pos lies in, the file first. It looks at one declaration only, since a large file has thousands.
func Enclosing(file *ast.File, pos token.Pos) []ast.Node {
	out := []ast.Node{file}
	i := sort.Search(len(file.Decls), func(i int) bool { return file.Decls[i].End() > pos })
	if i == len(file.Decls) {
		return out
	}
	ast.Inspect(file.Decls[i], func(n ast.Node) bool {
		inside := n != nil && n.Pos() <= pos && pos < n.End()
		if inside {
			out = append(out, n)
		}
		return inside
	})
	return out
}

// Uses returns the names of obj in the package, in the order of the source.
func (p *Package) Uses(obj *types.Var) []*ast.Ident {
	if p.uses == nil {
		p.uses = map[*types.Var][]*ast.Ident{}
		for _, file := range p.Pass.Files {
			ast.Inspect(file, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					if v, ok := p.Pass.TypesInfo.Uses[id].(*types.Var); ok {
						p.uses[v.Origin()] = append(p.uses[v.Origin()], id)
					}
				}
				return true
			})
		}
	}
	return p.uses[obj]
}

// Stack returns the nodes around n, the file first, and n itself.
func (p *Package) Stack(n ast.Node) []ast.Node {
	for _, file := range p.Pass.Files {
		if file.FileStart <= n.Pos() && n.Pos() < file.FileEnd {
			stack := Enclosing(file, n.Pos())
			for i := range stack {
				if stack[i] == n {
					return stack[:i+1]
				}
			}
		}
	}
	return nil
}
