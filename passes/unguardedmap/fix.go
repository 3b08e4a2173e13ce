package unguardedmap

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/edit"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/sections"
)

// finding is a diagnostic and what a fix of it needs.
type finding struct {
	analysis.Diagnostic
	loc  domain.Sym
	key  string
	lock *newLock               // for a map that has none
	obj  *types.Var             // that holds such a map
	hold *hold                  // puts the accesses of the function that this one stands in under the guard; nil if there is none
	why  string                 // there is no fix, empty if nothing is to be said of it
	fix  *analysis.SuggestedFix // one that stands by itself, such as a copy
}

// hold is the accesses of one function that miss one guard. They are mended together: a fix for each would have them locked one inside the other.
type hold struct {
	edit.Hold
	lock  *domain.Lock
	guard domain.Guard
	name  string // of the guard
	own   bool   // it runs on a goroutine of its own, started where it is written
	reads []read
	more  []*hold // what is mended with it, for there may be no finding of its own
	edits []analysis.TextEdit
	why   string
}

// read is a site and the write behind it that has a section of its own, NoPos if there is none.
type read struct {
	site  *edit.Site
	write token.Pos
}

// mender collects what misses a guard, over all maps of the package, before any of it is mended: what one fix locks, another must not call with a lock held.
type mender struct {
	*reporter
	written *sections.Package
	holds   []*hold
	held    map[holdKey]*hold
	locks   []*newLock
	used    map[*types.Var][]*edit.Use
	usedIn  map[*types.Var]map[ast.Node][]*edit.Use // those that touch a map, by the declared function
	names   map[string]bool                         // of new locks, by where they are
	// sorted are the touches of the group that was asked for last, which begins with sortedOf.
	sorted   []*pairs.Touch
	sortedOf *pairs.Touch
}

func newMender(r *reporter) *mender {
	return &mender{reporter: r, names: map[string]bool{}, held: map[holdKey]*hold{}, usedIn: map[*types.Var]map[ast.Node][]*edit.Use{}}
}

// holdKey tells holds apart: by the function that the sites run in, and how the lock is written there.
type holdKey struct {
	fn   ast.Node
	text string
}

func (m *mender) sections() *sections.Package {
	if m.written == nil {
		m.written = sections.New(m.pass)
	}
	return m.written
}

// want notes that the access, or the call that leads to it, at pos misses the guard. It returns the hold, or why there can be none.
func (m *mender) want(pos token.Pos, g pairs.Group, guard domain.Guard, t *pairs.Touch) (*hold, string) {
	site := edit.Find(m.sections(), pos)
	if site == nil {
		return nil, "it is not clear what touches the map there"
	}
	if why := m.foreign(site.File()); why != "" {
		return nil, why
	}
	lock, why := m.lockAt(site, guard, t)
	if why != "" {
		return nil, why
	}
	site.Write, site.Map = t.Kind.Writes(), g.Loc.String()
	h := m.hold(site, lock)
	h.guard, h.name = guard, report.Short(guard.Loc)
	if lock := lastHeld(g, guard.Loc); lock != nil {
		h.lock = lock
	}
	h.add(site)
	h.own = h.own || t.Spawn != nil && site.InLiteral()
	if !slices.ContainsFunc(h.reads, func(r read) bool { return r.site.Node == site.Node }) {
		h.reads = append(h.reads, read{site, m.locksLater(g, guard, site)})
	}
	return h, ""
}

// lastHeld returns the guard as the last touch that holds it does, nil if none holds it.
func lastHeld(g pairs.Group, guard domain.Sym) *domain.Lock {
	for _, o := range slices.Backward(g.Touches) {
		for i := len(o.Locks) - 1; i >= 0; i-- {
			if o.Locks[i].Path.Loc() == guard {
				return &o.Locks[i]
			}
		}
	}
	return nil
}

// hold returns the hold for sites in the function of this one, by the lock of that name.
func (m *mender) hold(site *edit.Site, lock edit.Lock) *hold {
	key := holdKey{site.Func(), lock.Text}
	h := m.held[key]
	if h == nil {
		h = &hold{Hold: edit.Hold{Pkg: m.sections(), Lock: lock}}
		m.holds = append(m.holds, h)
		m.held[key] = h
	}
	return h
}

