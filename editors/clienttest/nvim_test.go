package clienttest

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sample has two findings of mapguard, one of them with a fix over two files, and one of go vet.
var sample = map[string]string{
	"go.mod": "module example.com/demo\n\ngo 1.26\n",
	"server.go": `package demo

import "sync"

type Server struct {
	mu   sync.Mutex
	hits map[string]int
}

func (s *Server) Count(k string) {
	s.mu.Lock()
	s.hits[k]++
	s.mu.Unlock()
}

func (s *Server) Each(f func(string)) {
	/* é 😀 */ for k := range s.hits {
		f(k)
	}
}

func show(s Server) { s.Count("") }

func same(n int) { n = n }
`,
	"show.go": "package demo\n\nfunc Show(s *Server) { show(*s); same(1) }\n",
}

// build builds mapguard.
func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mapguard")
	out, err := exec.Command("go", "build", "-C", "../..", "-o", bin, "./cmd/mapguard").CombinedOutput()
	require.NoError(t, err, string(out))
	return bin
}

func module(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	for name, text := range sample {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	return dir
}

type seen struct {
	Error       string
	Hover       string
	Titles      []string
	Diagnostics []struct {
		Source, Message, Code, Href string
		Line, Col, Related          int
	}
}

// nvim runs a script in dir.
func nvim(t *testing.T, dir, script string, env ...string) seen {
	t.Helper()
	script, err := filepath.Abs(script)
	require.NoError(t, err)
	mapguard := build(t)
	out := filepath.Join(t.TempDir(), "out.json")
	cmd := exec.Command("nvim", "--headless", "-u", "NONE", "-n", "-S", script)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NVIM_OUT="+out, "NVIM_ROOT="+dir, "NVIM_FILE="+filepath.Join(dir, "server.go"),
		"NVIM_LINE=22", "NVIM_COL=12", "NVIM_HOVER=7", "MAPGUARD="+mapguard, "PATH="+filepath.Dir(mapguard)+":"+os.Getenv("PATH"), "GOWORK=off", "GOFLAGS=", "HOME="+t.TempDir(),
		"GOCACHE="+goEnv(t, "GOCACHE"), "GOMODCACHE="+goEnv(t, "GOMODCACHE"))
	cmd.Env = append(cmd.Env, env...)
	late := time.AfterFunc(3*time.Minute, func() { cmd.Process.Kill() })
	defer late.Stop()
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, string(said))
	text, err := os.ReadFile(out)
	require.NoError(t, err, string(said))
	var s seen
	require.NoError(t, json.Unmarshal(text, &s))
	require.Empty(t, s.Error, string(said))
	return s
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

// check holds what must be so with and without gopls.
func check(t *testing.T, dir string, s seen) {
	t.Helper()
	codes := map[string]int{}
	for _, d := range s.Diagnostics {
		if d.Source != "mapguard" {
			continue
		}
		codes[d.Code]++
		assert.Contains(t, d.Href, "/docs/"+d.Code+".md")
		assert.Positive(t, d.Related)
		if d.Code == "unguardedmap" {
			assert.Equal(t, 16, d.Line)
			assert.Equal(t, len("\t/* é 😀 */ "), d.Col, "Neovim's columns are bytes")
		}
	}
	assert.Equal(t, map[string]int{"unguardedmap": 1, "lockcopy": 1}, codes)
	assert.Contains(t, s.Hover, "map Server.hits is guarded by Server.mu")
	for name, want := range map[string]string{"server.go": "func show(s *Server)", "show.go": "show(s)"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Contains(t, string(text), want, "the fix is made in both files")
	}
}

func TestNeovim(t *testing.T) {
	dir := module(t)
	check(t, dir, nvim(t, dir, "client.lua"))
}

// TestNeovimBesideGopls has both servers on one buffer.
func TestNeovimBesideGopls(t *testing.T) {
	out, err := exec.Command("go", "tool", "-n", "gopls").Output()
	require.NoError(t, err)
	dir := module(t)
	s := nvim(t, dir, "client.lua", "GOPLS="+strings.TrimSpace(string(out)))
	check(t, dir, s)
	var sources []string
	for _, d := range s.Diagnostics {
		sources = append(sources, d.Source)
	}
	assert.Contains(t, sources, "assign")
}

// TestEfm has the configuration of docs/editors.md.
func TestEfm(t *testing.T) {
	doc, err := os.ReadFile("../../docs/editors.md")
	require.NoError(t, err)
	_, rest, ok := strings.Cut(string(doc), "```yaml\nversion: 2\n")
	require.True(t, ok)
	config, _, _ := strings.Cut(rest, "```")
	file := filepath.Join(t.TempDir(), "efm.yaml")
	require.NoError(t, os.WriteFile(file, []byte("version: 2\n"+config), 0o666))
	s := nvim(t, module(t), "efm.lua", "EFM="+file)
	require.Len(t, s.Diagnostics, 2)
	assert.Equal(t, 16, s.Diagnostics[0].Line)
	assert.Contains(t, s.Diagnostics[0].Message, "map Server.hits is iterated without Server.mu")
}
