package summary

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// arg is what a formal parameter or free variable of a callee stands for at one call.
type arg struct {
	val   ssa.Value     // nil if it is known only by what it denotes
	paths []domain.Path // what it denotes
	addr  []domain.Path // the variable itself, where it is captured by reference
}

// env translates the names of a callee into those of f. It is the substitution of actuals for formals.
type env struct {
	f      *function
	params []arg
	free   []arg
	call   ssa.Value    // whose results Result roots are; nil if nobody gets them
	spawn  *spawning    // set if the callee runs on a new goroutine
	again  *spawning    // set if it runs on a goroutine of a helper that may be running already
	turns  *spawning    // set if the call stands in a loop, for the goroutines that the callee leaves running
	before []domain.Sym // what may be running when it is called there
	firsts []domain.Sym // spawns of the callee that only the first to come starts
	each   []int        // parameters of which each goroutine of a helper that runs it has another (sorted)
	block  *ssa.BasicBlock
	at     domain.Pos     // of the call, with block
	chain  []domain.Frame // of the call, for one that stands in the function
	sites  map[domain.Sym]domain.Sym
	within bool // the callee may call f
	guess  bool // see target.guessed
	local  bool // the callee is a function of this package
	known  map[translated][]domain.Path
	one    [1]held // see memory
	same   [1]domain.Path
	recent *recents
}

// translated is a path of a callee that was translated before: accesses of a callee share most of theirs.
type translated struct {
	path     domain.Path
	variable bool
}

// site renames a spawn of the callee. A helper that runs what it is given (async.Go) is a different spawn at each of its calls, and what a recursive
// call starts is none of what this activation starts.
func (e *env) site(s domain.Sym) domain.Sym {
	if renamed, ok := e.sites[s]; ok {
		return renamed
	}
	return s
}

