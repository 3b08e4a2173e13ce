package pairs

import (
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// runByTest reports whether a test has the product do t on a goroutine: what is setup for all who call that is so there, too. Tests start what only returns when it is shut.
func (t *Touch) runByTest() bool {
	return t.Fn.InTest && !strings.HasSuffix(t.Pos.File.String(), "_test.go")
}

// Made reports whether t is part of making its memory, for the other side of a pair: nobody has the map that is filled where it was made.
func Made(t *Touch) bool { return t.Fresh && t.Kind.Content() || Setup(t) }

// Setup reports whether t makes the memory, or works on what its own function has just made.
func Setup(t *Touch) bool {
	if t.Kind == domain.Replace && t.Fresh && slices.ContainsFunc(t.Locks, func(l domain.Lock) bool { return l.Once && !l.Maybe && l.Mode == domain.WriteMode }) {
		return true // whoever uses the object has had its sync.Once run first
	}
	if t.Spawn != nil {
		return t.Kind == domain.Replace && t.Fresh && !t.Many && (t.tellsLater() || t.runByTest())
	}
	return t.Kind.Writes() && t.Fresh || t.Alone || t.decodes()
}

// decodes reports whether t is in a function that decodes into what it is given, which its callers have made for that, as far as is known. Those that are seen are told.
func (t *Touch) decodes() bool {
	return t.Kind == domain.Fill && t.Path.Root.Kind == domain.Param && !(t.Fn.Method && t.Path.Root.Index == 0)
}
