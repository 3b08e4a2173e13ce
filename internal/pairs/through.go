package pairs

import (
	"iter"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/summary"
)

// Through returns what the functions of a package, tests aside, do to the memory at loc by calling fn, at any depth.
func Through(funcs []*summary.Func, fn *summary.Func, loc domain.Sym) iter.Seq[*Touch] {
	name := domain.Intern(fn.Name)
	called := func(f domain.Frame) bool { return f.Func == name }
	return func(yield func(*Touch) bool) {
		for _, f := range funcs {
			if f == fn || f.InTest {
				continue
			}
			for i := range f.Summary.Accesses {
				a := &f.Summary.Accesses[i]
				if !slices.ContainsFunc(a.Chain, called) || a.Path.Loc() != loc {
					continue
				}
				if !yield(&Touch{Access: a, Fn: f, Spawn: f.Summary.Spawn(a.Site)}) {
					return
				}
			}
		}
	}
}
