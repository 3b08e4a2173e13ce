package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// use returns the name by which the package of a path can be used at pos. If the file does not import it yet, the hold asks for that.
func (h *Hold) use(file *ast.File, importPath string, pos token.Pos) (string, string) {
	name := Imported(h.Pkg.Pass.TypesInfo, file, importPath)
	if name == "" {
		name = baseName(importPath)
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

// baseName is what a package of that path is called, if it is called as the path is: the last element that is no major version.
func baseName(importPath string) string {
	dir, base := path.Split(importPath)
	if isMajor(base) && dir != "" {
		return path.Base(dir)
	}
	return base
}

func isMajor(version string) bool {
	n, ok := strings.CutPrefix(version, "v")
	return ok && n != "" && strings.Trim(n, "0123456789") == ""
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
		if name := info.PkgNameOf(spec); name != nil && name.Name() != "_" && name.Name() != "." {
			return name.Name()
		}
	}
	return ""
}

// Import adds the import of a package to a file, sorted in as far as the imports are: among those of the standard library, or else among the others, which
// come after those.
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
	prev, next := neighbours(blockFor(fset, decl, importPath), quoted)
	switch {
	case prev == nil && next == nil && len(decl.Specs) > 0:
		return Insert(decl.Rparen, "\n\t"+quoted+"\n")
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

// blockFor returns the imports that one belongs to: the first block of those that are set apart by empty lines, which the standard library is in, or the
// first that another module is in. It is empty if there is none yet.
func blockFor(fset *token.FileSet, decl *ast.GenDecl, importPath string) []*ast.ImportSpec {
	var blocks [][]*ast.ImportSpec
	for i, spec := range decl.Specs {
		if i == 0 || fset.Position(spec.Pos()).Line > fset.Position(decl.Specs[i-1].End()).Line+1 {
			blocks = append(blocks, nil)
		}
		blocks[len(blocks)-1] = append(blocks[len(blocks)-1], spec.(*ast.ImportSpec))
	}
	for _, b := range blocks {
		if !foreign(importPath) || slices.ContainsFunc(b, func(s *ast.ImportSpec) bool { return foreign(strings.Trim(s.Path.Value, `"`)) }) {
			return b
		}
	}
	return nil
}

// foreign reports whether a package is one of a module that is fetched, as far as its path tells.
func foreign(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return strings.Contains(first, ".")
}

// neighbours returns the imports of a block that the new one stands between.
func neighbours(block []*ast.ImportSpec, quoted string) (prev, next *ast.ImportSpec) {
	for _, s := range block {
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
