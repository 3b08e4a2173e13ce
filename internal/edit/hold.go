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

// Lock is a lock as it is written where it is to be taken.
type Lock struct {
	Text string
	RW   bool // it can be taken for reading
	// Base is what Text hangs on, for a lock that is part of an object; nil for a variable.
	Base ast.Expr
}

// Hold is the accesses of one function that one lock is to be held at.
type Hold struct {
	Pkg   *sections.Package
	Lock  Lock
	Sites []*Site
	// chosen are the names of new variables.
	chosen []string
	// lifted are the names whose scope the edits have made larger.
	lifted map[string]bool
	// Imports are the paths of packages that the edits need, with the file that needs them.
	Imports map[*ast.File][]string
}

// region is statements of one list, from i to j.
type region struct {
	spot
	j    int
	left []*ast.BlockStmt // in which the lock is given up at once, see leavesEarly
}

func (r *region) stmts() []ast.Stmt { return r.list[r.i : r.j+1] }

func (r *region) first() ast.Stmt { return r.list[r.i] }
func (r *region) last() ast.Stmt  { return r.list[r.j] }

// Edits puts the sites under the lock, or says why that can't be done.
//
// It is safe because of what is checked of each section that it makes: nothing in it takes a lock or waits (sections.Slow), so that it ends whatever the
// others do; each way out of it gives the lock up; the lock's name means there what it means at the access; and no expression is moved past one that
// could change it. Whether the lock is held already when the function is called is for the caller to ask.
func (h *Hold) Edits() ([]analysis.TextEdit, string) {
	h.Imports, h.lifted = map[*ast.File][]string{}, map[string]bool{}
	slices.SortStableFunc(h.Sites, func(a, b *Site) int { return cmp.Compare(a.Node.Pos(), b.Node.Pos()) })
	if h.jumps() {
		return nil, "the function jumps by goto"
	}
	edits, why := h.cover(h.Sites)
	if why != "" {
		edits = nil
	}
	h.Release(edits)
	return edits, why
}

func (h *Hold) jumps() bool {
	found := false
	ast.Inspect(h.Sites[0].body(), func(n ast.Node) bool {
		b, ok := n.(*ast.BranchStmt)
		found = found || ok && b.Tok == token.GOTO
		return !found
	})
	return found
}

// cover puts some of the sites under the lock: in one section if it can.
func (h *Hold) cover(sites []*Site) ([]analysis.TextEdit, string) {
	if len(sites) == 0 {
		return nil, ""
	}
	r := common(sites)
	whole := outermost(sites)
	if edits, why := h.longer(r, sites); why == "" {
		return edits, ""
	}
	likely := h.isBody(whole)
	if likely {
		if edits, why := h.deferred(whole, sites); why == "" {
			return edits, ""
		}
	}
	edits, why := h.around(r, sites, false)
	if why == "" {
		return edits, ""
	}
	if edits, why := h.deferred(whole, sites); why == "" && !likely {
		return edits, ""
	}
	edits, early := h.around(r, sites, true)
	if early == "" {
		return edits, ""
	}
	if edits, why := h.around(h.leavesEarly(r, sites), sites, true); why == "" {
		return edits, ""
	}
	if r.i == r.j {
		return h.header(r, sites, early)
	}
	return h.split(r, sites, early)
}

// common returns the smallest region that holds the sites.
func common(sites []*Site) *region {
	depth := 0
	for ; ; depth++ {
		for _, s := range sites {
			if depth >= len(s.lists) || s.lists[depth].holder != sites[0].lists[depth].holder {
				return regionAt(sites, depth-1)
			}
		}
	}
}

// outermost returns the region of the function's own statements that holds the sites.
func outermost(sites []*Site) *region { return regionAt(sites, 0) }

func regionAt(sites []*Site, depth int) *region {
	r := &region{spot: sites[0].lists[depth], j: sites[0].lists[depth].i}
	for _, s := range sites {
		r.i, r.j = min(r.i, s.lists[depth].i), max(r.j, s.lists[depth].i)
	}
	return r
}

