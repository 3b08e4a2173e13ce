package sections

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
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
		for id, used := range p.Pass.TypesInfo.Uses {
			if v, ok := used.(*types.Var); ok {
				p.uses[v.Origin()] = append(p.uses[v.Origin()], id)
			}
		}
	}
	ids := p.uses[obj]
	slices.SortFunc(ids, func(a, b *ast.Ident) int {
		return cmp.Or(cmp.Compare(p.file(a), p.file(b)), cmp.Compare(a.Pos(), b.Pos()))
	})
	return ids
}

// file returns which of the files n is in. Files need not be parsed in the order in which they are listed.
func (p *Package) file(n ast.Node) int {
	return slices.IndexFunc(p.Pass.Files, func(f *ast.File) bool { return f.FileStart <= n.Pos() && n.Pos() < f.FileEnd })
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
