package unguardedmap

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// reporter words findings and reports them in the order of the source, each once.
type reporter struct {
	pass  *analysis.Pass
	res   *summary.Result
	diags []analysis.Diagnostic
	said  map[string]bool
}

// location judges a location that the whole package can name.
func (r *reporter) location(g group) {
	var accesses []*domain.Access
	for _, t := range g.touches {
		accesses = append(accesses, t.Access)
	}
	guard := domain.ElectGuard(accesses)
	if guard.Loc == 0 {
		r.races(slices.DeleteFunc(judge(g, false), r.inside))
		return
	}
	held, of := r.tally(g, guard)
	for _, p := range unguarded(g, guard) {
		if r.inside(p) {
			continue
		}
		r.inconsistent(g, guard, p, held, of)
	}
}

// tally counts the places where the guard is held, for the message.
func (r *reporter) tally(g group, guard domain.Guard) (held, of int) {
	places := map[domain.Pos]bool{}
	for _, t := range g.touches {
		mode, sure := guard.Mode(t.Access)
		if t.Kind == domain.Load || !sure || setup(t) {
			continue
		}
		places[t.Pos] = places[t.Pos] || mode != 0
	}
	for _, ok := range places {
		of++
		if ok {
			held++
		}
	}
	return held, of
}

func (r *reporter) inconsistent(g group, guard domain.Guard, p pair, held, of int) {
	pos, via := r.place(g, guard, p.a)
	of-- // the place itself
	msg := fmt.Sprintf("map %s is %s without %s, held at %d of its %d other accesses%s", short(g.loc), p.a.Kind, short(guard.Loc), held, max(of, held), via)
	if p.a.Kind == domain.Load {
		msg = fmt.Sprintf("variable %s is read without %s, under which it is replaced%s", short(g.loc), short(guard.Loc), via)
	}
	r.report(pos, msg, g, p)
}

// place returns where to report a: the access itself or, where other contexts of it hold the guard, the call that lacks it.
func (r *reporter) place(g group, guard domain.Guard, a *touch) (token.Pos, string) {
	locked := map[domain.Sym]bool{}
	for _, o := range g.touches {
		if mode, _ := guard.Mode(o.Access); o.Pos == a.Pos && mode != 0 {
			for _, f := range o.Chain {
				locked[f.Func] = true
			}
		}
	}
	for i, f := range a.Chain {
		if pos := r.res.At(f.Pos); locked[f.Func] && pos.IsValid() {
			return pos, fmt.Sprintf(" (in %s, which is called here)", callNames(a.Chain[i:]))
		}
	}
	if pos := r.outermost(a); len(locked) > 0 && pos.IsValid() {
		return pos, fmt.Sprintf(" (in %s, which is called here)", callNames(a.Chain))
	}
	return r.here(a), ""
}

// outermost returns the first call that leads to a, NoPos if there is none.
func (r *reporter) outermost(a *touch) token.Pos {
	if len(a.Chain) == 0 {
		return token.NoPos
	}
	return r.res.At(a.Chain[0].Pos)
}

// inside reports whether both sides of a pair lie in the depths of other packages: how an object of theirs that hangs on one of ours keeps its
// maps is theirs to order, by locks and states that we see only a part of. What the methods that we call do themselves is ours to order.
func (r *reporter) inside(p pair) bool {
	if r.res.At(p.a.Pos).IsValid() || r.res.At(p.b.Pos).IsValid() {
		return false
	}
	deep := func(f domain.Frame) bool { return !r.res.At(f.Pos).IsValid() }
	return slices.ContainsFunc(p.a.Chain, deep) || slices.ContainsFunc(p.b.Chain, deep)
}

// elsewhere reports whether a pair is the business of another package: neither side is in this one, nor what makes them concurrent.
func (r *reporter) elsewhere(p pair) bool {
	for _, t := range []*touch{p.a, p.b} {
		if r.res.At(t.Pos).IsValid() || t.spawn != nil && r.res.At(t.spawn.Pos).IsValid() {
			return false
		}
	}
	return true
}

