package format_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/format"
	"github.com/mapguard/mapguard/internal/front/source"
)

// text prints one finding at line 1 of a file.
func text(t *testing.T, line string, col int, c format.Context) string {
	t.Helper()
	c.Dir = t.TempDir()
	c.Source = &source.Cache{}
	file := filepath.Join(c.Dir, "p.txt")
	require.NoError(t, os.WriteFile(file, []byte(line+"\n"), 0o666))
	pos := finding.Pos{File: file, Line: 1, Col: col}
	var b strings.Builder
	require.NoError(t, format.Text(&b, []finding.Finding{{Check: "x", Pos: pos, End: pos, Message: "here it is, and here are some words about it"}}, &c))
	return b.String()
}

func TestText(t *testing.T) {
	t.Run("tabs and wide letters", func(t *testing.T) {
		assert.Equal(t, "p.txt:1:8: here it is, and here are some words about it\n    1 |     世e\u0301!x\n      |        ^\n", text(t, "\t世e\u0301!x", 8, format.Context{}))
	})
	t.Run("the far end of a long line is moved into view", func(t *testing.T) {
		got := text(t, strings.Repeat("a", 300)+"X"+strings.Repeat("b", 300), 301, format.Context{Width: 60})
		for line := range strings.Lines(got) {
			assert.LessOrEqual(t, len(strings.TrimRight(line, "\n")), 60, line)
		}
		lines := strings.Split(got, "\n")
		src, mark := lines[len(lines)-3], lines[len(lines)-2]
		require.Contains(t, mark, "^")
		assert.Equal(t, byte('X'), src[strings.Index(mark, "^")], got)
	})
	t.Run("a terminal is not at the mercy of the source", func(t *testing.T) {
		assert.NotContains(t, text(t, "a \x1b[31m b", 1, format.Context{}), "\x1b")
	})
	t.Run("a place that the file does not have", func(t *testing.T) {
		assert.Contains(t, text(t, "short", 99, format.Context{}), "p.txt:1:99: here it is")
	})
}
