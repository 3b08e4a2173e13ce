package main_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadmeIsReal runs the README's example and expects the output that the README shows.
func TestReadmeIsReal(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	block := func(start string) string {
		m := regexp.MustCompile("(?s)```" + regexp.QuoteMeta(start) + "(.*?)```").FindStringSubmatch(string(text))
		require.NotNil(t, m, start)
		return m[1]
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"go.mod":    "module example.com/hits\n\ngo 1.26\n",
		"server.go": "package hits\n\nimport (\n\t\"net/http\"\n\t\"sync\"\n)\n\n" + block("go\n"),
	})
	shown := block("\n$ mapguard ./...\n")
	stdout, stderr, code := command(t, dir, bin, "./...")
	assert.Equal(t, 1, code)
	assert.Equal(t, strings.TrimSpace(shown), strings.TrimSpace(stdout+stderr))
}
