// Package pairs finds what two goroutines can do to one memory at once: it gathers the accesses of a package by memory, and decides which of
// them can overlap. Which of those are wrong, and how to say so, is for the checks.
package pairs

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Touch is an access with where it was found: in the summary of an entry point, which holds all that runs because of it.
type Touch struct {
	*domain.Access
	Fn    *summary.Func
	Spawn *domain.Spawn // nil on the goroutine that called fn
	Via   *domain.Spawn // see summary.SpawnAt
	// Many: runs beside itself on the same memory.
	Many bool
	// Before: it refuses once the goroutines of the package have been started.
	Before bool
	// Inner: the access is named as a function below Fn does.
	Inner bool
	// At is what the memory of an Inner access may be, as Fn has it; empty where that is not known.
	At []domain.Path
	// Single is the only package variable of the type that the memory hangs on, 0 if there are several or none.
	Single domain.Sym
	// Home is the path named from the object that the memory is at home in, see summary.Result.Home.
	Home domain.Path
	// Each: Many, because there is one for each of several objects.
	Each bool
	// Holder is the function whose summary holds the access: the one that has made the memory, where that is local.
	Holder *summary.Func
	// Bare: a comment says that no lock is wanted there.
	Bare bool
	// Made holds the names of the objects that it may touch, if those are made by the functions that lead to it; see summary.Func.Made.
	Made []domain.Sym
	// Alone: its function has made the memory, and nothing that it has started by then can touch that.
	Alone bool
	// Starter: its function itself starts its goroutine, and not one that it calls: what it hands to that may come to be a part of what it gets from it.
	Starter bool
	// During holds the goroutines that callers of Fn have started and wait for later.
	During []summary.SpawnAt

	executors []*domain.Spawn // that run it
	hearers   *hearers        // see domain.Access.Heard
	outer     domain.Sym      // of Home, once asked for
	whole     []domain.Sym    // see wholes, once asked for
}

// Outer is domain.Path.Outer of Home.
func (t *Touch) Outer() domain.Sym {
	if t.outer == 0 {
		t.outer = t.Home.Outer()
	}
	return t.outer
}

// In returns the full name of the function that t stands in.
func (t *Touch) In() string {
	if n := len(t.Chain); n > 0 {
		return t.Chain[n-1].Func.String()
	}
	return t.Fn.Name
}

// Runs names the function that the goroutine of t runs, of those that were started at one place: the entries of a table, say.
func (t *Touch) Runs() domain.Sym {
	if len(t.Chain) > 0 && t.Chain[0].Pos == t.Spawn.Pos {
		return t.Chain[0].Func
	}
	return t.Spawn.Func
}

// site returns the spawn whose goroutine runs t, 0 for the caller's own.
func (t *Touch) site() domain.Sym {
	if t.Spawn == nil {
		return 0
	}
	return t.Spawn.Site
}

// Thread reports whether t runs on a goroutine that we have seen start, or for each request.
func (t *Touch) Thread() bool {
	return t.Spawn != nil || t.Fn.Entry == summary.Served || t.Fn.Entry == summary.Callback && t.Fn.Beside || t.Spawn == nil && t.Together()
}

// Pool is the accesses of a package.
type Pool struct {
	res     *summary.Result
	own     *ownership
	wants   map[domain.Sym]domain.Lockset         // by function, see summary.Func.Wants
	foreign map[*summary.Func]map[domain.Sym]bool // see foreignOf
	hearers map[heardKey]*hearers
	byName  map[domain.Sym][]*summary.Func    // see named
	calls   map[*summary.Func][]*summary.Func // the functions that each calls, see named
	// executors are the goroutines of those, by channel.
	executors map[domain.Sym][]*domain.Spawn
	// Strays: what only functions that were handed on as values do counts, too, as if anybody called them at any time.
	Strays bool
}

// New returns the pool of a package.
func New(res *summary.Result) *Pool {
	p := &Pool{res: res, own: &ownership{prefix: res.Path + ".", known: map[domain.Sym]bool{}}, wants: map[domain.Sym]domain.Lockset{}, foreign: map[*summary.Func]map[domain.Sym]bool{}, hearers: map[heardKey]*hearers{}, executors: executors(res)}
	for _, f := range res.Funcs {
		if len(f.Wants) > 0 {
			p.wants[domain.Intern(f.Name)] = f.Wants
		}
	}
	return p
}

