package rlockwrite

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
)

// report adds the finding that a writes with l only read-locked while b can run. Several writes to one map in one section are one
// finding, and so is one write that several entry points lead to.
func (c *checker) report(g pairs.Group, a, b *pairs.Touch, l *domain.Lock) {
	in := c.section(a, l)
	pos, via := c.position(a, in)
	if !pos.IsValid() {
		return
	}
	fix := c.fix(in, l)
	what := "map " + c.describe(g, a)
	if a.Kind == domain.Replace {
		what = "map variable " + c.describe(g, a)
	}
	msg := fmt.Sprintf("%s is %s here with %s only read-locked%s, and %s", what, a.Kind, c.lockName(l, in), via, c.meanwhile(a, b))
	d := analysis.Diagnostic{Pos: pos, Related: c.related(pos, a, b, fix.from)}
	if fix.why != "" {
		msg += "; no fix: " + fix.why
	} else {
		d.SuggestedFixes = []analysis.SuggestedFix{{Message: fmt.Sprintf("hold %s exclusively", c.lockName(l, in)), TextEdits: fix.edits}}
	}
	d.Message = msg
	where := pos
	if fix.from.IsValid() {
		where = fix.from
	}
	c.out.Add(fmt.Sprint(where, "|", g.Loc, "|", a.Kind == domain.Replace), d)
}

// position returns where to report a: the access itself where its function takes the lock, or is a literal, which is there for this one
// use; else the call that leads to it from the section, for a helper need not know how it is called.
func (c *checker) position(a *pairs.Touch, in place) (pos token.Pos, via string) {
	at := c.res.At(a.Pos)
	if fn := c.sources().At(at); fn != nil && (in.fn == nil || fn == in.fn || fn.Obj == nil) {
		return at, ""
	}
	if in.fn == nil {
		return token.NoPos, ""
	}
	return in.at, fmt.Sprintf(" (in %s)", report.Calls(in.down))
}

func (c *checker) describe(g pairs.Group, a *pairs.Touch) string {
	if g.Loc != 0 {
		return report.Short(g.Loc)
	}
	if loc := a.Path.Loc(); loc != 0 {
		return report.Short(loc)
	}
	if name := report.MapText(c.pass, c.res.At(a.Pos)); name != "" {
		return name
	}
	return "of this function"
}

func (c *checker) lockName(l *domain.Lock, in place) string {
	if loc := l.Path.Loc(); loc != 0 {
		return report.Short(loc)
	}
	if in.fn != nil {
		for _, op := range in.fn.Ops {
			if op.Is(l) {
				return op.Text
			}
		}
	}
	return "its lock"
}

// meanwhile says what can happen during a.
func (c *checker) meanwhile(a, b *pairs.Touch) string {
	if b.Pos == a.Pos {
		return "several calls of it can run at the same time"
	}
	return fmt.Sprintf("can be %s at %s at the same time", b.Kind, report.Line(b.Pos))
}

func (c *checker) related(at token.Pos, a, b *pairs.Touch, from token.Pos) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(pos token.Pos, format string, args ...any) {
		if pos.IsValid() && pos != at {
			out = append(out, analysis.RelatedInformation{Pos: pos, Message: fmt.Sprintf(format, args...)})
		}
	}
	add(from, "the section begins here")
	add(c.res.At(a.Pos), "%s here", a.Kind)
	if b.Pos != a.Pos {
		add(c.res.At(b.Pos), "%s here, %s", b.Kind, report.Held(b.Locks))
	}
	if a.Spawn != nil {
		add(c.res.At(a.Spawn.Pos), "the %s %s starts here", a.Spawn.Kind, a.Spawn.Func)
	}
	for _, f := range a.Chain {
		if a.Spawn == nil || f.Pos != a.Spawn.Pos {
			add(c.res.At(f.Pos), "%s is called here", f.Func)
		}
	}
	return out
}
