package source_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/source"
)

// TestSpan marks in each line the reported place by ‹ and expects what is between « and ».
func TestSpan(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"an index by its bracket", `	s.hits‹[k]++`, `	«s.hits[k]»++`},
		{"a call by its parenthesis", `	delete‹(s.m, k)`, `	«delete(s.m, k)»`},
		{"a range", `	‹for k := range s.m {`, `	«for k := range s.m» {`},
		{"a goroutine", `	‹go func() {`, `	«go func()» {`},
		{"a goroutine with a name", `	‹go s.run(1)`, `	«go s.run(1)»`},
		{"an assignment", `	s.m ‹= nil`, `	«s.m = nil»`},
		{"an expression by its start", `	return ‹s.m[k] + 1`, `	return «s.m[k] + 1»`},
		{"a selection by its field", `	f(s.‹m)`, `	f(«s.m»)`},
		{"beside other letters", `	é‹["😀"]++`, `	«é["😀"]»++`},
	} {
		t.Run(c.name, func(t *testing.T) {
			line := strings.ReplaceAll(c.in, "‹", "")
			tail := map[bool]string{true: "\n\t}", false: ""}[strings.HasSuffix(line, "{")]
			if strings.Contains(line, "go func") {
				tail += "()"
			}
			f := source.New("p.go", "package p\n\nfunc f() {\n"+line+tail+"\n}\n")
			pos := finding.Pos{File: "p.go", Line: 4, Col: strings.Index(c.in, "‹") + 1}
			from, to := f.Span(pos, pos)
			require.Equal(t, 4, from.Line)
			require.Equal(t, 4, to.Line)
			assert.Equal(t, c.want, line[:from.Col-1]+"«"+line[from.Col-1:to.Col-1]+"»"+line[to.Col-1:])
		})
	}
}

func TestSpanWithoutSyntax(t *testing.T) {
	pos := finding.Pos{File: "p.go", Line: 1, Col: 3}
	for _, f := range []*source.File{nil, source.New("p.go", "no Go here"), source.New("p.go", "")} {
		from, to := f.Span(pos, pos)
		assert.Equal(t, pos, from)
		assert.Equal(t, pos, to)
	}
	end := finding.Pos{File: "p.go", Line: 1, Col: 5}
	from, to := source.New("p.go", "package p").Span(pos, end)
	assert.Equal(t, []finding.Pos{pos, end}, []finding.Pos{from, to}, "what a check gives is kept")
}

func TestColumns(t *testing.T) {
	f := source.New("p.go", "a\né😀x\r\nlast")
	p := finding.Pos{File: "p.go", Line: 2, Col: 7} // x
	assert.Equal(t, "é😀x", f.Line(2))
	assert.Equal(t, 3, f.UTF16(p))
	assert.Equal(t, p, f.Pos(f.Offset(p)))
	assert.Equal(t, "last", f.Line(3))
	assert.Equal(t, "", f.Line(4))
	assert.Equal(t, -1, f.Offset(finding.Pos{Line: 9, Col: 1}))
	assert.Equal(t, 0, f.UTF16(finding.Pos{Line: 9, Col: 9}))
}

func TestDecl(t *testing.T) {
	f := source.New("p.go", "package p\n\nvar a, b = 1, 2\n\ntype T[K any] struct{ m int }\n\nfunc (t *T[K]) F() {\n}\n\nfunc G() {}\n")
	for line, want := range map[int]string{1: "", 3: "a", 5: "T", 7: "T.F", 9: "", 10: "G"} {
		assert.Equal(t, want, f.Decl(finding.Pos{Line: line, Col: 6}), "line %d", line)
	}
}