func (e *env) siteSet(set []domain.Sym) []domain.Sym {
	if len(e.sites) == 0 {
		return set
	}
	out := make([]domain.Sym, 0, len(set))
	for _, s := range set {
		out = append(out, e.site(s))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// renameOpen gives the spawns whose function the caller supplies names of their own for the call at pos.
func (e *env) renameOpen(calls []domain.FuncCall, pos domain.Pos) {
	for i := range calls {
		if s := calls[i].Site; s != 0 && e.sites[s] == 0 {
			if e.sites == nil {
				e.sites = map[domain.Sym]domain.Sym{}
			}
			e.sites[s] = domain.AtCall(s, pos)
		}
	}
}

// renameInner gives the spawns of a callee that may call f names that no spawn of this activation has.
func (e *env) renameInner(spawns []domain.Spawn) {
	if !e.within {
		return
	}
	for i := range spawns {
		if s := spawns[i].Site; e.sites[s] == 0 && domain.Inner(s) != s {
			if e.sites == nil {
				e.sites = map[domain.Sym]domain.Sym{}
			}
			e.sites[s] = domain.Inner(s)
		}
	}
}

func (f *function) env(t target, call ssa.Value) *env {
	e := &env{f: f, call: call, within: t.fn != nil && f.u.solving[t.fn], guess: t.guessed, local: t.fn != nil}
	e.params = make([]arg, 0, len(t.args))
	for _, v := range t.args {
		e.params = append(e.params, f.arg(v))
	}
	if t.as != 0 {
		// Objects of two types are two objects, whatever holds them.
		e.params[0].paths = extend(e.params[0].paths, t.as)
		e.params[0].addr = e.params[0].paths
	}
	e.free = make([]arg, 0, len(t.free))
	for i, v := range t.free {
		a := f.arg(v)
		if made, ok := v.(*ssa.Call); ok && t.fn != nil && i < len(t.fn.FreeVars) && made == t.factory {
			a.paths = []domain.Path{f.madeByFactory(made, t.fn, i)}
			a.addr = a.paths
		}
		if x, ok := v.(*ssa.Alloc); ok && x.Parent() == f.fn {
			a.paths = f.captured(x)
		}
		e.free = append(e.free, a)
	}
	return e
}

// envAt is env for a call that stands there. The solver comes by it several times, so it is kept.
func (f *function) envAt(t target, instr ssa.Instruction, call ssa.Value) *env {
	for _, known := range f.envs[instr] {
		if known.of.same(&t) {
			return known.env
		}
	}
	e := f.env(t, call)
	e.block, e.at = instr.Block(), f.u.pos(instr.Pos())
	f.envs[instr] = append(f.envs[instr], targetEnv{t, e})
	return e
}

// targetEnv is the env of one target of a call, which may have several.
type targetEnv struct {
	of  target
	env *env
}

// same reports whether two targets of a call are the same function with the same arguments: of a.put and b.put only the function is.
func (t *target) same(o *target) bool {
	return t.fn == o.fn && t.obj == o.obj && t.as == o.as && slices.Equal(t.args, o.args) && slices.Equal(t.free, o.free)
}

func (f *function) arg(v ssa.Value) arg {
	a := arg{val: v, paths: f.paths(v)}
	a.addr = a.paths
	if alloc, ok := v.(*ssa.Alloc); ok && alloc.Parent() == f.fn {
		a.paths = f.variable(alloc)
	}
	return a
}

// actual returns the argument for a root, nil if there is none.
func (e *env) actual(r *domain.Root) *arg {
	var args []arg
	switch r.Kind {
	case domain.Param:
		args = e.params
	case domain.FreeVar:
		args = e.free
	}
	if int(r.Index) >= len(args) {
		return nil
	}
	return &args[r.Index]
}

// content translates the path of what a variable holds, or of memory below it.
func (e *env) content(p *domain.Path) []domain.Path { return e.translate(p, false) }

// translate returns the paths in f of a callee's path, not to be changed. With variable set, p is the variable itself and not what it holds.
func (e *env) translate(p *domain.Path, variable bool) []domain.Path {
	key := translated{*p, variable}
	out, ok := e.known[key]
	if !ok {
		out = slices.Clip(e.substitute(p, variable))
		if e.known == nil {
			e.known = e.f.newPaths()
		}
		e.known[key] = out
	}
	return out
}

// unchanged reports whether p goes by the same name in f: it hangs on nothing that the caller has passed or gets, nor is it an element that an argument
// chooses. So it is with most of what a large program leads to.
func unchanged(p *domain.Path) bool {
	switch p.Root.Kind {
	case domain.Param, domain.FreeVar, domain.Result:
		return false
	}
	return !slices.ContainsFunc(p.Sel(), isArgument)
}

// newPaths returns a map for the paths of one env, which goes back to the unit when f is done.
func (f *function) newPaths() map[translated][]domain.Path {
	if !f.solving {
		return map[translated][]domain.Path{} // asked by a check: several run at once
	}
	m, ok := pop(&f.u.spare.paths)
	if !ok {
		m = map[translated][]domain.Path{}
	}
	f.borrowed = append(f.borrowed, m)
	return m
}

func (e *env) substitute(p *domain.Path, variable bool) []domain.Path {
	switch p.Root.Kind {
	case domain.Result:
		if e.call == nil {
			return nil
		}
		q := e.result(int(p.Root.Index))
		if len(p.Sel()) > 0 {
			q = e.f.behindResult(q, p.Root.Type)
		}
		return []domain.Path{q.Join(p)}
	case domain.Param, domain.FreeVar:
		a := e.actual(&p.Root)
		if a == nil {
			return nil
		}
		actuals := a.paths
		if variable && len(p.Sel()) == 0 {
			actuals = a.addr
		}
		p, possible := a.dispatch(e.f.u, p)
		if !possible {
			return nil
		}
		out := make([]domain.Path, 0, len(actuals))
		for _, q := range actuals {
			out = e.f.addShared(out, e.join(q, p), variable)
		}
		if len(out) == 0 && p.Loc() != 0 {
			// The instance is lost, the location is not.
			q := domain.Of(domain.Root{Kind: domain.Unknown})
			out = append(out, e.join(q, p))
		}
		return out
	}
	q := *p
	q.Clear()
	return []domain.Path{e.join(q, p)}
}

// sharedAs returns the names that others have for the memory at p, or p.
func (f *function) sharedAs(p domain.Path) []domain.Path { return f.addShared(nil, p, false) }

// addShared adds the names that others have for the memory at p, or p. The variable at p is a part of what has it: of a copy it is the copy's own, whatever
// it holds.
func (f *function) addShared(out []domain.Path, p domain.Path, variable bool) []domain.Path {
	holder, last := p, []domain.Sym(nil)
	if n := len(p.Sel()); variable && n > 0 {
		holder, last = p.Cut(n - 1)
	}
	of, _ := f.sharedPart(&holder, 0)
	if len(of) == 0 {
		return addPath(out, p)
	}
	for _, s := range last {
		of = extend(of, s)
	}
	for _, q := range of {
		out = addPath(out, q)
	}
	return out
}

// join appends the selections of a callee's path to q, a path of f. An element that the callee's argument chose is one that f's own argument
// chose, if that was passed on.
func (e *env) join(q domain.Path, p *domain.Path) domain.Path {
	for _, s := range p.Sel() {
		if r, ok := s.Index(); ok && s != domain.Own && (s != domain.Drawn || e.spawn != nil) {
			s = domain.Elem
			if a := e.actual(&r); a != nil && a.val != nil {
				s = e.f.element(a.val)
			}
		}
		q = q.Append(s)
	}
	return q
}

// parallel reports whether what a callee's access touches may be touched by several goroutines of the spawn that runs the callee.
func (e *env) parallel(a *domain.Access) bool {
	if a.Site != 0 && domain.HasSym(e.firsts, a.Site) {
		return false
	}
	for _, s := range []*spawning{e.spawn, e.again} {
		if s != nil && s.parallel(e, &a.Path, !a.Kind.Content()) {
			return true
		}
	}
	return a.Site != 0 && e.turns != nil && domain.HasSym(e.before, e.site(a.Site)) && e.turns.parallel(e, &a.Path, !a.Kind.Content())
}

// result returns the root of result i of the call: the call itself if it has one result, else its extraction.
func (e *env) result(i int) domain.Path {
	call := e.call
	if tuple, ok := call.Type().(*types.Tuple); ok && tuple.Len() > 1 {
		for _, ref := range *call.Referrers() {
			if ex, ok := ref.(*ssa.Extract); ok && ex.Index == i {
				return domain.Of(e.f.local(ex))
			}
		}
	}
	return domain.Of(e.f.local(call))
}

// translateLocks adds the locks of a set, translated, to out. A lock under a boolean parameter becomes held or not held where the argument is a constant. With fields set, a lock that
// an object has from the caller of f goes by its field as well: other functions know it by that name alone.
func (e *env) translateLocks(out domain.Lockset, set []domain.Lock, fields bool) domain.Lockset {
	for _, l := range set {
		if name := l.Path.Root.Name; l.Path.Root.Kind == domain.Local && domain.IsForEachCall(name) {
			if e.block != nil && !e.within && e.f.innermost(e.block) == nil {
				l.Path.Root.Name = domain.AtCall(name, e.at)
				out.Add(&l)
			}
			continue
		}
		if l.Cond == 0 && unchanged(&l.Path) {
			out.Add(&l)
			continue
		}
		if l.Cond != 0 {
			var drop bool
			if l, drop = e.decide(l); drop {
				continue
			}
		}
		paths := e.content(&l.Path)
		if len(paths) == 0 && l.Path.Root.Kind != domain.Local {
			wild := domain.Wild
			out.Add(&wild)
		}
		for _, p := range paths {
			m := l
			m.Path = p
			out.Add(&m)
			if fields && p.Loc() == 0 && l.Path.Loc() != 0 {
				for _, m.Path = range e.translate(&l.Path, true) {
					out.Add(&m)
				}
			}
		}
	}
	return out
}

// decide resolves the condition of l by the argument at the call.
func (e *env) decide(l domain.Lock) (out domain.Lock, drop bool) {
	cond, want := l.Cond, true
	if cond < 0 {
		cond, want = -cond, false
	}
	l.Cond = 0
	if cond == allWell {
		return l, false // the function around it says so of its own result
	}
	root := domain.Root{Kind: domain.Param, Index: int16(cond - 1)}
	if cond >= firstFree {
		root = domain.Root{Kind: domain.FreeVar, Index: int16(cond - firstFree)}
	}
	a := e.actual(&root)
	if a == nil {
		return l, false
	}
	v := a.val
	if alloc, ok := v.(*ssa.Alloc); ok {
		if val := e.f.only(alloc); val != nil {
			v = val
		}
	}
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			l.Maybe = false
			return l, constant.BoolVal(v.Value) != want
		}
	case *ssa.Parameter:
		l.Cond = e.f.condition(v)
	case *ssa.FreeVar:
		l.Cond = firstFree + int8(e.f.freeIndex(v))
	}
	if !want {
		l.Cond = -l.Cond
	}
	return l, false
}
