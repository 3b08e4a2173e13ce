package edit

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/sections"
)

// Concurrent is a map that several goroutines may use at once.
type Concurrent int

const (
	SyncMap Concurrent = iota + 1 // sync.Map, in a type that gives its keys and values their types back
	Xsync                         // Map of XsyncPath
)

// XsyncPath is the import path of package xsync.
const XsyncPath = "github.com/puzpuzpuz/xsync/v4"

// Switch turns the map of a variable or field into a concurrent one, with all uses of it.
//
// It is right because each use does to one entry, at one time, what one method does: what has no such method is refused, and so are two accesses
// in one function that others could come between, since no lock holds them together any more. A lock that guards the map is no matter here: a map that has
// one keeps it.
type Switch struct {
	Pkg  *sections.Package
	To   Concurrent
	Decl *Declaration
	Uses []*Use
	// Alone reports whether nobody else can have the map where it is used.
	Alone func(*Use) bool
	// Wrapper is the name of the type to be made around a sync.Map.
	Wrapper string
	Imports map[*ast.File][]string

	key, elem ast.Expr // the types, as the declaration writes them
	ops       []*operationOn
	calls     map[string]bool // methods that are needed
	edits     []analysis.TextEdit
}

// operationOn is what one call of a method is to do: one use, or several that belong together.
type operationOn struct {
	uses []*Use
	// rewrite makes the edits, or says why it can't.
	rewrite func() string
}

// Edits makes the switch, or says why it would not be the same.
func (s *Switch) Edits() ([]analysis.TextEdit, string) {
	s.Imports, s.calls = map[*ast.File][]string{}, map[string]bool{}
	for _, do := range []func() string{s.declare, s.made, s.group, s.together, s.neighbours, s.rewrite, s.wrap, s.apart} {
		if why := do(); why != "" {
			return nil, why
		}
	}
	return s.edits, ""
}

// group finds which uses are one operation.
func (s *Switch) group() string {
	taken := map[*Use]bool{}
	for _, find := range []func(*Use) *operationOn{s.loadOrStore, s.update, s.single} {
		for _, u := range s.Uses {
			if taken[u] {
				continue
			}
			if op := find(u); op != nil {
				s.ops = append(s.ops, op)
				for _, o := range op.uses {
					taken[o] = true
				}
			}
		}
	}
	return ""
}

// together refuses functions that do several things to the map of which a lock would have made one.
func (s *Switch) together() string {
	for i, a := range s.ops {
		for _, b := range s.ops[i+1:] {
			u, v := a.uses[0], b.uses[0]
			if u.Site == nil || v.Site == nil || s.Alone(u) || s.Alone(v) || !u.Site.Beside(v.Site) || exclusive(u, v) {
				continue
			}
			from, to := min(s.line(u.Expr), s.line(v.Expr)), max(s.line(u.Expr), s.line(v.Expr))
			if from == to {
				return fmt.Sprintf("the accesses at line %d may have to be one", from)
			}
			return fmt.Sprintf("the accesses at lines %d and %d may have to be one", from, to)
		}
	}
	return ""
}

func (s *Switch) line(n ast.Node) int { return s.Pkg.Pass.Fset.Position(n.Pos()).Line }

// exclusive reports whether a call of the function runs at most one of two uses.
func exclusive(u, v *Use) bool {
	i := 0
	for i < len(u.Stack) && i < len(v.Stack) && u.Stack[i] == v.Stack[i] {
		i++
	}
	if i == 0 || i == len(u.Stack) || i == len(v.Stack) {
		return false
	}
	a, b := u.Stack[i], v.Stack[i]
	if a.Pos() > b.Pos() {
		a, b, u, v = b, a, v, u
	}
	if inLoop(u.Stack[:i]) {
		return false // one in this round, the other in the next
	}
	switch parent := u.Stack[i-1].(type) {
	case *ast.IfStmt:
		return a == ast.Node(parent.Body) && b == parent.Else
	case *ast.BlockStmt:
		if c, ok := a.(*ast.CaseClause); ok {
			return u.Expr.Pos() > c.Colon && v.Expr.Pos() > b.(*ast.CaseClause).Colon && !falls(c)
		}
		return leavesAt(a, u)
	case *ast.CaseClause, *ast.CommClause:
		return leavesAt(a, u)
	}
	return false
}

