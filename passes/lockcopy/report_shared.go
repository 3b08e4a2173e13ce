package lockcopy

import (
	"fmt"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// reportShared words a map that is in k and in from.
func (c *checker) reportShared(k *keep, how string, from *keep) {
	locks := fmt.Sprintf("each locks its own %s", short(k.lock))
	if from.lock != k.lock {
		locks = fmt.Sprintf("one locks %s, the other %s", typed(from.lock), typed(k.lock))
	}
	msg := fmt.Sprintf("the %s made here %s: %s while both write one map", short(k.owner), how, locks)
	if !isObject(k.obj.root) {
		msg = fmt.Sprintf("%s %s: %s while both write one map", typed(k.field), how, locks)
	}
	at := c.pass.Fset.Position(k.pos)
	d := analysis.Diagnostic{Pos: k.pos, Message: msg, Related: c.sharedRelated(k, from)}
	if fix, why := c.shareLock(k, from); fix != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*fix}
	} else {
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: d.Pos, Message: "no fix: " + why})
	}
	c.out.Add(fmt.Sprint("shared ", at.Filename, at.Line, k.field), d)
}

func (c *checker) sharedRelated(k, from *keep) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	if from != k && from.pos.IsValid() && from.pos != k.pos {
		out = append(out, analysis.RelatedInformation{Pos: from.pos, Message: "the other object gets it here"})
	}
	return out
}

// objectName says whose map it is.
func (c *checker) objectName(from *keep) string {
	if p, ok := from.obj.root.(*ssa.Parameter); ok && len(from.obj.sel) == 0 {
		return p.Name()
	}
	return "another " + short(from.owner)
}

// short is the last name of a symbol, typed the last two.
func short(s domain.Sym) string {
	text := s.String()
	return text[lastDot(text)+1:]
}

func typed(s domain.Sym) string {
	text := s.String()
	i := lastDot(text)
	if i < 0 {
		return text
	}
	return text[lastDot(text[:i])+1:]
}

func lastDot(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' || s[i] == '/' {
			return i
		}
	}
	return -1
}
