package edit

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/mapguard/mapguard/internal/sections"
)

// Passed is a parameter of a function all calls of which are known, and a call with a variable for it: what guards the variable can be passed along with it.
type Passed struct {
	p    *sections.Package
	Decl *ast.FuncDecl
	File *ast.File // of Decl
	Call *ast.CallExpr
	Arg  *types.Var
	// Param is the parameter.
	Param *types.Var
	// Shares is the statement that starts the function on a goroutine of its own, nil if it is called where it stands.
	Shares ast.Node

	index int
	calls []started
}

// started is a call, with the go statement that it may be of.
type started struct {
	call *ast.CallExpr
	file *ast.File
	by   ast.Node
}

// PassedBy finds the call that v, a parameter, gets its map from, or says why it can't be told: of several, the one that is asked for.
func PassedBy(p *sections.Package, v *types.Var, wanted func(call *ast.CallExpr, by ast.Node) bool) (*Passed, string) {
	out := &Passed{p: p, Param: v}
	out.index = out.declaring(v)
	if out.index < 0 {
		return nil, "the map comes from the caller"
	}
	fn, _ := p.Pass.TypesInfo.Defs[out.Decl.Name].(*types.Func)
	method := fn.Signature().Recv() != nil
	if fn.Exported() && (method || p.Pass.Pkg.Name() != "main") || fn.Signature().Variadic() || method && p.Named(fn.Name()) {
		return nil, "the map comes from callers of which not all are known"
	}
	if why := out.called(fn); why != "" {
		return nil, why
	}
	for _, c := range out.calls {
		if len(out.calls) == 1 || wanted(c.call, c.by) {
			out.Call, out.Shares = c.call, c.by
		}
	}
	if out.Call == nil {
		return nil, fmt.Sprintf("%s, which gets the map, is called at several places", fn.Name())
	}
	id, ok := ast.Unparen(out.Call.Args[out.index]).(*ast.Ident)
	if !ok {
		return nil, "the map that is passed has no name of its own"
	}
	if out.Arg, ok = p.Pass.TypesInfo.Uses[id].(*types.Var); !ok || out.Arg.Parent() == p.Pass.Pkg.Scope() {
		return nil, "the map comes from the caller"
	}
	return out, ""
}

// declaring finds the function that declares v, and where among its parameters; -1 if there is none.
func (s *Passed) declaring(v *types.Var) int {
	for _, file := range s.p.Pass.Files {
		for _, d := range file.Decls {
			decl, ok := d.(*ast.FuncDecl)
			if !ok || decl.Body == nil || v.Pos() < decl.Pos() || decl.End() <= v.Pos() {
				continue
			}
			s.Decl, s.File = decl, file
			fn, _ := s.p.Pass.TypesInfo.Defs[decl.Name].(*types.Func)
			return slices.Index(slices.Collect(fn.Signature().Params().Variables()), v)
		}
	}
	return -1
}

// ByCall is PassedBy for a use that is the argument of a call; nil if it is none.
func ByCall(p *sections.Package, u *Use) *Passed {
	call, ok := u.around(0).(*ast.CallExpr)
	if !ok {
		return nil
	}
	fn, ok := typeutil.Callee(p.Pass.TypesInfo, call).(*types.Func)
	i := slices.IndexFunc(call.Args, func(e ast.Expr) bool { return ast.Unparen(e) == u.Expr })
	if !ok || i < 0 || i >= fn.Signature().Params().Len() || fn.Pkg() != p.Pass.Pkg {
		return nil
	}
	s, why := PassedBy(p, fn.Signature().Params().At(i), func(c *ast.CallExpr, _ ast.Node) bool { return c == call })
	if why != "" || s.Call != call {
		return nil
	}
	return s
}

