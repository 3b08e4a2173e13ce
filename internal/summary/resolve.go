package summary

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// target is one function that a call may reach.
type target struct {
	fn   *ssa.Function // its body, if it is in this package
	obj  *types.Func   // its declaration; nil for a closure
	args []ssa.Value   // the receiver first
	once domain.Path   // what orders its only call, as a sync.Once does; none if it has no root
	as   domain.Sym    // the concrete type that an interface call takes its receiver for
	free []ssa.Value   // what its free variables are bound to
	// factory is the call that has made it, a closure, and what is bound to those of its variables that the call stands for.
	factory *ssa.Call
	// guessed: it is not known that this is the function, see foreign. What it does with what it is given counts, its receiver's memory does not.
	guessed bool
}

// funcVal is what a value of function type may be: a function with its bindings, or a path that the caller knows more of.
type funcVal struct {
	fn   *ssa.Function
	free []ssa.Value
	site ssa.Value // where the closure was made
	path domain.Path
	wrap wrapping
}

// targets returns the functions that c may call; dynamic are the function values it may call that are no function in sight.
func (f *function) targets(c *ssa.CallCommon) (known []target, dynamic []funcVal) {
	if c.IsInvoke() {
		args := append([]ssa.Value{c.Value}, c.Args...)
		known = append(known, target{obj: c.Method, args: args})
		if _, ok := returnsUnlock(known[0]); ok {
			return known, nil // a lock as a whole, whichever it is
		}
		for _, fn := range f.u.implementations(f.fn, c) {
			as := typeTag(fn.Signature.Recv().Type())
			known = append(known, target{fn: fn, obj: origin(fn), args: args, as: as})
		}
		if m := f.u.foreign(c); m != nil {
			known = append(known, target{obj: m, args: args, as: typeTag(m.Signature().Recv().Type()), guessed: !(OfModule(f.u.pass, m.Pkg().Path()) && isOffered(m.Signature().Recv().Type()))})
		}
		for _, m := range f.u.converted(c, f.u.inTest(f.fn)) {
			if m.Pkg() != f.u.pass.Pkg && !slices.ContainsFunc(known, func(t target) bool { return t.obj == m }) {
				known = append(known, target{obj: m, args: args, as: typeTag(m.Signature().Recv().Type())})
			}
		}
		return known, nil
	}
	switch fn := c.Value.(type) {
	case *ssa.Builtin:
		return nil, nil
	case *ssa.Function: // as most are, and each is asked for several times
		t, ok := f.static[c]
		if !ok {
			t = []target{f.u.bind(funcVal{fn: fn}, c.Args)}
			f.static[c] = t
		}
		return t, nil
	}
	for _, v := range f.funcVals(c.Value) {
		if v.fn == nil {
			dynamic = append(dynamic, v)
			continue
		}
		known = append(known, f.u.bind(v, c.Args))
	}
	return known, dynamic
}

// bind returns the call of v with args. A method value is its method, with the receiver bound.
func (u *unit) bind(v funcVal, args []ssa.Value) target {
	body := u.target(v.fn)
	if v.wrap.wrapped {
		args = nil // they are those of another signature
	}
	t := target{fn: body, obj: origin(body), args: args, free: v.free, once: v.wrap.once}
	t.factory, _ = v.site.(*ssa.Call)
	if strings.HasPrefix(v.fn.Synthetic, "bound method wrapper") {
		t.args, t.free = append(append([]ssa.Value{}, v.free...), args...), nil
	}
	if t.fn != nil && t.fn.Blocks == nil {
		t.fn = nil
	}
	return t
}

// target returns the function whose summary stands for fn: the generic function of an instance, the method behind a method value or
// method expression.
func (u *unit) target(fn *ssa.Function) *ssa.Function {
	if fn.Synthetic != "" && fn.Parent() == nil {
		if obj, ok := fn.Object().(*types.Func); ok {
			if real := fn.Prog.FuncValue(obj.Origin()); real != nil {
				return real
			}
		}
	}
	if o := fn.Origin(); o != nil {
		return o
	}
	return fn
}

func origin(fn *ssa.Function) *types.Func {
	if obj, ok := fn.Object().(*types.Func); ok {
		return obj.Origin()
	}
	return nil
}

// funcVals returns the functions that v may be.
func (f *function) funcVals(v ssa.Value) []funcVal {
	if fn, ok := v.(*ssa.Function); ok {
		return []funcVal{{fn: fn}}
	}
	return f.funcValsIn(v, map[ssa.Value]bool{})
}

func (f *function) funcValsIn(v ssa.Value, seen map[ssa.Value]bool) []funcVal {
	if seen[v] {
		return nil
	}
	seen[v] = true
	switch v := v.(type) {
	case *ssa.Function:
		return []funcVal{{fn: v}}
	case *ssa.MakeClosure:
		return []funcVal{{fn: v.Fn.(*ssa.Function), free: f.u.bindings(v), site: v}}
	case *ssa.ChangeType:
		return f.funcValsIn(v.X, seen)
	case *ssa.MakeInterface:
		return f.funcValsIn(v.X, seen)
	case *ssa.TypeAssert:
		return f.funcValsIn(v.X, seen)
	case *ssa.Phi:
		var out []funcVal
		for _, e := range v.Edges {
			out = append(out, f.funcValsIn(e, seen)...)
		}
		return out
	case *ssa.Call:
		if arg, wrap := f.u.wrapped(v); wrap.wrapped {
			return wrapAll(f.funcValsIn(arg, seen), wrap)
		}
		if got := f.returned(v); got != nil {
			return got
		}
	case *ssa.Extract:
		if arg, wrap := f.u.wrapped(v.Tuple); wrap.wrapped {
			return wrapAll(f.funcValsIn(arg, seen), wrap)
		}
		if got := f.returned(v); got != nil {
			return got
		}
	case *ssa.Alloc:
		// The variable itself is asked for where a closure captured it.
		return f.storedFuncs(v, seen)
	case *ssa.FreeVar:
		if got := f.capturedVals(v); got != nil {
			return got
		}
	case *ssa.UnOp:
		switch x := v.X.(type) {
		case *ssa.Alloc:
			if v.Op == token.MUL {
				return f.storedFuncs(x, seen)
			}
		case *ssa.FreeVar:
			if got := f.capturedVals(x); got != nil {
				return got
			}
		case *ssa.Global:
			if got, ok := f.u.wrappers[x]; ok {
				return []funcVal{got}
			}
		}
	}
	var out []funcVal
	for _, p := range f.paths(v) {
		out = append(out, f.storedAt(p)...)
		// The caller may know what it has put into a field of an object that it made.
		if mayKnow(&p) {
			out = append(out, funcVal{path: p})
		}
	}
	return out
}

