package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Instances: an access that holds its lock is judged where it is held, under the name that its function has for the object. Which object that is on a goroutine the
// function knows that starts it.

// maxInstances bounds the objects that a formal may be.
const maxInstances = 3

// instances tells what memory the formals of a function are, in the names of another function.
type instances []instance

// instance is what a formal may be: one of the paths. Without any it is not known.
type instance struct {
	formal int16
	paths  []domain.Path // sorted
}

// note adds what a formal of that type is.
func (in instances) note(formal int16, t types.Type, paths []domain.Path) instances {
	if !reachesMap(t) {
		return in
	}
	var known []domain.Path
	for _, p := range paths {
		if p.Root.Kind == domain.Unknown {
			known = nil
			break
		}
		known = domain.InsertPath(known, p)
	}
	return append(in, instance{formal, fewPaths(known)})
}

func fewPaths(paths []domain.Path) []domain.Path {
	if len(paths) > maxInstances {
		return nil
	}
	return paths
}

func (in instances) of(formal int16) []domain.Path {
	for i := range in {
		if in[i].formal == formal {
			return in[i].paths
		}
	}
	return nil
}

func (in instances) equal(other instances) bool {
	return slices.EqualFunc(in, other, func(a, b instance) bool { return a.formal == b.formal && slices.Equal(a.paths, b.paths) })
}

// union returns what a formal is by one of the two.
func (in instances) union(other instances) instances {
	if in.equal(other) {
		return in
	}
	out := slices.Clone(in)
	for i := range out {
		if more := other.of(out[i].formal); len(more) == 0 {
			out[i].paths = nil
		} else if len(out[i].paths) > 0 {
			out[i].paths = fewPaths(domain.UnionPaths(out[i].paths, more))
		}
	}
	return out
}

// named returns in with the formals of the caller, in whose names it is, replaced by what these are.
func (in instances) named(caller instances) instances {
	var out instances
	for i := range in {
		var paths []domain.Path
		for j := range in[i].paths {
			got := caller.resolved(&in[i].paths[j])
			if len(got) == 0 {
				paths = nil
				break
			}
			paths = domain.UnionPaths(paths, got)
		}
		out = append(out, instance{in[i].formal, fewPaths(paths)})
	}
	return out
}

// resolved returns what p, in the names of a function whose formals are those, may be.
func (in instances) resolved(p *domain.Path) []domain.Path {
	switch p.Root.Kind {
	case domain.Unknown:
		return nil
	case domain.Param, domain.FreeVar:
		var out []domain.Path
		for _, q := range in.of(formalOf(&p.Root)) {
			out = domain.InsertPath(out, q.Join(p))
		}
		return out
	}
	return []domain.Path{*p}
}

// Instances returns what the memory at p, in the names of the function that the goroutine leads to, may be in those of the function that starts the goroutine; none if
// that is not known.
func (s *SpawnAt) Instances(p *domain.Path) []domain.Path {
	if p.Root.Kind == domain.Local {
		return nil // of the function itself
	}
	return s.as.resolved(p)
}

// findInstances finds the instances for all spawns of all functions. What calls pass is looked at again only for those of a function that has come to know more.
func (u *unit) findInstances(byFn map[*ssa.Function]*Func, edges []edge) {
	from := map[*Func][]edge{}
	var todo []*Func
	learn := func(f *Func, like *SpawnAt, as instances) {
		learnt := false
		for i := range f.Reached.Spawns {
			if s := &f.Reached.Spawns[i]; s.Fn == like.Fn && s.Spawn == like.Spawn {
				learnt = s.learn(as) || learnt
			}
		}
		if learnt {
			todo = append(todo, f)
		}
	}
	for _, e := range edges {
		f, to := byFn[e.from], byFn[e.to]
		sp := f.Summary.Spawn(e.site)
		if sp == nil || sp.Joined {
			from[f] = append(from[f], e)
		}
		if sp != nil {
			learn(to, &SpawnAt{Fn: f, Spawn: sp}, u.passes[e].as)
		}
	}
	for len(todo) > 0 {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, e := range from[f] {
			for i := range f.Reached.Spawns {
				if s := &f.Reached.Spawns[i]; s.known {
					learn(byFn[e.to], s, u.passes[e].as.named(s.as))
				}
			}
		}
	}
}

// learn adds what the formals may be, and reports whether that says more.
func (s *SpawnAt) learn(as instances) bool {
	if !s.known {
		s.as, s.known = as, true
		return true
	}
	more := s.as.union(as)
	if more.equal(s.as) {
		return false
	}
	s.as = more
	return true
}
