package summary

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/domain"
)

// TestJoinChain cuts a chain that is too long: calls within other packages go first, but for the innermost, and then those before the last.
func TestJoinChain(t *testing.T) {
	u := &unit{where: map[domain.Pos]token.Pos{}}
	frame := func(name string, ours bool) domain.Frame {
		f := domain.Frame{Func: domain.Intern(name), Pos: domain.Pos{File: domain.Intern(name + ".go"), Line: 1}}
		if ours {
			u.where[f.Pos] = 1
		}
		return f
	}
	chain := func(names ...string) (out []domain.Frame) {
		for _, name := range names {
			out = append(out, frame(name, name[0] == 'o'))
		}
		return out
	}
	for _, test := range []struct{ outer, inner, want []string }{
		{[]string{"o1"}, []string{"o2", "f1", "f2"}, []string{"o1", "o2", "f1", "f2"}},
		{[]string{"o1"}, []string{"o2", "o3", "o4", "f1", "f2", "f3"}, []string{"o1", "o2", "o3", "o4", "f2", "f3"}},
		{[]string{"o1", "o2"}, []string{"o3", "o4", "o5", "o6", "f1", "f2"}, []string{"o1", "o2", "o3", "o4", "o6", "f2"}},
		{[]string{"o1"}, []string{"o2", "o3", "o4", "o5", "o6", "o7"}, []string{"o1", "o2", "o3", "o4", "o5", "o7"}},
	} {
		assert.Equal(t, chain(test.want...), u.joinChain(chain(test.outer...), chain(test.inner...)))
	}
}