// called finds the calls of fn.
func (s *Passed) called(fn *types.Func) string {
	why := ""
	for _, file := range s.p.Pass.Files {
		ast.PreorderStack(file, nil, func(n ast.Node, stack []ast.Node) bool {
			id, ok := n.(*ast.Ident)
			used, isFunc := s.p.Pass.TypesInfo.Uses[id].(*types.Func)
			if !ok || !isFunc || used.Origin() != fn {
				return true
			}
			i := len(stack) - 1
			var fun ast.Node = id
			if sel, ok := stack[i].(*ast.SelectorExpr); ok {
				fun, i = sel, i-1
			}
			call, isCall := stack[i].(*ast.CallExpr)
			if !isCall || ast.Node(call.Fun) != fun || call.Ellipsis.IsValid() || len(call.Args) != fn.Signature().Params().Len() {
				why = fmt.Sprintf("%s, which gets the map, is not only called", fn.Name())
				s.calls = nil
				return true
			}
			c := started{call: call, file: file}
			if start, ok := stack[i-1].(*ast.GoStmt); ok {
				c.by = start
			}
			s.calls = append(s.calls, c)
			return true
		})
	}
	if why == "" && len(s.calls) == 0 {
		why = fmt.Sprintf("%s is never called", fn.Name())
	}
	return why
}

// Edits adds a parameter for a pointer to the lock, and passes its address. Other maps than that of the variable get a lock of their own, which is as good
// as none: it is not known that they need one. Each file that is edited is asked for the name of package sync.
func (s *Passed) Edits(name string, sync func(*ast.File) string) []analysis.TextEdit {
	last := s.Decl.Type.Params.List[len(s.Decl.Type.Params.List)-1]
	out := []analysis.TextEdit{Insert(last.End(), fmt.Sprintf(", %s *%s.RWMutex", name, sync(s.File)))}
	for _, c := range s.calls {
		lock := "&" + name
		if id, ok := ast.Unparen(c.call.Args[s.index]).(*ast.Ident); !ok || s.p.Pass.TypesInfo.Uses[id] != types.Object(s.Arg) {
			lock = fmt.Sprintf("new(%s.RWMutex)", sync(c.file))
		}
		out = append(out, Insert(c.call.Args[len(c.call.Args)-1].End(), ", "+lock))
	}
	return out
}

// Files returns the files that Edits edits.
func (s *Passed) Files() []*ast.File {
	out := []*ast.File{s.File}
	for _, c := range s.calls {
		out = append(out, c.file)
	}
	return out
}

// LockHere declares a lock of that type in the function that has the map as a parameter, before the statement that first shares the map, if the function waits for all that
// share it before it returns. It says why not otherwise: the caller may touch the map with none.
func (d *Declaration) LockHere(name, typ string, shares []ast.Node) ([]analysis.TextEdit, string) {
	const no = "the map comes from the caller, which may touch it before the goroutines are over"
	var body *ast.BlockStmt
	for _, n := range d.stack {
		if fn, ok := n.(*ast.FuncDecl); ok {
			body = fn.Body
		}
		if _, ok := n.(*ast.FuncLit); ok {
			return nil, no
		}
	}
	if body == nil || len(shares) == 0 {
		return nil, no
	}
	first, last := -1, -1
	for i, s := range body.List {
		if slices.ContainsFunc(shares, func(n ast.Node) bool { return contains(s, n) }) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 || !joins(d.p, body.List[first:], last-first) {
		return nil, no
	}
	at := body.List[first]
	text := fmt.Sprintf("var %s %s // guards %s\n", name, typ, d.Obj.Name())
	return []analysis.TextEdit{Insert(at.Pos(), text+d.indent(at))}, ""
}

// joins reports whether statements wait for what those up to the one at last have started, with no way to leave before.
func joins(p *sections.Package, list []ast.Stmt, last int) bool {
	for i, s := range list {
		if i > last && waits(p, s) {
			return true
		}
		leaves := false
		ast.Inspect(s, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				leaves = true
			case *ast.BranchStmt:
				leaves = leaves || n.Tok == token.GOTO
			}
			return true
		})
		if leaves {
			return false
		}
	}
	return false
}
