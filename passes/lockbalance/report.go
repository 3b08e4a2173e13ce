package lockbalance

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/sections"
	"github.com/mapguard/mapguard/internal/summary"
)

// reporter words the findings of one function.
type reporter struct {
	*checker
	w       *walker
	f       *summary.Func
	aliased map[string]bool
}

// guarded is the maps of one memory and their guard.
type guarded struct {
	pairs.Group
	guard domain.Guard
}

// guardedMaps returns the memory of the package that has a guard, and fills guards. It is computed when the first finding asks.
func (c *checker) guardedMaps() []guarded {
	if c.guards != nil {
		return c.groups
	}
	c.guards = map[domain.Sym][]domain.Sym{}
	for _, g := range pairs.New(c.res).Shared() {
		var accesses []*domain.Access
		for _, t := range g.Touches {
			accesses = append(accesses, t.Access)
		}
		if guard := domain.ElectGuard(accesses); guard.Loc != 0 {
			c.groups = append(c.groups, guarded{g, guard})
			c.guards[guard.Loc] = append(c.guards[guard.Loc], g.Loc)
		}
	}
	return c.groups
}

// lock names a lock for people.
func (r *reporter) lock(key string, at ssa.Instruction) string {
	if loc := r.w.loc(key); loc != 0 {
		return report.Short(loc)
	}
	if call := r.callAt(at); call != nil {
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
			return types.ExprString(sel.X)
		}
	}
	return "the lock"
}

// guards says which maps a lock guards, to be put at the end of a message.
func (r *reporter) guardsOf(key string) string {
	r.guardedMaps()
	var names []string
	for _, loc := range r.guards[r.w.loc(key)] {
		names = append(names, report.Short(loc))
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "; it guards map " + names[0]
	}
	slices.Sort(names)
	return "; it guards maps " + strings.Join(names[:min(len(names), 3)], ", ")
}

// pos returns where to show instr. A return that is not written stands at the closing brace.
func (r *reporter) pos(instr ssa.Instruction) token.Pos {
	if call, ok := instr.(ssa.CallInstruction); ok {
		if at := r.callAt(instr); at != nil {
			return at.Pos()
		}
		return call.Common().Pos()
	}
	if pos := instr.Pos(); pos.IsValid() {
		return pos
	}
	if syntax := r.f.SSA.Syntax(); syntax != nil {
		return syntax.End() - 1
	}
	return r.f.Pos
}

func (r *reporter) line(instr ssa.Instruction) int { return r.pass.Fset.Position(r.pos(instr)).Line }

// path returns the syntax at pos, innermost first.
func (c *checker) path(pos token.Pos) []ast.Node {
	for _, file := range c.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			path := sections.Enclosing(file, pos)
			slices.Reverse(path)
			return path
		}
	}
	return nil
}

// callAt returns the call expression of instr, nil if there is none.
func (r *reporter) callAt(instr ssa.Instruction) *ast.CallExpr {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	for _, n := range r.path(call.Common().Pos()) {
		if n, ok := n.(*ast.CallExpr); ok && n.Lparen == call.Common().Pos() {
			return n
		}
	}
	return nil
}

func (r *reporter) say(at ssa.Instruction, fixes []analysis.SuggestedFix, related []analysis.RelatedInformation, format string, args ...any) {
	pos := r.pos(at)
	r.out.Add(fmt.Sprintf("%d %s", pos, format), analysis.Diagnostic{Pos: pos, Message: fmt.Sprintf(format, args...), SuggestedFixes: fixes, Related: related})
}

func (r *reporter) related(at ssa.Instruction, msg string) []analysis.RelatedInformation {
	if at == nil {
		return nil
	}
	return []analysis.RelatedInformation{{Pos: r.pos(at), Message: msg}}
}

func verb(m domain.Mode) string {
	if m == domain.ReadMode {
		return "read-locked"
	}
	return "locked"
}

func (r *reporter) leftAtExit(at ssa.Instruction, a *acquisition) {
	exit := slices.MinFunc(a.exits, func(x, y ssa.Instruction) int { return int(r.pos(x) - r.pos(y)) })
	what := "return"
	if _, ok := exit.(*ssa.Panic); ok {
		what = "panic, which is recovered,"
	} else if !exit.Pos().IsValid() {
		what = "end of the function"
	}
	r.say(at, nil, r.related(exit, "still held here"), "%s is %s here and still held at the %s on line %d; other paths release it%s",
		r.lock(a.key, at), verb(a.mode), what, r.line(exit), r.guardsOf(a.key))
}