// here returns the position of t in this package: of the access, or of the innermost call that leads to it.
func (r *reporter) here(t *touch) token.Pos {
	if pos := r.res.At(t.Pos); pos.IsValid() {
		return pos
	}
	for _, f := range slices.Backward(t.Chain) {
		if pos := r.res.At(f.Pos); pos.IsValid() {
			return pos
		}
	}
	return t.fn.Pos
}

func callNames(chain []domain.Frame) string {
	var names []string
	for _, f := range chain {
		names = append(names, f.Func.String())
	}
	return strings.Join(names, " -> ")
}

// races reports a memory without a guard once, at the first pair, with the other places as related information.
func (r *reporter) races(pairs []pair) {
	if len(pairs) == 0 {
		return
	}
	p := slices.MinFunc(pairs, func(p, q pair) int { return r.order(p, q) })
	if !r.res.At(p.a.Pos).IsValid() && r.res.At(p.b.Pos).IsValid() {
		p.a, p.b = p.b, p.a // a place in this package can be shown
	}
	g := group{loc: p.a.Path.Loc()}
	what := "map " + r.describe(p.a)
	if p.a.Kind == domain.Replace || p.b.Kind == domain.Replace {
		what = "map variable " + r.describe(p.a)
	}
	if p.a.Kind >= domain.OperandRead {
		what = "the operand " + r.describe(p.a) + " of a map operation"
	}
	var msg string
	if p.a == p.b {
		msg = fmt.Sprintf("%s is %s here by several goroutines at once with no lock: %s", what, p.a.Kind, r.why(p.a, p.b))
	} else {
		msg = fmt.Sprintf("%s is %s here and %s at %s with no lock in common: %s", what, p.a.Kind, p.b.Kind, r.where(p.b), r.why(p.a, p.b))
	}
	for _, q := range pairs {
		for _, t := range []*touch{q.a, q.b} {
			if !slices.Contains(g.touches, t) {
				g.touches = append(g.touches, t)
			}
		}
	}
	r.report(r.here(p.a), msg, g, p)
}

// order prefers writes, then the earliest place.
func (r *reporter) order(p, q pair) int {
	rank := func(p pair) int {
		if p.a.Kind.Writes() {
			return 0
		}
		return 1
	}
	// m[k]++ is a read and a write at one place: the write against itself says it best.
	self := func(p pair) int {
		if p.a == p.b {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rank(p), rank(q)), cmp.Compare(r.here(p.a), r.here(q.a)), cmp.Compare(self(p), self(q)), cmp.Compare(r.here(p.b), r.here(q.b)))
}

// why names what makes a and b concurrent.
func (r *reporter) why(a, b *touch) string {
	t := a
	if t.spawn == nil && b.thread() {
		t = b
	}
	switch {
	case t.spawn == nil:
		return fmt.Sprintf("%s runs for each request", t.fn.Name)
	case t.spawn.Kind == domain.Handler:
		return fmt.Sprintf("the handler %s runs for each request", t.spawn.Func)
	case a == b || a.Site == b.Site:
		return fmt.Sprintf("%s starts at %s, again while it is running", described(t.spawn), base(t.spawn.Pos))
	}
	return fmt.Sprintf("%s starts at %s", described(t.spawn), base(t.spawn.Pos))
}

func described(sp *domain.Spawn) string {
	if sp.Func == 0 {
		return fmt.Sprintf("the %s", sp.Kind)
	}
	return fmt.Sprintf("the %s %s", sp.Kind, sp.Func)
}

func (r *reporter) where(t *touch) string { return base(t.Pos) }

func base(p domain.Pos) string {
	return fmt.Sprintf("%s:%d", filepath.Base(p.File.String()), p.Line)
}

// maxRelated bounds the further places shown with a finding.
const maxRelated = 8