func (h *hold) add(site *edit.Site) {
	for _, s := range h.Sites {
		if s.Node == site.Node {
			s.Write = s.Write || site.Write
			return
		}
	}
	h.Sites = append(h.Sites, site)
}

// foreign returns why a file is not to be edited.
func (m *mender) foreign(file *ast.File) string {
	name := filepath.Base(m.pass.Fset.Position(file.Package).Filename)
	if ast.IsGenerated(file) {
		return name + " is generated"
	}
	for _, spec := range file.Imports {
		if spec.Path.Value == `"C"` {
			return name + " is compiled by way of cgo"
		}
	}
	return ""
}

// locksLater returns a write of the map behind a bare read in the same function that is under the lock, with nothing read again before it there: to lock
// the read by itself would keep two goroutines apart that both find nothing and both write. It is NoPos if there is none.
func (m *mender) locksLater(g pairs.Group, guard domain.Guard, site *edit.Site) token.Pos {
	var reads, writes []token.Pos
	for _, o := range m.between(g, site.Node.End(), site.Func().End()) {
		pos := m.res.At(o.Pos)
		if mode, sure := guard.Mode(o.Access); !sure || mode == 0 || !m.beside(site, pos) {
			continue
		}
		if o.Kind.Writes() {
			writes = append(writes, pos)
		} else if o.Kind.Content() {
			reads = append(reads, pos)
		}
	}
	for _, w := range writes {
		if !slices.ContainsFunc(reads, func(r token.Pos) bool { return r < w }) {
			return w
		}
	}
	return token.NoPos
}

// between returns the touches of the group behind one place and before another, in the order of the text.
func (m *mender) between(g pairs.Group, from, to token.Pos) []*pairs.Touch {
	if m.sortedOf != g.Touches[0] {
		m.sortedOf, m.sorted = g.Touches[0], slices.Clone(g.Touches)
		slices.SortStableFunc(m.sorted, func(a, b *pairs.Touch) int { return cmp.Compare(m.res.At(a.Pos), m.res.At(b.Pos)) })
	}
	first := func(pos token.Pos) int {
		i, _ := slices.BinarySearchFunc(m.sorted, pos, func(t *pairs.Touch, pos token.Pos) int { return cmp.Compare(m.res.At(t.Pos), pos) })
		return i
	}
	return m.sorted[first(from+1):max(first(from+1), first(to))]
}

// beside reports whether what stands at pos runs in the function of a site.
func (m *mender) beside(site *edit.Site, pos token.Pos) bool {
	o := edit.Find(m.sections(), pos)
	return o != nil && o.Beside(site)
}

// uses returns the uses of a variable or field.
func (m *mender) uses(obj *types.Var) []*edit.Use {
	if m.used == nil {
		m.used = map[*types.Var][]*edit.Use{}
	}
	if _, ok := m.used[obj]; !ok {
		m.used[obj] = edit.Uses(m.sections(), obj)
	}
	return m.used[obj]
}

// usesIn returns the uses of a variable or field that touch a map in a declared function.
func (m *mender) usesIn(obj *types.Var, decl ast.Node) []*edit.Use {
	by, ok := m.usedIn[obj]
	if !ok {
		by = map[ast.Node][]*edit.Use{}
		for _, u := range m.uses(obj) {
			if u.Site != nil {
				by[u.Site.Decl()] = append(by[u.Site.Decl()], u)
			}
		}
		m.usedIn[obj] = by
	}
	return by[decl]
}

// complete adds what else in the function, and in the literals in it, touches the maps of a hold in the same way: of several accesses that callers can't
// tell apart the analysis knows one.
func (m *mender) complete(h *hold) {
	if h.lock == nil || m.sections().LeftHeld(h.lock) {
		return
	}
	for _, s := range slices.Clone(h.Sites) {
		for _, o := range s.Alike(m.sections(), m.usesIn) {
			if m.sections().Covered(o.Node.Pos(), h.lock) {
				continue
			}
			lock, why := m.lockAt(o, h.guard, nil)
			if why != "" || lock.Text != h.Lock.Text {
				continue
			}
			to := m.hold(o, lock)
			to.guard, to.name, to.lock, to.own = h.guard, h.name, h.lock, to.own || h.own && o.Beside(s)
			to.add(o)
			if to != h && !slices.Contains(h.more, to) {
				h.more = append(h.more, to)
			}
		}
	}
}

