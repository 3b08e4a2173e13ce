package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"

	"github.com/mapguard/mapguard/internal/sections"
)

// typeAt writes a type as the file can name it at pos.
func typeAt(p *sections.Package, file *ast.File, pos token.Pos, t types.Type) (text, why string) {
	info, pkg := p.Pass.TypesInfo, p.Pass.Pkg
	text = types.TypeString(t, func(of *types.Package) string {
		if of == pkg {
			return ""
		}
		name := Imported(info, file, of.Path())
		if _, obj := pkg.Scope().Innermost(pos).LookupParent(name, pos); !isPackage(obj, of.Path()) {
			why = fmt.Sprintf("%s has no name in the file", types.TypeString(t, nil))
		}
		return name
	})
	for name, obj := range named(t) {
		if _, found := pkg.Scope().Innermost(pos).LookupParent(name, pos); found != obj && (obj.Pkg() == pkg || obj.Pkg() == nil) {
			why = fmt.Sprintf("%s is something else there", name)
		}
	}
	return text, why
}

// named returns the named types, basic types and type parameters that t is made of.
func named(t types.Type) map[string]types.Object {
	out := map[string]types.Object{}
	var walk func(types.Type)
	walk = func(t types.Type) {
		switch t := t.(type) {
		case interface{ Obj() *types.TypeName }: // Named, Alias, TypeParam
			out[t.Obj().Name()] = t.Obj()
			if args, ok := t.(interface{ TypeArgs() *types.TypeList }); ok {
				for a := range args.TypeArgs().Types() {
					walk(a)
				}
			}
		case *types.Basic:
			out[t.Name()] = types.Universe.Lookup(t.Name())
		case *types.Map:
			walk(t.Key())
			walk(t.Elem())
		case interface{ Elem() types.Type }: // Pointer, Slice, Array, Chan
			walk(t.Elem())
		}
	}
	walk(t)
	return out
}
