package summary

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// A test suite is mostly functions that call the product on one goroutine and look at what it returns. Such a function is idle: in its own text, and in that of
// the helpers of tests that it calls, nothing is started that could touch what is looked at here. What the product does then it does for any caller, and is judged
// where it stands; what the test looks into by itself, beside goroutines of the product, it knows to be still (pairs.Staged, Touch.Peeks). Idle functions are told
// by their syntax, before there is SSA: in a large package they are most of it.

// idle is what the functions of test files say.
type idle struct {
	pass  *analysis.Pass
	decls map[*types.Func]*testFunc
	// leaving are the functions of the product that leave a lock otherwise than it was, by their text.
	leaving map[*types.Func]bool
	// methods are those of test files, by name.
	methods map[string][]*types.Func
	// needed are the functions that somebody calls, or may, who has more to say: no test, one that is not idle, or the initialisation of a variable.
	needed map[*types.Func]need
	// answers are what is known of functions and types of tests, and assumed those that hold if what is being asked for holds.
	answers map[question]bool
	assumed []question
	// behind are the interfaces of other packages that implemented has been asked about.
	behind map[*types.Interface]bool
}

// need says what a function of a test file is wanted for.
type need uint8

const (
	skipped  need = iota // nothing: it is not even built
	walked               // it does something to locks, and can leave them wrongly
	asked                // it calls helpers that start something, or are given to others, and is summarised if their summaries say so
	analysed             // it starts something, or somebody needs it who does, or may
)

// question is what known is asked about.
type question struct {
	of      types.Object
	product bool
}

// testFunc is a function of a test file.
type testFunc struct {
	decl  ast.Decl
	says  need
	tells bool          // what it starts may touch what its callers have given it, by a text that is in a test
	calls []*types.Func // the functions of the package and the methods of interfaces that it mentions, closures included
}

// idleTests finds what the functions of test files are wanted for. Methods are always wanted: who calls them through an interface is not seen in the text.
func idleTests(pass *analysis.Pass) *idle {
	d := &idle{
		pass: pass, decls: map[*types.Func]*testFunc{}, methods: map[string][]*types.Func{}, needed: map[*types.Func]need{}, leaving: map[*types.Func]bool{},
		answers: map[question]bool{}, behind: map[*types.Interface]bool{},
	}
	var roots []*testFunc
	for _, file := range pass.Files {
		if !d.isTest(file) {
			d.findLeaving(file)
		}
	}
	var all []*testFunc
	for _, file := range pass.Files {
		if !d.isTest(file) {
			continue
		}
		for _, decl := range file.Decls {
			fn, t := d.declared(decl), &testFunc{decl: decl}
			all = append(all, t)
			if fn != nil {
				d.decls[fn] = t
			}
			if d.byText(fn) {
				continue
			}
			roots = append(roots, t)
			if fn != nil {
				d.needed[fn] = analysed
				if fn.Signature().Recv() != nil {
					d.methods[fn.Name()] = append(d.methods[fn.Name()], fn)
				}
			}
		}
	}
	for _, t := range all {
		(&testText{idle: d, out: t, of: map[*ast.Ident]*ast.CallExpr{}}).read()
	}
	d.spread()
	for _, t := range roots {
		d.need(t, analysed)
	}
	for fn, t := range d.decls {
		d.needed[fn] = max(d.needed[fn], t.says)
		d.need(t, t.says)
	}
	return d
}

func isTestFile(name string) bool { return strings.HasSuffix(name, "_test.go") }

func (d *idle) isTest(file *ast.File) bool {
	return isTestFile(d.pass.Fset.File(file.FileStart).Name())
}

// declared returns the function that decl declares, nil if it is none.
func (d *idle) declared(decl ast.Decl) *types.Func {
	f, ok := decl.(*ast.FuncDecl)
	if !ok {
		return nil
	}
	fn, _ := d.pass.TypesInfo.Defs[f.Name].(*types.Func)
	return fn
}

// byText reports whether all who call fn are seen in the text of this package: not where it is a method, or other packages may call it.
func (d *idle) byText(fn *types.Func) bool {
	if fn == nil || fn.Signature().Recv() != nil || fn.Name() == "init" || fn.Name() == "_" {
		return false
	}
	return !fn.Exported() || isTest(fn) || strings.HasSuffix(d.pass.Pkg.Path(), "_test")
}

// callees returns what t may call, of what is declared in test files.
func (d *idle) callees(t *testFunc) []*types.Func {
	var out []*types.Func
	for _, fn := range t.calls {
		if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
			out = append(out, d.implementing(fn)...)
		} else if d.decls[fn] != nil {
			out = append(out, fn)
		}
	}
	return out
}

