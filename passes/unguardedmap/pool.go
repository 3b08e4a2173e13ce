package unguardedmap

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// touch is an access with where it was found: in the summary of an entry point, which holds all that runs because of it.
type touch struct {
	*domain.Access
	fn    *summary.Func
	spawn *domain.Spawn // nil on the goroutine that called fn
	// many: runs beside itself on the same memory.
	many bool
}

// thread reports whether t runs on a goroutine that we have seen start, or for each request.
func (t *touch) thread() bool { return t.spawn != nil || t.fn.Entry == summary.Served }

// group is the touches of one memory.
type group struct {
	loc     domain.Sym // 0 for memory that only one activation can name
	touches []*touch
}

// activation returns the memory that only one call of f can name, such as a map in a local variable, or in an object of another package,
// grouped by path.
func activation(f *summary.Func, own *ownership) []group {
	var groups []group
	index := map[domain.Path]int{}
	for i := range f.Summary.Accesses {
		a := &f.Summary.Accesses[i]
		operand := a.Kind >= domain.OperandRead
		if a.Path.Root.Kind == domain.Unknown || a.Path.Loc() != 0 && !operand && own.holds(&a.Path) {
			continue
		}
		g, ok := index[a.Path]
		if !ok {
			g = len(groups)
			index[a.Path] = g
			groups = append(groups, group{})
		}
		groups[g].touches = append(groups[g].touches, newTouch(a, f))
	}
	return groups
}

func newTouch(a *domain.Access, f *summary.Func) *touch {
	return &touch{Access: a, fn: f, spawn: f.Summary.Spawn(a.Site), many: a.Many}
}

// shared returns the memory that all of the package can name, by location, in the order of first mention.
func shared(res *summary.Result, own *ownership) []group {
	var groups []group
	index := map[domain.Sym]int{}
	for _, f := range testsLast(res.Funcs) {
		for i := range f.Summary.Accesses {
			a := &f.Summary.Accesses[i]
			loc := a.Path.Loc()
			if loc == 0 || a.Kind >= domain.OperandRead || !own.holds(&a.Path) {
				continue
			}
			for _, t := range touches(a, f) {
				g, ok := index[loc]
				if !ok {
					g = len(groups)
					index[loc] = g
					groups = append(groups, group{loc: loc})
				}
				groups[g].touches = append(groups[g].touches, t)
			}
		}
	}
	slices.SortFunc(groups, func(a, b group) int { return strings.Compare(a.loc.String(), b.loc.String()) })
	return groups
}