// isBody reports whether the accesses are what the function is about: there is little before them, and less behind.
func (h *Hold) isBody(r *region) bool {
	for _, s := range r.list[:r.i] {
		if _, ok := s.(*ast.DeferStmt); !ok && h.Pkg.Slow(h, s) != "" {
			return false
		}
	}
	return r.j >= len(r.list)-2
}

// deferred takes the lock before the region and defers the unlock: it is held to the end of the function.
func (h *Hold) deferred(r *region, sites []*Site) ([]analysis.TextEdit, string) {
	to := &region{spot: r.spot, j: len(r.list) - 1}
	if top := (&region{spot: spot{r.holder, r.list, 0}, j: to.j}); declarations(r.list[:r.i]) && h.check(top, sites) == "" {
		to = top
	}
	if why := h.check(to, sites); why != "" {
		return nil, why
	}
	text := h.lock(sites) + "\ndefer " + h.unlock(sites) + "\n"
	if len(to.stmts()) > 3 {
		text += "\n"
	}
	return []analysis.TextEdit{h.before(to.first(), text)}, ""
}

// declarations reports whether statements do no more than declare variables.
func declarations(list []ast.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.DeclStmt:
		case *ast.AssignStmt:
			if s.Tok != token.DEFINE {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// around takes the lock before the region and gives it up behind it and, if early, before each statement that leaves it.
func (h *Hold) around(r *region, sites []*Site, early bool) ([]analysis.TextEdit, string) {
	edits, why := h.until(r, sites, early, h.unlock(sites))
	lock := h.before(r.first(), h.lock(sites)+"\n")
	return append([]analysis.TextEdit{lock}, edits...), why // what is inserted at one place comes in this order
}

// until gives the lock up behind the region and, if early, before each statement that leaves it.
func (h *Hold) until(r *region, sites []*Site, early bool, unlock string) ([]analysis.TextEdit, string) {
	for _, s := range sites {
		if why := s.elsewhere(); why != "" {
			return nil, why
		}
	}
	if why := h.check(r, sites); why != "" {
		return nil, why
	}
	outs, why := h.exits(r)
	if why != "" {
		return nil, why
	}
	if len(outs) > 0 && !early {
		return nil, "it leaves the function or the loop"
	}
	var edits []analysis.TextEdit
	for _, b := range r.left {
		edits = append(edits, h.before(b.List[0], unlock+"\n"))
	}
	for _, out := range outs {
		more, why := h.leave(out, unlock, sites)
		if why != "" {
			return nil, why
		}
		edits = append(edits, more...)
	}
	if !terminates(r.last()) {
		edits = append(edits, h.after(r.last(), unlock))
	}
	return edits, ""
}

// leave gives the lock up before a statement that leaves the region. What a return hands out is read before.
func (h *Hold) leave(out ast.Stmt, unlock string, sites []*Site) ([]analysis.TextEdit, string) {
	var in []*Site
	for _, s := range sites {
		if contains(out, s.Node) {
			in = append(in, s)
		}
	}
	before, edits, why := h.hoist(out, in)
	if why != "" {
		return nil, why
	}
	return append(edits, h.before(out, before+unlock+"\n")), ""
}

// longer lets a section that ends just before the region go on to its end: the map was taken out under the lock, and used after it.
func (h *Hold) longer(r *region, sites []*Site) ([]analysis.TextEdit, string) {
	no := "no section ends just before it"
	if r.i == 0 {
		return nil, no
	}
	prev, ok := r.list[r.i-1].(*ast.ExprStmt)
	if !ok {
		return nil, no
	}
	unlock := h.text(prev)
	reading := unlock == h.Lock.Text+".RUnlock()"
	if !reading && unlock != h.Lock.Text+".Unlock()" || reading && writes(sites) || h.commented(prev.End(), r.first().Pos()) {
		return nil, no
	}
	edits, why := h.until(r, sites, true, unlock)
	return append(edits, analysis.TextEdit{Pos: prev.Pos(), End: r.first().Pos()}), why
}

// lock and unlock write the calls of the lock's methods: for reading, if that is enough and there is such a mode.
func (h *Hold) lock(sites []*Site) string   { return h.Lock.Text + "." + h.mode(sites) + "Lock()" }
func (h *Hold) unlock(sites []*Site) string { return h.Lock.Text + "." + h.mode(sites) + "Unlock()" }

func (h *Hold) mode(sites []*Site) string {
	if h.Lock.RW && !writes(sites) {
		return "R"
	}
	return ""
}

func writes(sites []*Site) bool {
	return slices.ContainsFunc(sites, func(s *Site) bool { return s.Write })
}

func contains(n, inner ast.Node) bool { return n.Pos() <= inner.Pos() && inner.End() <= n.End() }

// check returns why the lock must not be held from the beginning of a region to its end.
func (h *Hold) check(r *region, sites []*Site) string {
	for _, stmt := range r.stmts() {
		if why := h.Pkg.Slow(h, r.held(stmt)...); why != "" {
			return why
		}
	}
	for _, s := range h.Sites {
		if !slices.Contains(sites, s) && r.first().Pos() <= s.Node.Pos() && s.Node.End() <= r.last().End() {
			return "another access in between takes the lock by itself"
		}
	}
	return h.named(r, sites)
}

// named returns why the lock's name may mean something else at the beginning of a region, or at an end of it, than at the access.
func (h *Hold) named(r *region, sites []*Site) string {
	info := h.Pkg.Pass.TypesInfo
	scope := h.scope(r)
	for name, obj := range h.vars() {
		if scope == nil {
			return "its scope is not clear"
		}
		if _, o := scope.LookupParent(name, r.first().Pos()); o != obj {
			return fmt.Sprintf("%s is not known, or something else, before line %d", name, h.line(sites[0].Node.Pos()))
		}
		for _, stmt := range r.stmts() {
			if assigns(info, stmt, obj) {
				return fmt.Sprintf("%s changes meanwhile", name)
			}
			if shadows(info, stmt, name, obj) {
				return fmt.Sprintf("%s is another variable in between", name)
			}
		}
	}
	for _, stmt := range r.stmts() {
		if why := h.nilChecked(stmt); why != "" {
			return why
		}
	}
	return ""
}

// nilChecked returns why the lock must not be taken before stmt: it finds out first whether there is an object that has the lock.
func (h *Hold) nilChecked(stmt ast.Stmt) string {
	if h.Lock.Base == nil {
		return ""
	}
	if x := nilCheck(h.Pkg.Pass.TypesInfo, stmt, h.Lock.Base); x != "" {
		return fmt.Sprintf("%s may be nil before the check", x)
	}
	return ""
}

// vars returns the variables that the lock's name is made of.
func (h *Hold) vars() map[string]types.Object {
	out := map[string]types.Object{}
	if h.Lock.Base == nil {
		_, obj := h.Pkg.Pass.Pkg.Scope().Innermost(h.Sites[0].Node.Pos()).LookupParent(h.Lock.Text, h.Sites[0].Node.Pos())
		if obj != nil {
			out[h.Lock.Text] = obj
		}
		return out
	}
	ast.Inspect(h.Lock.Base, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, func(n ast.Node) bool {
				if id, ok := n.(*ast.Ident); ok {
					h.variable(id, out)
				}
				return true
			})
			return false
		case *ast.Ident:
			h.variable(n, out)
		}
		return true
	})
	return out
}

func (h *Hold) variable(id *ast.Ident, out map[string]types.Object) {
	if v, ok := h.Pkg.Pass.TypesInfo.Uses[id].(*types.Var); ok && !v.IsField() {
		out[id.Name] = v
	}
	if v, ok := h.Pkg.Pass.TypesInfo.Defs[id].(*types.Var); ok && !v.IsField() {
		out[id.Name] = v
	}
}