func (r *reporter) leftAtTurn(at ssa.Instruction, a *acquisition) {
	var related []analysis.RelatedInformation
	where := "when the loop comes round"
	if stmt := r.continueAfter(at); stmt != nil {
		where = fmt.Sprintf("at the continue on line %d", r.pass.Fset.Position(stmt.Pos()).Line)
		related = []analysis.RelatedInformation{{Pos: stmt.Pos(), Message: "still held here"}}
	}
	r.say(at, nil, related, "%s is %s here and still held %s; other paths release it%s", r.lock(a.key, at), verb(a.mode), where, r.guardsOf(a.key))
}

// continueAfter returns the continue statement of the loop around at that follows it, if there is one only.
func (r *reporter) continueAfter(at ssa.Instruction) (found ast.Stmt) {
	pos := r.pos(at)
	for _, n := range r.path(pos) {
		var body *ast.BlockStmt
		switch n := n.(type) {
		case *ast.ForStmt:
			body = n.Body
		case *ast.RangeStmt:
			body = n.Body
		default:
			continue
		}
		count := 0
		ast.Inspect(body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
				return false
			case *ast.BranchStmt:
				if n.Tok == token.CONTINUE && n.Pos() > pos {
					found = n
					count++
				}
			}
			return true
		})
		if count != 1 {
			return nil
		}
		return found
	}
	return nil
}

func (r *reporter) neverReleased(at ssa.Instruction, a *acquisition) {
	r.say(at, r.addDefer(at, a), nil, "%s is %s here and never released: the next one to take it waits for ever%s", r.lock(a.key, at), verb(a.mode), r.guardsOf(a.key))
}

func (r *reporter) takenAgain(at ssa.Instruction, n *relock) {
	if n.at == nil {
		return
	}
	name := r.lock(n.key, at)
	related := r.related(n.at, "taken here")
	by := ""
	if n.callee != nil {
		by = " by " + n.callee.Name() + ", which is called here,"
	}
	held := fmt.Sprintf("while it is held since line %d", r.line(n.at))
	if n.at == at {
		held = "while it is still held from the last turn of the loop"
	}
	switch {
	case n.held == domain.ReadMode && n.mode == domain.ReadMode:
		r.say(at, nil, related, "%s is read-locked again%s %s: a writer that comes between blocks both%s", name, by, held, r.guardsOf(n.key))
	case n.held == domain.ReadMode:
		r.say(at, nil, related, "%s is locked%s %s for reading: a read lock can't be upgraded, this waits for itself%s", name, by, held, r.guardsOf(n.key))
	default:
		r.say(at, nil, related, "%s is %s%s %s: this waits for itself%s", name, verb(n.mode), by, held, r.guardsOf(n.key))
	}
}

func (r *reporter) wrongMode(at ssa.Instruction, n *release) {
	took, gave, right := "Lock", "RUnlock", "Unlock"
	if n.mode == domain.WriteMode {
		took, gave, right = "RLock", "Unlock", "RUnlock"
	}
	r.say(at, r.rename(at, right), r.related(n.wrong, "taken here"), "%s is released with %s, but was taken with %s on line %d%s",
		r.lock(n.key, at), gave, took, r.line(n.wrong), r.guardsOf(n.key))
}

func (r *reporter) twice(at ssa.Instruction, n *release) {
	r.say(at, nil, r.related(n.twice, "released here"), "%s is released here, but was released on line %d already%s", r.lock(n.key, at), r.line(n.twice), r.guardsOf(n.key))
}

func (r *reporter) sometimes(at ssa.Instruction, n *release) {
	r.say(at, nil, nil, "%s is released here, but is not held on every path to this place%s", r.lock(n.key, at), r.guardsOf(n.key))
}

func (r *reporter) neverTaken(at ssa.Instruction, n *release) {
	r.say(at, nil, nil, "%s is released here, but nothing has taken it%s", r.lock(n.key, at), r.guardsOf(n.key))
}