// implementing returns the methods of test files that may be behind a method of an interface.
func (d *idle) implementing(fn *types.Func) (out []*types.Func) {
	iface := fn.Signature().Recv().Type().Underlying().(*types.Interface)
	for _, m := range d.methods[fn.Name()] {
		if types.Implements(m.Signature().Recv().Type(), iface) {
			out = append(out, m)
		}
	}
	return out
}

// spread notes who calls, at any depth, a helper that has something to say to them.
func (d *idle) spread() {
	callers := map[*types.Func][]*types.Func{}
	var todo []*types.Func
	for fn, t := range d.decls {
		for _, callee := range d.callees(t) {
			callers[callee] = append(callers[callee], fn)
		}
		if t.tells {
			todo = append(todo, fn)
		}
	}
	for len(todo) > 0 {
		fn := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, caller := range callers[fn] {
			if t := d.decls[caller]; t.says < asked {
				t.says = asked
				todo = append(todo, caller)
			}
		}
	}
}

// need notes that what t calls is wanted for as much as t is. Whether who is asked has anything to say is known when its helpers are summarised.
func (d *idle) need(t *testFunc, as need) {
	switch as {
	case skipped:
		return
	case asked:
		as = analysed
	}
	for _, callee := range d.callees(t) {
		if d.needed[callee] < as {
			d.needed[callee] = as
			d.need(d.decls[callee], as)
		}
	}
}

// files returns the files of the package without the functions that nobody wants.
func (d *idle) files() []*ast.File {
	out := slices.Clone(d.pass.Files)
	for i, file := range out {
		without := *file
		without.Decls = slices.DeleteFunc(slices.Clone(file.Decls), func(decl ast.Decl) bool {
			return d.skips(decl)
		})
		if len(without.Decls) < len(file.Decls) {
			out[i] = &without
		}
	}
	return out
}

func (d *idle) skips(decl ast.Decl) bool {
	fn := d.declared(decl)
	return d.decls[fn] != nil && d.needed[fn] == skipped
}

// declares returns the function of a test file that fn is, or is a closure in; nil if there is none.
func (d *idle) declares(fn *ssa.Function) *types.Func {
	if obj, ok := declared(fn).Object().(*types.Func); ok && d.decls[obj] != nil {
		return obj
	}
	return nil
}

// asksFirst returns what has to be summarised before it is known whether fn is wanted: a closure is summarised before the function that it is in.
func (u *unit) asksFirst(fn *ssa.Function) []*ssa.Function {
	obj := u.tests.declares(fn)
	if obj == nil || fn.Parent() == nil || u.tests.needed[obj] != asked {
		return nil
	}
	var out []*ssa.Function
	for _, callee := range u.tests.callees(u.tests.decls[obj]) {
		if to := u.pkg.Prog.FuncValue(callee); to != nil && callee != obj {
			out = append(out, to)
		}
	}
	return out
}

// wants reports whether fn is to be summarised, when those that it calls are.
func (u *unit) wants(fn *ssa.Function) bool {
	obj := u.tests.declares(fn)
	if obj != nil && u.tests.needed[obj] == asked && slices.ContainsFunc(u.tests.callees(u.tests.decls[obj]), u.tellsTests) {
		u.tests.needed[obj] = analysed // its closures, too
	}
	return obj == nil || u.tests.needed[obj] == analysed
}

// tellsTests reports whether the summary of a function in a test file has something that concerns a test which calls it: an access there, with no lock, by one of
// its goroutines, or a goroutine that calls what it was given. What the product does is judged without the test, also where goroutines of helpers call it.
func (u *unit) tellsTests(obj *types.Func) bool {
	sum := u.sums[u.pkg.Prog.FuncValue(obj)]
	return sum != nil && (slices.ContainsFunc(sum.Calls, func(c domain.FuncCall) bool { return c.Site != 0 && !u.tests.ofOthers(obj, c.Path) }) ||
		slices.ContainsFunc(sum.Accesses, func(a domain.Access) bool {
			return a.Site != 0 && isTestFile(a.Pos.File.String()) && !slices.ContainsFunc(a.Locks, func(l domain.Lock) bool { return !l.Maybe })
		}))
}

// ofOthers reports whether p is part of an object of another package that fn is given: what hangs on it was put there by whoever made it, in a text that is read
// (testText.given).
func (d *idle) ofOthers(fn *types.Func, p domain.Path) bool {
	sig := fn.Signature()
	if p.Root.Kind != domain.Param || sig.Recv() != nil || int(p.Root.Index) >= sig.Params().Len() {
		return false
	}
	named, ok := types.Unalias(deref(sig.Params().At(int(p.Root.Index)).Type())).(*types.Named)
	return ok && !isFunc(named) && !d.ours(named.Obj())
}
