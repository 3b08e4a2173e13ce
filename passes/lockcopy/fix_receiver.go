package lockcopy

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ssa"
)

// pointerReceivers gives all methods of the type a pointer receiver.
//
// It compiles and means what was meant: no other package can hold such a value, no method takes its receiver for more than its fields
// and methods, each call has a variable to take the address of, and no value is put into an interface, which would lose the methods. What changes
// is that the methods work on the value that they are called on, locks and all. It is offered once, at the first method.
func (c *checker) pointerReceivers(s site) (*analysis.SuggestedFix, string) {
	named, ok := types.Unalias(s.typ).(*types.Named)
	if !ok {
		return nil, "the receiver's type has no name"
	}
	named = named.Origin()
	methods := c.valueMethods(named)
	switch {
	case len(methods) == 0:
		return nil, "the methods are not at hand"
	case methods[0] != s.recv:
		return nil, "it is mended together with " + methods[0].Name.Name
	case !c.closed(named.Obj()):
		return nil, fmt.Sprintf("%s is exported: other packages may call the methods on values that have no address", named.Obj().Name())
	case len(c.res.Funcs) == 0:
		return nil, "whether a value is put into an interface was not looked into"
	}
	set := map[*types.Func]bool{}
	fix := &analysis.SuggestedFix{Message: fmt.Sprintf("Give the methods of %s pointer receivers", named.Obj().Name())}
	for _, m := range methods {
		if why := c.receiverInUse(m); why != "" {
			return nil, why
		}
		set[c.pass.TypesInfo.Defs[m.Name].(*types.Func)] = true
		fix.TextEdits = append(fix.TextEdits, insert(m.Recv.List[0].Type.Pos(), "*"))
	}
	if why := c.callsBlock(set); why != "" {
		return nil, why
	}
	if why := c.interfacesBlock(set); why != "" {
		return nil, why
	}
	return fix, ""
}

// valueMethods returns the methods of a type that have a value receiver, in the order of the source.
func (c *checker) valueMethods(named *types.Named) []*ast.FuncDecl {
	var out []*ast.FuncDecl
	for _, file := range c.pass.Files {
		for _, d := range file.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Recv == nil || len(d.Recv.List) == 0 {
				continue
			}
			if t, ok := types.Unalias(c.pass.TypesInfo.TypeOf(d.Recv.List[0].Type)).(*types.Named); ok && t.Origin() == named {
				out = append(out, d)
			}
		}
	}
	return out
}

// receiverInUse says how a method uses its receiver other than through its fields and methods.
func (c *checker) receiverInUse(m *ast.FuncDecl) string {
	names := m.Recv.List[0].Names
	cur, ok := c.whole().FindNode(m)
	if len(names) == 0 || !ok {
		return ""
	}
	v := c.pass.TypesInfo.Defs[names[0]]
	if v == nil || c.readsParts(cur, v) {
		return ""
	}
	return fmt.Sprintf("%s uses its receiver as a value, or sets a field of its copy", m.Name.Name)
}

// callsBlock finds a use of one of the methods that a pointer receiver would break.
func (c *checker) callsBlock(methods map[*types.Func]bool) string {
	for cur := range c.whole().Preorder((*ast.SelectorExpr)(nil)) {
		n := cur.Node().(*ast.SelectorExpr)
		sel := c.pass.TypesInfo.Selections[n]
		if sel == nil {
			continue
		}
		fn, ok := sel.Obj().(*types.Func)
		if !ok || !methods[fn.Origin()] {
			continue
		}
		if k, _ := cur.ParentEdge(); sel.Kind() == types.MethodExpr || k != edge.CallExpr_Fun {
			return fmt.Sprintf("%s is used as a function value", types.ExprString(n))
		}
		if !isPointer(sel.Recv()) && !sel.Indirect() && !c.addressable(n.X) {
			return fmt.Sprintf("%s is called on a value that has no address", types.ExprString(n))
		}
	}
	return ""
}

// interfacesBlock finds a value that an interface holds for its methods, or a type argument that might be one.
func (c *checker) interfacesBlock(methods map[*types.Func]bool) string {
	has := func(t types.Type) bool {
		set := types.NewMethodSet(t)
		for sel := range set.Methods() {
			if fn, ok := sel.Obj().(*types.Func); ok && methods[fn.Origin()] {
				return true
			}
		}
		return false
	}
	for _, inst := range c.pass.TypesInfo.Instances {
		for t := range inst.TypeArgs.Types() {
			if !isPointer(t) && has(t) {
				return fmt.Sprintf("%s is a type argument", c.typeName(t))
			}
		}
	}
	for _, f := range c.res.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				if mk, ok := instr.(*ssa.MakeInterface); ok && !isPointer(mk.X.Type()) && has(mk.X.Type()) {
					return fmt.Sprintf("a %s is put into an interface in %s", c.typeName(mk.X.Type()), f.Name)
				}
			}
		}
	}
	return ""
}
