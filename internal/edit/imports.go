package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// use returns the name by which the package of a path can be used at pos. If the file does not import it yet, the hold asks for that.
func (h *Hold) use(file *ast.File, importPath string, pos token.Pos) (string, string) {
	name := Imported(h.Pkg.Pass.TypesInfo, file, importPath)
	if name == "" {
		name = path.Base(importPath)
		if _, obj := h.Pkg.Pass.Pkg.Scope().Innermost(pos).LookupParent(name, token.NoPos); obj != nil {
			return "", fmt.Sprintf("the name %s, of a package that it needs, is taken", name)
		}
		h.Imports[file] = append(h.Imports[file], importPath)
		return name, ""
	}
	if _, obj := h.Pkg.Pass.Pkg.Scope().Innermost(pos).LookupParent(name, pos); !isPackage(obj, importPath) {
		return "", fmt.Sprintf("the name %s, of a package that it needs, is taken", name)
	}
	return name, ""
}

func isPackage(obj types.Object, importPath string) bool {
	p, ok := obj.(*types.PkgName)
	return ok && p.Imported().Path() == importPath
}

// Imported returns the name under which a file imports a package, empty if it does not, or not under a name.
func Imported(info *types.Info, file *ast.File, importPath string) string {
	for _, spec := range file.Imports {
		if strings.Trim(spec.Path.Value, `"`) != importPath {
			continue
		}
		if spec.Name == nil {
			return path.Base(importPath)
		}
		if spec.Name.Name != "_" && spec.Name.Name != "." {
			return spec.Name.Name
		}
	}
	return ""
}

// Import adds the import of a package of the standard library to a file, sorted in as far as the imports are.
func Import(fset *token.FileSet, file *ast.File, importPath string) analysis.TextEdit {
	var decl *ast.GenDecl
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT && decl == nil && !isC(g) {
			decl = g
		}
	}
	quoted := fmt.Sprintf("%q", importPath)
	switch {
	case decl == nil:
		return Insert(file.Name.End(), "\n\nimport "+quoted)
	case !decl.Lparen.IsValid():
		return Insert(decl.Pos(), "import "+quoted+"\n")
	}
	prev, next := neighbours(fset, decl, quoted)
	switch {
	case next != nil && next.Doc != nil:
		return Insert(next.Doc.Pos(), quoted+"\n\t")
	case next != nil:
		return Insert(next.Pos(), quoted+"\n\t")
	case prev == nil:
		return Insert(decl.Rparen, "\n\t"+quoted+"\n")
	case prev.Comment != nil:
		return Insert(prev.Comment.End(), "\n\t"+quoted)
	}
	return Insert(prev.End(), "\n\t"+quoted)
}

// neighbours returns the imports that the new one stands between, in the first block of those that are set apart by empty lines.
func neighbours(fset *token.FileSet, decl *ast.GenDecl, quoted string) (prev, next *ast.ImportSpec) {
	for _, spec := range decl.Specs {
		s := spec.(*ast.ImportSpec)
		if prev != nil && fset.Position(s.Pos()).Line > fset.Position(prev.End()).Line+1 {
			return prev, nil
		}
		if s.Path.Value > quoted {
			return prev, s
		}
		prev = s
	}
	return prev, nil
}

func isC(g *ast.GenDecl) bool {
	for _, s := range g.Specs {
		if s.(*ast.ImportSpec).Path.Value == `"C"` {
			return true
		}
	}
	return false
}
