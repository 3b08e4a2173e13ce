package lockbalance

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// namer gives values names such that two values with one name are taken to be equal: a lock and the condition it is taken under are
// written out again where it is released, and SSA makes two values of that.
//
// A name starts with its root: p0 (parameter), f0 (captured variable), g:pkg.v (package variable), #c (constant), c:f(…) (a call), v:t3;
// (a value that is only itself). Selections follow. Pointers are not told from what they point to.
type namer struct {
	locks *summary.Locks
	fn    *ssa.Function
	memo  map[ssa.Value]string
	self  map[ssa.Value]string
}

func newNamer(locks *summary.Locks, fn *ssa.Function) *namer {
	return &namer{locks, fn, map[ssa.Value]string{}, map[ssa.Value]string{}}
}

func (n *namer) of(v ssa.Value) string {
	if got, ok := n.memo[v]; ok {
		if got == "" {
			return n.itself(v) // it is being computed: a cycle ends here
		}
		return got
	}
	n.memo[v] = ""
	name := n.compute(v)
	n.memo[v] = name
	return name
}

// selfMark begins the name of a value that is only itself.
const selfMark = "v:"

// itself is the name of a value that equals no other. It ends in a semicolon so that no such name is a part of another.
func (n *namer) itself(v ssa.Value) string {
	got, ok := n.self[v]
	if !ok {
		got = selfMark + v.Name() + ";"
		n.self[v] = got
	}
	return got
}

func (n *namer) compute(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		return "#" + constText(v)
	case *ssa.Parameter:
		for i, p := range n.fn.Params {
			if p == v {
				return fmt.Sprintf("p%d", i)
			}
		}
	case *ssa.FreeVar:
		for i, f := range n.fn.FreeVars {
			if f == v {
				return fmt.Sprintf("f%d", i)
			}
		}
	case *ssa.Global:
		return "g:" + v.Pkg.Pkg.Path() + "." + v.Name()
	case *ssa.FieldAddr:
		return n.of(v.X) + "." + fieldName(v.X.Type(), v.Field)
	case *ssa.Field:
		return n.of(v.X) + "." + fieldName(v.X.Type(), v.Field)
	case *ssa.IndexAddr:
		return n.of(v.X) + "[" + n.of(v.Index) + "]"
	case *ssa.Index:
		return n.of(v.X) + "[" + n.of(v.Index) + "]"
	case *ssa.Lookup:
		return n.of(v.X) + "[" + n.of(v.Index) + "]"
	case *ssa.Slice:
		return n.of(v.X)
	case *ssa.Alloc:
		if val, ok := n.locks.Only(v); ok && (isPointer(v.Type()) || isParam(val) && (isBasic(val.Type()) || isPlain(v, false))) {
			return n.of(val)
		}
	case *ssa.UnOp:
		return n.unop(v)
	case *ssa.BinOp:
		return "(" + n.of(v.X) + v.Op.String() + n.of(v.Y) + ")"
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok && n.makes(call, v.Index) {
			return n.itself(v)
		}
		if arg, ok := n.handsBack(v.Tuple, v.Index); ok {
			return n.of(arg)
		}
		return fmt.Sprintf("%s#%d", n.of(v.Tuple), v.Index)
	case *ssa.Call:
		if n.makes(v, 0) {
			return n.itself(v)
		}
		if arg, ok := n.handsBack(v, 0); ok {
			return n.of(arg)
		}
		return n.call(v)
	case *ssa.MakeInterface:
		return n.of(v.X)
	case *ssa.ChangeInterface:
		return n.of(v.X)
	case *ssa.ChangeType:
		return n.of(v.X)
	case *ssa.Convert:
		return n.of(v.X)
	case *ssa.TypeAssert:
		return n.of(v.X)
	}
	return n.itself(v)
}

func (n *namer) unop(v *ssa.UnOp) string {
	switch v.Op {
	case token.MUL:
		return n.of(v.X)
	case token.ARROW:
		return n.itself(v)
	}
	return v.Op.String() + n.of(v.X)
}

// makes reports whether result i of the call is an object that it has made: another call makes another one.
func (n *namer) makes(call *ssa.Call, i int) bool {
	callee, ok := n.locks.Callee(&call.Call)
	if !ok || callee.Sum == nil || i >= len(callee.Sum.Results) {
		return false
	}
	r := &callee.Sum.Results[i]
	return r.Fresh && !r.Other && len(r.Paths) == 0
}

