package pairs

import (
	"go/ast"
	"path"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// drives reports whether t is a test, or a goroutine of one, that works on an object by hand, beside a goroutine that the product started: it calls what is
// not exported, which no user of the package can do, and knows what the goroutine is at. If the product itself calls that beside the goroutine, its own calls
// are the evidence.
func (t *Touch) drives(o *Touch) bool {
	if !t.Fn.InTest || t.Spawn != nil && !inTestFile(t.Spawn.Pos) {
		return false
	}
	if o.Spawn == nil || inTestFile(o.Spawn.Pos) || inTestFile(t.Pos) {
		return false
	}
	for i, f := range t.Chain {
		body := t.Pos
		if i+1 < len(t.Chain) {
			body = t.Chain[i+1].Pos
		}
		if !inTestFile(body) {
			return isHidden(f.Func.String(), path.Dir(body.File.String()) == path.Dir(f.Pos.File.String()))
		}
	}
	return false
}

// isHidden reports whether no user of its package can call the function: it is not exported, or a method of a type that is not. In another package, which own
// says it is not, the name begins with that of the package.
func isHidden(name string, own bool) bool {
	of, method, ok := strings.Cut(name, ".")
	if !ok {
		return !ast.IsExported(name)
	}
	return !ast.IsExported(method) || own && !ast.IsExported(of)
}

// knowsMode reports whether t is a test that goes on after it has handed a function to something which runs it there and then or on the goroutine of o, as it
// is asked to: the test knows what it has asked for.
func (t *Touch) knowsMode(o *Touch) bool {
	return t.Spawn == nil && t.Fn.InTest && o.Spawn != nil && o.Spawn.Either
}

// answersTest reports whether t is in a handler that a test serves to itself: it sends one request, or calls the handler, and waits for the answer, unless it
// starts goroutines that do. Where the test calls a handler itself, those of the product are not the ones.
func (t *Touch) answersTest() bool {
	asks := func(sp domain.Spawn) bool {
		return !sp.Kind.Registered() && (!t.Fn.Asks || inTestFile(sp.Pos))
	}
	return t.Spawn != nil && t.Spawn.Kind == domain.Handler && t.Fn.InTest && !slices.ContainsFunc(t.Fn.Summary.Spawns, asks)
}

// Peeks reports whether t is a test, or a parallel subtest, that looks into an object on its own goroutine: it knows what the others are at, which we don't.
func (t *Touch) Peeks() bool {
	return t.Fn.InTest && (t.Spawn == nil || t.Spawn.From == summary.Together)
}

// Staged reports whether only a test brings a and b together, and on no goroutine of its own: the product's goroutines and callbacks run when the test has
// asked for something, and it knows what has come of that before it goes on. We don't: it sees an answer, a message, or just calls the product in an order that
// does no harm. What a test starts itself, to run its own text or several at once, it means to run at once; but not what parallel tests have the product do to an
// object that they share: they run at once to be done sooner.
func Staged(a, b *Touch) bool {
	switch {
	case !a.Fn.InTest && !b.Fn.InTest:
		return false
	case a.inParallel() && b.inParallel():
		return a.handedOut() && b.handedOut()
	case a.Together() || b.Together():
		return false
	}
	return !a.setsUpon(b) && !b.setsUpon(a) && !(a.ofTest() && b.ofTest())
}

// inParallel reports whether t is part of a test, or subtest, that runs beside others.
func (t *Touch) inParallel() bool {
	return t.Spawn == nil && t.Together() || t.Spawn != nil && t.Spawn.From == summary.Together
}

// handedOut reports whether t is what the product does to an object that a test has given it. What is in a package variable is shared by all callers.
func (t *Touch) handedOut() bool {
	return !inTestFile(t.Pos) && t.Path.Root.Kind != domain.Global
}

// setsUpon reports whether t is on a goroutine that a test has started to run its own text, and o is not merely the test that goes on and looks at what has come of
// that, or sets something for it.
func (t *Touch) setsUpon(o *Touch) bool {
	return t.runsTest() && !(o.Spawn == nil && o.Fn.InTest && inTestFile(o.Pos) && len(o.Joined) > 0)
}

// ofTest reports whether a test has started the goroutine of t, itself or by a helper that it gives its own text to run, or asks on several that it has started
// what a handler of its own answers.
func (t *Touch) ofTest() bool {
	switch {
	case t.Spawn == nil:
		return false
	case t.Spawn.Kind == domain.Handler:
		return slices.ContainsFunc(t.Fn.Summary.Spawns, func(sp domain.Spawn) bool { return sp.Kind == domain.Go && inTestFile(sp.Pos) })
	}
	return t.Spawn.Kind == domain.Go && (inTestFile(t.Spawn.Pos) || t.byTest())
}

// runsTest reports whether t is on a goroutine that a test has started to run its own text.
func (t *Touch) runsTest() bool { return t.ofTest() && t.byTest() }

// byTest reports whether t is in the text of a test, or is called from there by more than what has the goroutine run.
func (t *Touch) byTest() bool {
	return inTestFile(t.Pos) || len(t.Chain) > 1 && slices.ContainsFunc(t.Chain[1:], func(f domain.Frame) bool { return inTestFile(f.Pos) })
}

func inTestFile(p domain.Pos) bool { return strings.HasSuffix(p.File.String(), "_test.go") }