// Group is the touches of one memory.
type Group struct {
	Loc     domain.Sym // 0 for memory that only one activation can name
	Touches []*Touch
	Given   []*Touch // returned by functions that others call, see domain.Access.Given
}

// Activation returns the memory that only one call of f can name, such as a map in a local variable, or in an object of another package,
// grouped by path.
func (p *Pool) Activation(f *summary.Func) []Group {
	var groups []Group
	index := map[domain.Path]int{}
	for i := range f.Summary.Accesses {
		a := &f.Summary.Accesses[i]
		operand := a.Kind >= domain.OperandRead
		if a.Path.Root.Kind == domain.Unknown || a.Path.Loc() != 0 && !operand && p.own.holds(&a.Path) || a.Given() && a.Path.Root.Kind != domain.Local {
			continue
		}
		g, ok := index[a.Path]
		if !ok {
			g = len(groups)
			index[a.Path] = g
			groups = append(groups, Group{})
		}
		if a.Given() {
			groups[g].Given = append(groups[g].Given, p.touch(a, f))
		} else {
			groups[g].Touches = append(groups[g].Touches, p.touch(a, f))
		}
	}
	return slices.DeleteFunc(groups, func(g Group) bool { return len(g.Touches) == 0 }) // what is only returned
}

// ofEach reports whether t, on the goroutine that each part of an owner has for itself, touches what is the owner's, as the others do. An element of that may be
// each goroutine's own.
func (t *Touch) ofEach() bool {
	fromCaller := t.Path.Root.Kind == domain.Param || t.Path.Root.Kind == domain.FreeVar
	return t.Spawn != nil && t.Spawn.Kind == domain.Go && t.Spawn.Turn == 0 && fromCaller && !slices.Contains(t.Home.Sel(), domain.Elem)
}

func (p *Pool) touch(a *domain.Access, f *summary.Func) *Touch { return p.touchUnder(a, f, f.Lent) }

// touchUnder returns a touch by somebody who may hold the lock that the type of f's receiver lends to its callers, 0 if none.
func (p *Pool) touchUnder(a *domain.Access, f *summary.Func, lent domain.Sym) *Touch {
	t := &Touch{Access: a, Fn: f, Holder: f, Spawn: f.Summary.Spawn(a.Site), Many: a.Many, Bare: p.res.Bare(a.Pos), Single: p.res.Single[a.Path.Root.Type], executors: p.executorsOf(a), hearers: p.hearersOf(a, f)}
	t.Starter = t.Spawn != nil && summary.Stands(f.SSA, p.res.At(t.Spawn.Pos))
	t.Alone = a.Path.Root.Kind == domain.Local && !p.disturbed(a, f)
	if i := int(a.Path.Root.Index); a.Path.Root.Kind == domain.Param && i < len(f.Made) {
		t.Made = f.Made[i]
	}
	var part bool
	if t.Home, part = p.res.Home(a.Path); part && t.ofEach() {
		t.Many, t.Each = true, !a.Many
	}
	if t.perCall() || t.perRequest() {
		t.Many = true
	}
	if lent != 0 && a.Site == 0 && a.Path.Root.Kind == domain.Param && a.Path.Root.Index == 0 {
		t.Access = under(a, a.Locks.WithLent(lent))
	}
	if wants := p.wanted(t); len(wants) > 0 {
		t.Access = under(t.Access, t.Locks.Union(wants))
	}
	t.Before = slices.ContainsFunc(a.Locks, func(l domain.Lock) bool {
		return l.Once && !l.Maybe && l.Mode == domain.WriteMode && p.res.Started[l.Path.Loc()]
	})
	return t
}

// under returns a as it is with the locks held.
func under(a *domain.Access, locks domain.Lockset) *domain.Access {
	out := *a
	out.Terms = a.Terms.Changed(func(t *domain.Terms) { t.Locks = locks })
	return &out
}