// touches returns a as it is judged: once, if f is an entry point or a runs on a goroutine; if callers are not told of a, because it holds its
// lock or because they can't name its memory, for each way on which f is reached.
func touches(a *domain.Access, f *summary.Func) []*touch {
	if t := newTouch(a, f); t.counts() {
		return []*touch{t}
	}
	if a.Site != 0 || !a.Settled() && a.Path.Root.Kind != domain.Local {
		return nil // callers know of it
	}
	var out []*touch
	for _, r := range f.Reached.Spawns {
		out = append(out, &touch{Access: a, fn: r.Fn, spawn: r.Spawn})
	}
	if f.Reached.Entry || f.Reached.Main {
		entry := *f
		entry.Entry = summary.Exported
		out = append(out, &touch{Access: a, fn: &entry})
	}
	return out
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

// ownership tells memory that hangs on an object of this package from the insides of other packages, which are judged there.
type ownership struct {
	prefix string
	known  map[domain.Sym]bool
}

func (o *ownership) holds(p *domain.Path) bool {
	if o.sym(p.Root.Type) || p.Root.Kind == domain.Global && o.sym(p.Root.Name) {
		return true
	}
	for _, s := range p.Sel() {
		if o.sym(s.Owner()) {
			return true
		}
	}
	return false
}

func (o *ownership) sym(s domain.Sym) bool {
	if s == 0 {
		return false
	}
	ours, ok := o.known[s]
	if !ok {
		ours = strings.HasPrefix(s.String(), o.prefix)
		o.known[s] = ours
	}
	return ours
}

// counts reports whether the access says something about the package as a whole. A function that only others of the package call is
// judged in them; what runs before main is before everything.
func (t *touch) counts() bool {
	if t.Site != 0 && t.spawn == nil {
		return false
	}
	if t.spawn != nil {
		// A goroutine speaks for itself, whoever calls what starts it.
		return true
	}
	switch t.fn.Entry {
	case summary.NoEntry:
		return false
	case summary.Setup:
		return len(t.Running) > 0
	case summary.Served:
		// The request is the handler's own; what it hangs on is shared by all requests.
		if t.Path.Root.Kind == domain.Param && (t.Path.Root.Index > 0 || !t.fn.Method) {
			return false
		}
		t.many = t.Path.Root.Kind != domain.Unknown
	}
	return true
}

// parallel reports whether a and b can run at once, leaving aside that two callers may call at once: somebody starts a goroutine, or
// serves requests.
func parallel(a, b *touch) bool {
	if a.fn == b.fn && a.fn.Entry != summary.Served {
		return within(a, b)
	}
	switch {
	case a.fn == b.fn && a.spawn == nil && b.spawn == nil:
		return true // two requests
	case a.fn == b.fn:
		return within(a, b) || a.many || b.many
	case a.spawn == nil && b.spawn == nil && (a.fn.Entry == summary.Test || b.fn.Entry == summary.Test):
		return false
	case a.spawn == nil && b.spawn == nil:
		return a.fn.Entry != summary.Setup && b.fn.Entry != summary.Setup && (a.thread() || b.thread())
	case a.spawn == nil:
		return beside(a, b)
	case b.spawn == nil:
		return beside(b, a)
	case a.spawn.Pos == b.spawn.Pos, a.spawn.Func == b.spawn.Func:
		// One site, or one function started at two: once for each object.
		return a.many && b.many
	}
	return siblings(a, b)
}

// siblings decides for two goroutines started in different functions: if one function knows of both, by what ran when they started.
func siblings(a, b *touch) bool {
	for _, f := range []*summary.Func{a.fn, b.fn} {
		sa, sb := starts(f, a.spawn), starts(f, b.spawn)
		if sa != nil && sb != nil {
			return domain.HasSym(sa.Running, sb.Site) || domain.HasSym(sb.Running, sa.Site) ||
				domain.HasSym(a.Running, sb.Site) || domain.HasSym(b.Running, sa.Site)
		}
	}
	return a.fn.Entry != summary.Test && b.fn.Entry != summary.Test
}

// within decides for two touches of one activation by what was running.
func within(a, b *touch) bool {
	switch {
	case a.spawn == nil && b.spawn == nil:
		return false
	case a.Site == b.Site:
		return a.many && b.many
	case a.spawn == nil && meets(a, b) || b.spawn == nil && meets(b, a):
		return true
	}
	return domain.HasSym(a.Running, b.Site) || domain.HasSym(b.Running, a.Site) ||
		a.spawn != nil && domain.HasSym(a.spawn.Running, b.Site) || b.spawn != nil && domain.HasSym(b.spawn.Running, a.Site)
}

// meets reports whether the goroutine of child, started by an earlier call of the same function on the same object, may be running when the
// function is called again.
func meets(call, child *touch) bool {
	f := call.fn
	return child.spawn.Again && (concurrentEntry(f) || f.Entry == summary.NoEntry && f.Called) && call.Path.Root.Kind == domain.Param
}

// beside decides for a touch on the goroutine of some caller, and one on a goroutine that another function left running: it is running when
// the caller comes, unless the caller has waited for it, or starts it itself, which its own activation judges.
func beside(call, child *touch) bool {
	for _, k := range child.spawn.Signals {
		k, _ = k.Plain()
		if loc := k.Loc(); loc != 0 && domain.HasSym(call.Joined, loc) {
			return false
		}
	}
	if sp := starts(call.fn, child.spawn); sp != nil {
		return domain.HasSym(call.Running, sp.Site)
	}
	if child.spawn.Joined || call.fn.Entry == summary.Test || child.fn.Entry == summary.Test || call.fn.Entry == summary.Main || call.fn.Entry == summary.Setup {
		return false
	}
	return true
}

func starts(f *summary.Func, sp *domain.Spawn) *domain.Spawn {
	for i := range f.Summary.Spawns {
		if f.Summary.Spawns[i].Pos == sp.Pos {
			return &f.Summary.Spawns[i]
		}
	}
	return nil
}

// sameMemory reports whether a and b may touch the same instance. Within an activation the paths tell; between entry points the object
// that the callers hold must be of the same type.
func sameMemory(a, b *touch) bool {
	if a.Path.Root.Kind == domain.Unknown || b.Path.Root.Kind == domain.Unknown {
		return false
	}
	if a.fn == b.fn {
		p, q := a.Path, b.Path
		p.Root.Type, q.Root.Type = 0, 0
		return p == q
	}
	if a.Path.Root.Kind == domain.Local && b.Path.Root.Kind == domain.Local {
		return false // made in two functions
	}
	return a.Path.Outer() != 0 && a.Path.Outer() == b.Path.Outer()
}
