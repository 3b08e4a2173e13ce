package lockcopy

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// excludes reports whether p is a lock in the strict sense, not one of the other types that must not be copied.
func (p *part) excludes() bool { return !p.marker && isLocker(p.typ) }

// report words a copy.
func (c *checker) report(s site, h *holding) {
	lock, maps := c.known().choose(h)
	msg := fmt.Sprintf("%s copies %s%s, %s", s.text(), c.typeName(s.typ), s.tail, c.consequence(lock, maps))
	c.add(s, msg, lock, maps)
}

// halfClone words a copy that gets a fresh lock and keeps the map. It is none if nobody writes the map in place under that lock.
func (c *checker) halfClone(s site, h *holding) {
	lock, maps := c.known().choose(h)
	for _, m := range maps {
		if c.known().lock[m.loc.Loc()].Loc == lock.loc.Loc() && c.guards.written[m.loc.Loc()] {
			msg := fmt.Sprintf("%s copies %s with a fresh %s and the same map %s: the two write it, each under its own lock", s.text(), c.typeName(s.typ), lock.name(), m.name())
			c.add(s, msg, lock, []*part{m})
			return
		}
	}
}

// consequence says what is wrong with the copy.
func (c *checker) consequence(lock *part, maps []*part) string {
	typ := c.typeName(lock.typ)
	if len(maps) > 0 {
		verb := "use"
		for _, m := range maps {
			if c.known().written[m.loc.Loc()] {
				verb = "write"
			}
		}
		return fmt.Sprintf("so the copy locks its own %s while both %s the same map%s", lock.name(), verb, mapNames(maps))
	}
	switch {
	case lock.marker && len(lock.fields) == 0:
		return "which is marked as not to be copied"
	case lock.marker:
		return fmt.Sprintf("which %s marks as not to be copied", lock.name())
	case lock.excludes() && len(lock.fields) == 0:
		return "so whoever locks the copy excludes nobody that locks the original"
	case lock.excludes():
		return fmt.Sprintf("so the copy locks its own %s, which excludes nobody that uses the original", lock.name())
	case len(lock.fields) == 0:
		return "which must not be copied: the two know nothing of each other"
	}
	return fmt.Sprintf("so the copy has its own %s, a %s that the original knows nothing of", lock.name(), typ)
}

// mapNames is " m", "s a and b", "s a, b and 3 more".
func mapNames(maps []*part) string {
	switch len(maps) {
	case 1:
		return " " + maps[0].name()
	case 2:
		return fmt.Sprintf("s %s and %s", maps[0].name(), maps[1].name())
	}
	return fmt.Sprintf("s %s, %s and %d more", maps[0].name(), maps[1].name(), len(maps)-2)
}

func (c *checker) add(s site, msg string, lock *part, maps []*part) {
	d := analysis.Diagnostic{Pos: s.node.Pos(), End: s.node.End(), Message: msg}
	d.Related = c.declared(lock, maps)
	if fix, why := c.fix(s); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	} else if why != "" {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: d.Pos, End: d.End, Message: "no fix: " + why})
	}
	at := c.pass.Fset.Position(d.Pos)
	c.out.Add(fmt.Sprint(at, s.text()), d)
}

// declared shows where the fields stand.
func (c *checker) declared(lock *part, maps []*part) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(p *part, what string) {
		if len(p.fields) == 0 {
			return
		}
		if f := p.fields[len(p.fields)-1]; f.Pkg() == c.pass.Pkg && f.Pos().IsValid() {
			out = append(out, analysis.RelatedInformation{Pos: f.Pos(), Message: fmt.Sprintf(what, f.Name())})
		}
	}
	add(lock, "%s is copied with the value")
	for _, m := range maps {
		add(m, "%s is shared by both")
	}
	return out
}

func (c *checker) typeName(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p == c.pass.Pkg {
			return ""
		}
		return p.Name()
	})
}