// wanted returns the locks that a comment says the callers of what t is in hold: of its function, or of one that was handed on and is called by others.
func (p *Pool) wanted(t *Touch) domain.Lockset {
	if t.Site == 0 {
		return t.Fn.Wants
	}
	if t.Spawn == nil || !t.registered() {
		return nil
	}
	wants := p.wants[t.Runs()]
	if wants.Unsure() {
		return domain.Lockset{domain.Wild}
	}
	return wants.SomeInstance()
}

// Shared returns the memory that all of the package can name, by location, in the order of first mention.
func (p *Pool) Shared() []Group {
	var groups []Group
	index := map[domain.Sym]int{}
	for _, f := range testsLast(p.res.Funcs) {
		for i := range f.Summary.Accesses {
			a := &f.Summary.Accesses[i]
			loc := a.Path.Loc()
			if loc == 0 || a.Kind >= domain.OperandRead || !p.own.holds(&a.Path) && !servesFrom(a, f) {
				continue
			}
			touches := append(p.touches(a, f), p.strays(a, f)...)
			if len(touches) == 0 {
				continue
			}
			g, ok := index[loc]
			if !ok {
				g = len(groups)
				index[loc] = g
				groups = append(groups, Group{Loc: loc})
			}
			if a.Given() {
				groups[g].Given = append(groups[g].Given, touches...)
			} else {
				groups[g].Touches = append(groups[g].Touches, touches...)
			}
		}
	}
	groups = slices.DeleteFunc(groups, func(g Group) bool { return len(g.Touches) == 0 }) // what is only returned
	slices.SortFunc(groups, func(a, b Group) int { return strings.Compare(a.Loc.String(), b.Loc.String()) })
	return groups
}

// servesFrom reports whether a is what f does to a map that a variable of another package leads to, for each of the requests that f is there for. That has no lock
// for it, or we were not told; and it does not know of the requests.
func servesFrom(a *domain.Access, f *summary.Func) bool {
	return f.Entry == summary.Served && a.Site == 0 && a.Path.Root.Kind == domain.Global && a.Kind.Content()
}

// touches returns a as it is judged: once, if f is an entry point or a runs on a goroutine; if callers are not told of a, because it holds its
// lock or because they can't name its memory, for each way on which f is reached.
func (p *Pool) touches(a *domain.Access, f *summary.Func) []*Touch {
	a = doneInTurn(a, f)
	above := a.Site == 0 && !a.Settled() && a.Path.Root.Kind != domain.Local // callers know of it
	if above && f.Entry == summary.NoEntry {
		if !besideJoined(f.Summary, a) {
			return nil // most are so
		}
		return []*Touch{p.touch(a, f)}
	}
	if t := p.touch(a, f); t.counts() {
		return []*Touch{t}
	}
	if a.Site != 0 || above {
		return nil
	}
	var out []*Touch
	if a.Path.Root.Kind == domain.Local && len(a.Running) > 0 {
		out = append(out, p.touch(a, f)) // beside goroutines of its own function
	}
	held, own := f.Reached.Held, a.Path.Root.Kind == domain.Param && len(a.Path.Sel()) == 1 // of the object itself, and not of one that it leads to
	if own && f.Method && a.Path.Root.Index == 0 {
		held = f.Reached.HeldForTheirs
	}
	if held = held.Besides(a.Dropped); len(held) > 0 {
		a = under(a, a.Locks.Union(held))
	}
	for _, r := range f.Reached.Spawns {
		if p.alone(a, f) {
			break
		}
		if own && !r.Gets(a.Path.Root.Index) {
			continue // the goroutine has made it, and nobody else has it yet
		}
		t := p.touchUnder(a, f, 0) // the way from the goroutine to f is known, and with it the locks that it holds
		t.Fn, t.Spawn, t.Via, t.Inner = r.Fn, r.Spawn, r.Via, true
		t.At = r.Instances(&a.Path)
		t.Many = t.Many || r.Common(&a.Path.Root)
		out = append(out, t)
	}
	entered := f.Reached.Entry && (a.Path.Root.Kind != domain.Param || f.Reached.Gets(a.Path.Root.Index))
	if entered || f.Reached.Callback || f.Reached.Main {
		entry := *f
		entry.Entry = summary.Exported
		if !entered && !f.Reached.Main {
			entry.Entry = summary.Callback
		}
		t := p.touch(a, f)
		t.Fn, t.Via, t.During = &entry, f.Reached.Via, f.Reached.During
		out = append(out, t)
	}
	return out
}