func (r *reporter) deferredLock(d *ssa.Defer, n *deferral) {
	has, want := "Lock", "Unlock"
	if n.op.Mode == domain.ReadMode {
		has, want = "RLock", "RUnlock"
	}
	r.say(d, r.rename(d, want), nil, "defer %s.%s while it is held: %s was meant%s", r.lock(n.key, d), has, want, r.guardsOf(n.key))
}

func (r *reporter) deferredInLoop(d *ssa.Defer, n *deferral) {
	r.say(d, nil, nil, "%s is released by a defer in a loop: it stays held until the function returns%s", r.lock(n.key, d), r.guardsOf(n.key))
}

// emptySection reports a section with nothing in it, unless a comment stands there: then it is a barrier, which waits for whoever is inside. So it is if the next
// thing done is to tell somebody that the lock could be had.
func (r *reporter) emptySection(from, to ssa.Instruction) {
	a := r.w.notes.acquired[from]
	if a == nil || r.aliased[a.key] || told(to) || !r.adjacent(from, to) {
		return
	}
	first, last := r.line(from)-1, r.line(to)
	for _, file := range r.pass.Files {
		if !(file.FileStart <= r.pos(from) && r.pos(from) < file.FileEnd) {
			continue
		}
		for _, group := range file.Comments {
			if r.pass.Fset.Position(group.End()).Line >= first && r.pass.Fset.Position(group.Pos()).Line <= last {
				return
			}
		}
	}
	r.say(from, nil, nil, "%s is %s and released at once: nothing happens under it. If it is a barrier, say so in a comment%s", r.lock(a.key, from), verb(a.mode), r.guardsOf(a.key))
}

// told reports whether the next thing that is done after instr in its block is to signal: close a channel, or send on it.
func told(instr ssa.Instruction) bool {
	instrs := instr.Block().Instrs
	for _, next := range instrs[slices.Index(instrs, instr)+1:] {
		switch next := next.(type) {
		case *ssa.Send:
			return true
		case *ssa.Call:
			b, ok := next.Call.Value.(*ssa.Builtin)
			return ok && b.Name() == "close"
		case *ssa.Return, *ssa.Jump, *ssa.If:
			return false
		}
	}
	return false
}

// adjacent reports whether b is the statement after a.
func (r *reporter) adjacent(a, b ssa.Instruction) bool {
	first, second := r.callAt(a), r.callAt(b)
	if first == nil || second == nil {
		return false
	}
	for _, n := range r.path(first.Pos()) {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		default:
			continue
		}
		i := slices.IndexFunc(list, func(s ast.Stmt) bool { return isStmt(s, first) })
		return i >= 0 && i+1 < len(list) && isStmt(list[i+1], second)
	}
	return false
}

func isStmt(s ast.Stmt, call *ast.CallExpr) bool {
	expr, ok := s.(*ast.ExprStmt)
	return ok && expr.X == ast.Expr(call)
}

// afterUnlock reports maps that are touched after their guard was released on every path that leads there.
func (r *reporter) afterUnlock() {
	if !afterUse || len(r.w.notes.touched) == 0 {
		return
	}
	for at, released := range r.w.notes.touched {
		pos := r.w.locks.Pos(at)
		for _, key := range slices.Sorted(maps.Keys(released)) {
			rel := released[key]
			for _, g := range r.guardedMaps() {
				if g.guard.Loc == r.w.loc(key) && r.uncovered(g, pos, r.w.paths[key]) {
					r.say(at, nil, r.related(rel, "released here"), "map %s is used here, after its guard %s was released on line %d", report.Short(g.Loc), report.Short(g.guard.Loc), r.line(rel))
				}
			}
		}
	}
}

// uncovered reports whether the access at pos is one of g's without its guard, beside which a conflicting one can run.
func (r *reporter) uncovered(g guarded, pos domain.Pos, lock domain.Path) bool {
	for _, t := range g.Touches {
		if t.Access.Pos != pos || !t.Kind.Content() || len(t.Chain) == 0 && t.Path.Root != lock.Root {
			continue
		}
		if mode, sure := g.guard.Mode(t.Access); !sure || mode != 0 || pairs.Setup(t) {
			continue
		}
		for _, o := range g.Touches {
			if domain.MayRace(t.Access, o.Access) && pairs.Overlap(t, o) && !pairs.Made(o) {
				return true
			}
		}
	}
	return false
}
