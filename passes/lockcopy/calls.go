package lockcopy

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// copier is a function of a package.
type copier struct{ pkg, name string }

// copiers copy the elements of their arguments.
var copiers = map[copier]bool{
	{"slices", "Clone"}: true, {"slices", "Concat"}: true, {"slices", "Insert"}: true, {"slices", "Replace"}: true, {"slices", "Repeat"}: true,
	{"slices", "Collect"}: true, {"slices", "Sorted"}: true, {"maps", "Clone"}: true, {"maps", "Copy"}: true,
	{"golang.org/x/exp/slices", "Clone"}: true, {"golang.org/x/exp/maps", "Clone"}: true, {"golang.org/x/exp/maps", "Copy"}: true,
}

func (c *checker) call(n *ast.CallExpr, found func(site)) {
	info := c.pass.TypesInfo
	if info.Types[n.Fun].IsType() {
		for _, x := range n.Args {
			c.value(x, site{what: "the conversion to ", of: n.Fun}, found)
		}
		return
	}
	switch callee := typeutil.Callee(info, n).(type) {
	case *types.Builtin:
		c.builtin(n, callee.Name(), found)
		return
	case *types.Func:
		if sig := callee.Signature(); sig.Recv() == nil && callee.Pkg() != nil && copiers[copier{callee.Pkg().Path(), callee.Name()}] {
			c.elements(n, n.Args, found)
		}
		if callee.Pkg() == c.pass.Pkg && callee.Origin() == callee {
			c.arguments(n, callee.Signature(), found)
			return
		}
	}
	c.arguments(n, nil, found)
}

// arguments reports the arguments that are copied, except for parameters of functions declared here that take the value as it is: they are
// reported as such.
func (c *checker) arguments(n *ast.CallExpr, declared *types.Signature, found func(site)) {
	for i, x := range n.Args {
		if declared != nil && i < declared.Params().Len() && c.holds.of(declared.Params().At(i).Type()) != nil {
			continue
		}
		c.value(x, site{what: "the call of ", of: n.Fun}, found)
	}
}

func (c *checker) builtin(n *ast.CallExpr, name string, found func(site)) {
	switch name {
	case "len", "cap", "Sizeof", "Offsetof", "Alignof":
		return // only the type of the argument counts, or nothing is copied
	case "copy":
		c.elements(n, n.Args[1:], found)
	case "append":
		if n.Ellipsis.IsValid() {
			c.elements(n, n.Args[1:], found) // what there is already moves if there is no room, as with any append
		}
		if len(n.Args) > 0 {
			for _, x := range n.Args[1:] {
				c.value(x, site{what: "the append"}, found)
			}
		}
	default:
		c.arguments(n, nil, found)
	}
}

// elements reports the last of args, arguments of n, whose elements are copied and hold a lock.
func (c *checker) elements(n *ast.CallExpr, args []ast.Expr, found func(site)) {
	for _, x := range slices.Backward(args) {
		x = ast.Unparen(x)
		t := c.pass.TypesInfo.TypeOf(x)
		if t == nil || c.made(x) {
			continue
		}
		var elem types.Type
		switch u := t.Underlying().(type) {
		case *types.Slice:
			elem = u.Elem()
		case *types.Map:
			elem = u.Elem()
		}
		if elem != nil && c.holds.of(elem) != nil {
			found(site{node: x, of: n.Fun, tail: " in each element of " + types.ExprString(x), typ: elem})
			return
		}
	}
}
