package domain

import (
	"fmt"
	"slices"
	"strings"
)

// String renders a summary in one line, for tests: accesses, then effects, each sorted.
func (s *Summary) String() string {
	var parts []string
	for _, a := range s.Accesses {
		parts = append(parts, a.String())
	}
	for _, c := range s.Calls {
		parts = append(parts, fmt.Sprintf("call %v%s", c.Path, c.Terms.suffix()))
	}
	for _, sp := range s.Spawns {
		parts = append(parts, fmt.Sprintf("%s %s%s", sp.Kind, sp.Func, pathList(" signals", sp.Signals)))
	}
	parts = append(parts, s.LockEffect.parts("")...)
	for _, u := range s.Unlockers {
		parts = append(parts, u.parts(fmt.Sprintf("result %d ", u.Result))...)
	}
	for i, r := range s.Results {
		if r.Fresh {
			parts = append(parts, fmt.Sprintf("fresh %d", i))
		}
		if len(r.Paths) > 0 {
			parts = append(parts, fmt.Sprintf("result %d%s", i, pathList(" is", r.Paths))+pathList(" taken under", r.Under))
		}
		for _, t := range r.Parts {
			parts = append(parts, fmt.Sprintf("%v%s%s", t.Path, pathList(" shares", t.Of), pathList(" taken under", t.Under)))
		}
	}
	for _, text := range []string{pathList("signals", s.Signals), pathList("joins", s.Joins)} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	for _, p := range s.Publishes {
		parts = append(parts, fmt.Sprintf("publishes %v", p))
	}
	for _, p := range s.Puts {
		parts = append(parts, fmt.Sprintf("puts P%d at %v", p.Param, p.At))
	}
	if s.NoReturn {
		parts = append(parts, "no return")
	}
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), "; ")
}

func (e *LockEffect) parts(prefix string) []string {
	var out []string
	if len(e.Acquired) > 0 {
		out = append(out, prefix+"acquires "+Lockset(e.Acquired).String())
	}
	if len(e.Released) > 0 {
		out = append(out, prefix+pathList("releases", e.Released))
	}
	return out
}

// String renders an access: "P0.m written [P0.mu:W] in goroutine".
func (a Access) String() string {
	return fmt.Sprintf("%v %v%s%s", a.Path, a.Kind, a.suffix(), pathList(" taken under", a.Under))
}

func (c *Terms) suffix() string {
	out := ""
	if len(c.Locks) > 0 {
		out += " [" + c.Locks.String() + "]"
	}
	if c.Site != 0 {
		out += " spawned"
	}
	if c.Many {
		out += " many"
	}
	if len(c.Running) > 0 {
		out += " beside a goroutine"
	}
	return out
}

func pathList(head string, paths []Path) string {
	if len(paths) == 0 {
		return ""
	}
	var names []string
	for _, p := range paths {
		names = append(names, p.String())
	}
	slices.Sort(names)
	return head + " " + strings.Join(names, " ")
}