// report adds a diagnostic, once per place and message.
func (r *reporter) report(pos token.Pos, msg string, g group, p pair) {
	at := r.pass.Fset.Position(pos)
	key := fmt.Sprint(at.Filename, at.Line, "|", p.a.Path.Loc(), p.a.Kind >= domain.OperandRead)
	if pos != r.here(p.a) {
		key = fmt.Sprint(at.Filename, at.Line, "|call") // one unlocked call, whatever maps it touches
	}
	if r.said[key] {
		return
	}
	r.said[key] = true
	d := analysis.Diagnostic{Pos: pos, Category: "unguardedmap", Message: msg, URL: pageURL}
	d.Related = r.related(pos, g, p)
	r.diags = append(r.diags, d)
}

func (r *reporter) related(at token.Pos, g group, p pair) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(pos domain.Pos, format string, args ...any) {
		p := r.res.At(pos)
		if !p.IsValid() || len(out) == maxRelated {
			return
		}
		msg := fmt.Sprintf(format, args...)
		for _, o := range out {
			if o.Pos == p && o.Message == msg {
				return
			}
		}
		out = append(out, analysis.RelatedInformation{Pos: p, Message: msg})
	}
	side := func(t *touch) {
		if r.res.At(t.Pos) != at {
			add(t.Pos, "%s here, %s", t.Kind, heldText(t.Locks))
		}
	}
	side(p.b)
	for _, t := range []*touch{p.a, p.b} {
		if t.spawn != nil {
			add(t.spawn.Pos, "%s starts here", described(t.spawn))
		}
		for _, f := range t.Chain {
			add(f.Pos, "%s is called here", f.Func)
		}
	}
	for _, t := range g.touches {
		if t != p.a && t != p.b && g.loc == 0 {
			side(t)
		}
	}
	return out
}

func heldText(locks domain.Lockset) string {
	sure := locks.Sure()
	if len(sure) == 0 {
		return "holding no lock"
	}
	var names []string
	for _, l := range sure {
		name := short(l.Path.Loc())
		if name == "" {
			name = "a lock of the caller"
		}
		if l.Mode == domain.ReadMode {
			name += " for reading"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return "holding " + strings.Join(slices.Compact(names), ", ")
}

// flush reports everything in the order of the source.
func (r *reporter) flush() {
	slices.SortFunc(r.diags, func(a, b analysis.Diagnostic) int {
		pa, pb := r.pass.Fset.Position(a.Pos), r.pass.Fset.Position(b.Pos)
		return cmp.Or(strings.Compare(pa.Filename, pb.Filename), cmp.Compare(pa.Offset, pb.Offset), strings.Compare(a.Message, b.Message))
	})
	for _, d := range r.diags {
		r.pass.Report(d)
	}
}

// short drops the package path of a location: "example.com/srv.Server.mu" is "Server.mu".
func short(loc domain.Sym) string {
	s := loc.String()
	s = s[strings.LastIndex(s, "/")+1:]
	if _, rest, ok := strings.Cut(s, "."); ok {
		return rest
	}
	return s
}

// describe names the memory of t.
func (r *reporter) describe(t *touch) string {
	if loc := t.Path.Loc(); loc != 0 {
		return short(loc)
	}
	if name := r.varName(t); name != "" {
		return name
	}
	return "here"
}

// varName returns the source text of the map that is touched, found at the position of the access.
func (r *reporter) varName(t *touch) string {
	pos := r.res.At(t.Pos)
	for _, file := range r.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			return mapText(file, pos)
		}
	}
	return ""
}

func mapText(file *ast.File, pos token.Pos) string {
	name := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || n.Pos() > pos || n.End() < pos {
			return false
		}
		switch n := n.(type) {
		case *ast.IndexExpr:
			name = exprText(n.X)
		case *ast.RangeStmt:
			name = exprText(n.X)
		case *ast.CallExpr:
			if len(n.Args) > 0 && n.Lparen >= pos {
				name = exprText(n.Args[0])
			}
		case *ast.AssignStmt:
			if len(n.Lhs) == 1 {
				name = exprText(n.Lhs[0])
			}
		}
		return true
	})
	return name
}

func exprText(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return exprText(e.X) + "." + e.Sel.Name
	case *ast.IndexExpr:
		return exprText(e.X) + "[…]"
	case *ast.StarExpr:
		return exprText(e.X)
	case *ast.ParenExpr:
		return exprText(e.X)
	}
	return ""
}