// inLoop reports whether a loop of the function is around what the stack leads to.
func inLoop(stack []ast.Node) bool {
	for _, n := range slices.Backward(stack) {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
	}
	return false
}

func falls(c *ast.CaseClause) bool {
	if len(c.Body) == 0 {
		return false
	}
	b, ok := c.Body[len(c.Body)-1].(*ast.BranchStmt)
	return ok && b.Tok == token.FALLTHROUGH
}

// leavesAt reports whether a is an if statement whose body has u and ends by leaving.
func leavesAt(a ast.Node, u *Use) bool {
	i, ok := a.(*ast.IfStmt)
	return ok && i.Else == nil && contains(i.Body, u.Expr) && terminates(i.Body)
}

// neighbours refuses a map that is changed beside another variable of the kind: the two may have to fit each other.
func (s *Switch) neighbours() (why string) {
	for _, op := range s.ops {
		u := op.uses[0]
		if u.Site == nil || s.Alone(u) || !slices.ContainsFunc(op.uses, func(u *Use) bool { return u.Site.Write }) {
			continue
		}
		ast.Inspect(u.Site.body(), func(n ast.Node) bool {
			for _, e := range targets(s.Pkg.Pass.TypesInfo, n) {
				if v := s.neighbour(e, u); v != nil && why == "" {
					why = fmt.Sprintf("%s is changed beside it at line %d, and may belong to it", v.Name(), s.line(e))
				}
			}
			return why == ""
		})
	}
	return why
}

// targets returns what a statement, or a call of a builtin, changes.
func targets(info *types.Info, n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return n.Lhs
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		if id, ok := ast.Unparen(n.Fun).(*ast.Ident); ok && info.Types[n.Fun].IsBuiltin() && slices.Contains([]string{"delete", "clear", "copy"}, id.Name) {
			return n.Args[:1]
		}
	}
	return nil
}

// neighbour returns the variable that e is part of, if it is as far away as the map: another field of the struct, another package variable, another
// variable that the function captures.
func (s *Switch) neighbour(e ast.Expr, u *Use) *types.Var {
	info, obj := s.Pkg.Pass.TypesInfo, s.Decl.Obj
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SelectorExpr:
			v, _ := info.Uses[x.Sel].(*types.Var)
			if v != nil && v.IsField() && obj.IsField() && v.Origin() != obj && s.ownerHas(v.Origin()) {
				return v
			}
			e = x.X
		case *ast.Ident:
			v, _ := info.Uses[x].(*types.Var)
			if v == nil || v == obj || obj.IsField() || v.IsField() {
				return nil
			}
			global := v.Parent() == s.Pkg.Pass.Pkg.Scope()
			if local := obj.Parent() != s.Pkg.Pass.Pkg.Scope(); global || local && !contains(u.Site.fn, identAt(v)) {
				return v
			}
			return nil
		default:
			return nil
		}
	}
}

// identAt stands for the declaration of v.
func identAt(v *types.Var) ast.Node { return &ast.Ident{NamePos: v.Pos(), Name: v.Name()} }

// ownerHas reports whether a field is one of the struct that the map is in.
func (s *Switch) ownerHas(f *types.Var) bool {
	st, ok := innermost[*ast.StructType](s.Decl)
	return ok && contains(st, identAt(f))
}

func (s *Switch) rewrite() string {
	for _, op := range s.ops {
		if why := op.rewrite(); why != "" {
			return fmt.Sprintf("at line %d %s", s.line(op.uses[0].Expr), why)
		}
	}
	return ""
}

// apart refuses edits that meet: an access inside another one.
func (s *Switch) apart() string {
	slices.SortStableFunc(s.edits, func(a, b analysis.TextEdit) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End)) })
	for i := 1; i < len(s.edits); i++ {
		if s.edits[i].Pos < s.edits[i-1].End {
			return fmt.Sprintf("at line %d one access stands inside another", s.Pkg.Pass.Fset.Position(s.edits[i].Pos).Line)
		}
	}
	return ""
}

func (s *Switch) put(edits ...analysis.TextEdit) { s.edits = append(s.edits, edits...) }

// hold is what the operations on text ask for.
func (s *Switch) hold(u *Use) *Hold {
	return &Hold{Pkg: s.Pkg, Sites: []*Site{u.Site}, Imports: s.Imports, lifted: map[string]bool{}}
}