// alone reports whether a touches what f has made and put nowhere, or makes a new map for it, while nothing that f has started touches any map: whoever calls f,
// on whatever goroutine, has not got it yet. That parts of it are known elsewhere, which may lead back to it, says little where the map is but made.
func (p *Pool) alone(a *domain.Access, f *summary.Func) bool {
	private := !f.Summary.LetOut[a.Path.Root.Name] || a.Kind.Writes() && a.Fresh && len(a.Locks) == 0
	if a.Path.Root.Kind != domain.Local || !private {
		return false
	}
	foreign := p.foreignOf(f)
	return !slices.ContainsFunc(a.Running, func(site domain.Sym) bool {
		sp := f.Summary.Spawn(site)
		return (sp == nil || sp.Touches) && !foreign[site]
	})
}

// disturbed reports whether something that f has started by then runs beside a. What another package runs for itself does not get what f has made: to take
// that for a user of it would make a constructor that opens a log or a compressor first look like one that lets others in.
func (p *Pool) disturbed(a *domain.Access, f *summary.Func) bool {
	if len(a.Running) == 0 {
		return false
	}
	foreign := p.foreignOf(f)
	return slices.ContainsFunc(a.Running, func(site domain.Sym) bool { return !foreign[site] })
}

// foreignOf returns the sites whose goroutines another package runs for itself: they are given no function of this package to run, and touch no memory that
// f, which has started them, can name.
func (p *Pool) foreignOf(f *summary.Func) map[domain.Sym]bool {
	out, ok := p.foreign[f]
	if ok {
		return out
	}
	for i := range f.Summary.Spawns {
		if sp := &f.Summary.Spawns[i]; sp.Kind == domain.Go && !p.res.At(sp.Pos).IsValid() && !domain.OfCall(sp.Site) {
			if out == nil {
				out = map[domain.Sym]bool{}
			}
			out[sp.Site] = true
		}
	}
	for i := 0; len(out) > 0 && i < len(f.Summary.Accesses); i++ {
		delete(out, f.Summary.Accesses[i].Site)
	}
	p.foreign[f] = out
	return out
}

// OfRequest reports whether t works on an argument of the handler that it is in: the request is the handler's own, what the handler hangs on is shared by all
// requests.
func (t *Touch) OfRequest() bool {
	return t.Spawn == nil && t.Fn.Entry == summary.Served && t.Path.Root.Kind == domain.Param && (t.Path.Root.Index > 0 || !t.Fn.Method)
}

// testsLast puts functions of test files at the end, so that a finding names the product's own code where it can.
func testsLast(funcs []*summary.Func) []*summary.Func {
	out := slices.Clone(funcs)
	slices.SortStableFunc(out, func(a, b *summary.Func) int {
		switch {
		case a.InTest == b.InTest:
			return 0
		case a.InTest:
			return 1
		}
		return -1
	})
	return out
}

// counts reports whether the access says something about the package as a whole. A function that only others of the package call is
// judged in them; what runs before main is before everything.
func (t *Touch) counts() bool {
	if t.Site != 0 && t.Spawn == nil {
		return false
	}
	if t.Spawn != nil && t.Path.Root.Kind == domain.FreeVar && t.Locks.Captured() {
		return false // the function around it knows which lock that is
	}
	if t.Spawn != nil {
		// A goroutine speaks for itself, whoever calls what starts it.
		return true
	}
	switch t.Fn.Entry {
	case summary.NoEntry:
		return false
	case summary.Setup:
		return len(t.Running) > 0
	case summary.Exported:
		if t.Fn.Registers && t.Path.Root.Kind == domain.Global {
			return len(t.Running) > 0
		}
	case summary.Served:
		if t.OfRequest() {
			return false
		}
		t.Many = t.Path.Root.Kind != domain.Unknown
	}
	return true
}