// storedAt returns the functions that f has put into a part of local memory, a table of test cases or a struct of options, or of what it was given, such as the
// hooks of an object.
func (f *function) storedAt(p domain.Path) []funcVal {
	if len(p.Sel()) == 0 {
		return nil
	}
	f.scanStores()
	return f.storedVia(nil, p, maxVia)
}

// maxVia bounds the structs of structs that a function is followed through.
const maxVia = 3

// storedVia adds to out what is stored at p, or in one of the structs that were put where p leads through.
func (f *function) storedVia(out []funcVal, p domain.Path, depth int) []funcVal {
	out = append(out, f.funcsAt[p.SomeElement()]...)
	for n := len(p.Sel()); n > 0 && depth > 0; n-- {
		head, rest := p.Cut(n)
		for _, q := range f.held[head] {
			q = q.Along(rest)
			out = f.storedVia(out, q, depth-1)
		}
		if len(f.held[head]) > 0 {
			break
		}
	}
	return out
}

func (f *function) storedFuncs(x *ssa.Alloc, seen map[ssa.Value]bool) []funcVal {
	st := f.stores(x)
	if st.open {
		return nil
	}
	var out []funcVal
	for _, val := range st.vals {
		out = append(out, f.funcValsIn(val, seen)...)
	}
	return out
}

// implementations returns the methods of this package that an interface call may reach: all that implement an interface which this package declares, if they are few;
// of others, most callers are elsewhere, and what this package itself puts there counts.
//
// A fake that the tests declare stands behind an interface in tests only: caller tells.
func (u *unit) implementations(caller *ssa.Function, c *ssa.CallCommon) []*ssa.Function {
	named, ok := types.Unalias(c.Value.Type()).(*types.Named)
	if !ok {
		return nil
	}
	test := u.inTest(caller)
	key := implKey{named.Origin(), c.Method.Name(), test}
	out, ok := u.impls[key]
	if !ok {
		if named.Obj().Pkg() != u.pkg.Pkg {
			out = u.convertedHere(c, test)
		} else {
			out = u.implementing(named, c.Method.Name(), test)
		}
		u.impls[key] = out
	}
	if out = u.heldBy(out, c.Value); len(out) > maxImpls && named.Obj().Pkg() == u.pkg.Pkg {
		// Those that are put there would be fewer, but in such a hierarchy each object is of one, and it is not known which.
		u.silent(TooMany, c.Pos(), "%d methods of this package stand behind %s.%s: none of them is followed", len(out), named.Obj().Name(), c.Method.Name())
		return nil
	}
	return out
}

// implementing returns the methods of this package of a name whose types implement an interface of it.
func (u *unit) implementing(named *types.Named, name string, test bool) (out []*ssa.Function) {
	iface := named.Underlying().(*types.Interface)
	for _, m := range u.methods[name] {
		if types.Implements(m.recv, iface) && (test || !u.inTest(m.fn)) {
			out = append(out, m.fn)
		}
	}
	return out
}

// maxImpls bounds the methods considered for an interface call: with more, each gets contexts of the others' holders.
const maxImpls = 4

type implKey struct {
	iface  *types.Named
	method string
	test   bool
}

type method struct {
	recv types.Type
	fn   *ssa.Function
}

// resultPaths returns what result i of the call may denote.
func (f *function) resultPaths(call *ssa.Call, i int) []domain.Path {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() == "append" {
			return f.union(call.Call.Args)
		}
		return nil
	}
	var out []domain.Path
	known, _ := f.targets(&call.Call)
	if call.Call.IsInvoke() {
		known = known[1:]
	}
	for _, t := range known {
		if f.u.modelsFresh(t.obj) {
			out = addPath(out, domain.Of(f.local(call)))
			continue
		}
		if in, ok := f.contained(t); ok && i == 0 {
			for _, p := range in {
				out = addPath(out, p)
			}
			continue
		}
		sum := f.u.summaryOf(t)
		if sum == nil || i >= len(sum.Results) {
			continue
		}
		e := f.env(t, call)
		for _, p := range sum.Results[i].Paths {
			for _, q := range e.content(&p) {
				out = addPath(out, q)
			}
		}
		if sum.Results[i].Fresh && t.once.Root.Name != 0 {
			out = addPath(out, onceResult(t.once, i, call))
		} else if sum.Results[i].Fresh {
			out = addPath(out, e.result(i))
		}
		if sum.Results[i].Other {
			out = addPath(out, domain.Of(f.unknown(call)))
		}
	}
	if len(out) == 0 {
		out = one(f.unknown(call))
	}
	return out
}
