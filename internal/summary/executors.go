package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Executors: one goroutine that runs the functions sent on a channel is a lock for what they touch. They hold it, and so does all else that the goroutine does;
// whoever waits for his function to be done has not taken the goroutine's part, but has had it run under that lock.

// executor is the lock that the functions sent on a channel hold, if one goroutine runs them.
type executor struct {
	at domain.Path // the channel of some instance, or the package variable
	// maybe: others may run them as well, so that the lock keeps accesses apart and is no evidence.
	maybe bool
}

// executes notes that the goroutines at the roots, one each, run the functions sent on v.
func (s *runnerScan) executes(v variable, callers []*ssa.Function, on map[*ssa.Function][]*goRoot) {
	if !s.received[v] {
		return
	}
	x := executor{at: domain.Of(domain.Root{Kind: domain.Unknown}).Append(v.field)}
	if g, ok := v.value.(*ssa.Global); ok {
		x.at = domain.Of(domain.Root{Kind: domain.Global, Name: variableSym(g), Type: typeSym(g.Type())})
	} else if v.field == 0 {
		return // the callers know what it is
	}
	for _, fn := range callers {
		x.maybe = x.maybe || len(on[fn]) == 0 || s.held[variableCall{v, fn}] || !s.onlyOn(fn, on[fn], map[*ssa.Function]bool{})
	}
	s.u.executors[v] = x
	for _, fn := range callers {
		for _, root := range on[fn] {
			if !slices.Contains(s.u.executing[root.fn], x) {
				s.u.executing[root.fn] = append(s.u.executing[root.fn], x)
			}
		}
	}
}

// onlyOn reports whether fn runs on goroutines that begin at the roots alone, as far as the package can see.
func (s *runnerScan) onlyOn(fn *ssa.Function, roots []*goRoot, seen map[*ssa.Function]bool) bool {
	if seen[fn] || slices.ContainsFunc(roots, func(r *goRoot) bool { return r.fn == fn }) {
		return true
	}
	seen[fn] = true
	if token.IsExported(fn.Name()) {
		return false
	}
	for from, called := range s.edges {
		if slices.Contains(called, fn) && !s.onlyOn(from, roots, seen) {
			return false
		}
	}
	return true
}

// isReceived reports whether v comes from a channel.
func isReceived(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.UnOp:
		return v.Op == token.ARROW
	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.UnOp:
			return t.Op == token.ARROW
		case *ssa.Select:
			return true
		}
	}
	return false
}

// executorOf returns the lock that a function sent on ch to the runner of v holds.
func (f *function) executorOf(v variable, ch ssa.Value) domain.Lockset {
	x, ok := f.u.executors[v]
	if !ok || ch == nil {
		return nil
	}
	paths := f.paths(ch)
	if len(paths) == 1 && paths[0].Loc() == x.at.Loc() {
		x.at = paths[0]
	}
	return x.lock()
}

// executes returns the locks that a goroutine which runs fn holds because it runs what is sent on channels.
func (u *unit) executes(fn *ssa.Function) (locks domain.Lockset) {
	for _, x := range u.executing[fn] {
		locks = locks.Union(x.lock())
	}
	return locks
}

func (x executor) lock() domain.Lockset {
	return domain.Lockset{{Path: x.at, Mode: domain.WriteMode, Maybe: x.maybe}}
}

// channels returns the executors by location, with the names of the functions where their goroutines begin.
func (u *unit) channels() map[domain.Sym][]domain.Sym {
	out := map[domain.Sym][]domain.Sym{}
	for fn, list := range u.executing {
		name := domain.Intern(u.name(fn))
		for _, x := range list {
			out[x.at.Loc()] = domain.InsertSym(out[x.at.Loc()], name)
		}
	}
	return out
}