// all makes the fixes.
func (m *mender) all() {
	for _, h := range slices.Clone(m.holds) {
		m.complete(h)
	}
	for _, h := range m.holds {
		m.takeFor(&h.Hold)
	}
	slices.SortStableFunc(m.locks, func(a, b *newLock) int { return cmp.Compare(a.rank(m), b.rank(m)) })
	for _, l := range m.locks {
		if fixWith.to != 0 {
			continue
		}
		m.gather(l)
		m.take(l)
	}
	for _, l := range m.locks {
		if fixWith.to != 0 {
			m.concurrent(l)
			continue
		}
		m.make(l)
		if l.why != "" && len(l.maps) > 1 {
			m.divide(l)
		}
	}
	for _, h := range m.holds {
		if h.why = m.entered(h); h.why != "" {
			continue
		}
		h.edits, h.why = h.Edits()
		h.edits = append(h.edits, importEdits(m.pass.Fset, h.Imports)...)
	}
}

// entered returns why the guard may be held already where the function of h is called, or be taken there in another order than elsewhere.
func (m *mender) entered(h *hold) string {
	fn := m.sections().At(h.Sites[0].Node.Pos())
	for _, r := range h.reads {
		if i := slices.IndexFunc(h.Sites, func(s *edit.Site) bool { return s.Node == r.site.Node }); r.write.IsValid() && i >= 0 && !h.Sites[i].Write {
			return fmt.Sprintf("the check and the write at line %d belong in one critical section, and only the write has one", m.pass.Fset.Position(r.write).Line)
		}
	}
	switch {
	case h.lock == nil:
		return "it is not clear how the lock is taken elsewhere"
	case h.own:
		return ""
	}
	for _, ask := range []func() string{
		func() string { return m.sections().Entered(fn, h.lock, h.name) },
		func() string { return m.sections().CalledBack(fn, h.lock) },
		func() string { return m.sections().Inverted(fn, h.lock) },
	} {
		if why := ask(); why != "" {
			return why
		}
	}
	return ""
}

// attach gives a finding its fix, or the reason why it has none.
func (f *finding) attach() {
	if f.fix != nil {
		f.SuggestedFixes = []analysis.SuggestedFix{*f.fix}
	}
	if f.hold != nil {
		f.why = f.hold.why
		if f.why == "" {
			f.SuggestedFixes = []analysis.SuggestedFix{{Message: "hold " + f.hold.name, TextEdits: f.hold.all()}}
		}
	}
	if f.lock != nil {
		lock := f.lock.part(f.obj)
		f.why = lock.why
		if f.why == "" {
			f.SuggestedFixes = []analysis.SuggestedFix{{Message: lock.of(), TextEdits: lock.edits}}
		}
	}
	if f.why != "" {
		f.Message += "; no fix: " + f.why
	}
}

// all returns the edits of a hold and of what is mended with it.
func (h *hold) all() []analysis.TextEdit {
	edits := h.edits
	for _, o := range h.more {
		if o.why == "" {
			edits = append(edits[:len(edits):len(edits)], o.edits...)
		}
	}
	return edits
}

// clone returns a copy of the map that is returned at pos, or why that is not the answer.
func (m *mender) clone(pos token.Pos, t *pairs.Touch, guard domain.Guard) (*analysis.SuggestedFix, string) {
	loc := strings.TrimSuffix(guard.Loc.String(), "[]")
	edits, why := edit.Clone(m.sections(), pos, m.holder(t), func(at token.Pos) bool { return m.sections().CoveredBy(at, loc) })
	for _, file := range m.pass.Files {
		if why == "" && file.FileStart <= pos && pos < file.FileEnd {
			why = m.foreign(file)
		}
	}
	if why != "" {
		return nil, why
	}
	return &analysis.SuggestedFix{Message: "return a copy of the map", TextEdits: edits}, ""
}