// handsBack returns the argument that result i of a call of another package's function is: a lock whose Lock returns it, to unlock it in the same line. Of a function in sight more
// is known: on which of its ways it has locked what it returns.
func (n *namer) handsBack(v ssa.Value, i int) (ssa.Value, bool) {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil, false
	}
	callee, ok := n.locks.Callee(&call.Call)
	if !ok || callee.Fn != nil || callee.Sum == nil || i >= len(callee.Sum.Results) {
		return nil, false
	}
	r := &callee.Sum.Results[i]
	if r.Fresh || r.Other || len(r.Paths) != 1 || len(r.Paths[0].Sel()) > 0 || r.Paths[0].Root.Kind != domain.Param || int(r.Paths[0].Root.Index) >= len(callee.Args) {
		return nil, false
	}
	return callee.Args[r.Paths[0].Root.Index], true
}

// call names a call by what it calls with what: asked twice, a predicate or a getter is taken to answer the same.
func (n *namer) call(v *ssa.Call) string {
	if _, ok := v.Call.Value.(*ssa.Builtin); ok && len(v.Call.Args) > 1 {
		return n.itself(v)
	}
	var b strings.Builder
	b.WriteString("c:")
	if v.Call.IsInvoke() {
		b.WriteString(n.of(v.Call.Value) + "." + v.Call.Method.Name())
	} else {
		b.WriteString(v.Call.Value.Name())
	}
	b.WriteByte('(')
	for _, a := range v.Call.Args {
		b.WriteString(n.of(a) + ",")
	}
	b.WriteByte(')')
	return b.String()
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}

func isParam(v ssa.Value) bool {
	_, ok := v.(*ssa.Parameter)
	return ok
}

// isPlain reports whether a variable is a struct that is only used field by field and as a whole, by nobody who has its address; without set, no field is set.
func isPlain(v *ssa.Alloc, set bool) bool {
	if _, ok := v.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct); !ok {
		return false
	}
	used := func(addr ssa.Value, ref ssa.Instruction, set bool) bool {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			return true
		case *ssa.Store:
			return ref.Addr == addr && set
		}
		return false
	}
	for _, ref := range *v.Referrers() {
		field, ok := ref.(*ssa.FieldAddr)
		if !ok && !used(v, ref, true) {
			return false
		}
		if ok && slices.ContainsFunc(*field.Referrers(), func(ref ssa.Instruction) bool { return !used(field, ref, set) }) {
			return false
		}
	}
	return true
}

func constText(c *ssa.Const) string {
	if c.Value == nil {
		return "nil"
	}
	return c.Value.ExactString()
}

func isPointer(t types.Type) bool {
	p, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch p.Elem().Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return false
}

func fieldName(t types.Type, i int) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		return st.Field(i).Name()
	}
	return fmt.Sprint(i)
}

// translate turns a name of a callee into one of its caller, given the names of the arguments. It fails on what the caller can't name.
func translate(name string, params, free []string) (string, bool) {
	end := strings.IndexAny(name, ".[#")
	if end < 0 {
		end = len(name)
	}
	root, rest := name[:end], name[end:]
	if strings.HasPrefix(name, "g:") {
		return name, !strings.ContainsAny(rest[:], "[")
	}
	if strings.ContainsAny(rest, "[(;") {
		return "", false // an element that the callee chose
	}
	of := params
	if strings.HasPrefix(root, "f") {
		of = free
	} else if !strings.HasPrefix(root, "p") {
		return "", false
	}
	i, ok := number(root[1:])
	if !ok || i >= len(of) {
		return "", false
	}
	return of[i] + rest, true
}

// number reads the digits that text begins with.
func number(text string) (n int, ok bool) {
	for _, r := range text {
		if r < '0' || r > '9' || n > 1<<20 {
			break
		}
		n, ok = 10*n+int(r-'0'), true
	}
	return n, ok
}

// outer reports whether callers can name what is called name.
func outer(name string) bool {
	_, ok := translate(name, anyArgs, anyArgs)
	return ok
}

// anyArgs stands for the names of any arguments.
var anyArgs = make([]string, 64)

// ofMemory reports whether what is called name is read from memory that others may change, or asked of a function.
func ofMemory(name string) bool {
	return strings.ContainsAny(name, ".[") || strings.Contains(name, "c:") || strings.HasPrefix(name, "g:") || strings.HasPrefix(name, "f")
}
