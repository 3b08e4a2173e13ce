package passes_test

import (
	"bytes"
	"encoding/gob"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/bazel/ignoredirective"
	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes"
	"github.com/mapguard/mapguard/passes/lockbalance"
	"github.com/mapguard/mapguard/passes/lockcopy"
	"github.com/mapguard/mapguard/passes/rlockwrite"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// TestEachCheckIsAPackage holds that each check can be named as Bazel's nogo names it: by a package with a variable Analyzer. docs/bazel.md lists them.
func TestEachCheckIsAPackage(t *testing.T) {
	byPackage := map[string]*analysis.Analyzer{
		"passes/unguardedmap": unguardedmap.Analyzer, "passes/rlockwrite": rlockwrite.Analyzer, "passes/lockbalance": lockbalance.Analyzer,
		"passes/lockcopy": lockcopy.Analyzer, "bazel/ignoredirective": ignoredirective.Analyzer,
	}
	var all []*analysis.Analyzer
	doc, err := os.ReadFile("../docs/bazel.md")
	require.NoError(t, err)
	for path, a := range byPackage {
		assert.Equal(t, a.Name, filepath.Base(path))
		assert.Contains(t, string(doc), `"@com_github_mapguard_mapguard//`+path+`",`)
		all = append(all, a)
	}
	assert.ElementsMatch(t, passes.All, all)
}

// bare has a finding of each check.
const bare = `package p

import "sync"

type Server struct {
	mu   sync.RWMutex
	hits map[string]int
}

func (s *Server) Count(k string) {
	s.mu.Lock()
	s.hits[k]++
	s.mu.Unlock()
}

func (s *Server) Drop(k string) {
	s.mu.Lock()
	delete(s.hits, k)
	s.mu.Unlock()
}

func (s *Server) Each(f func(string)) {
	for k := range s.hits {
		f(k)
	}
}

type Cache struct {
	mu   sync.RWMutex
	hits map[string]int
}

func (c *Cache) Set(k string) {
	c.mu.Lock()
	c.hits[k]++
	c.mu.Unlock()
}

func (c *Cache) Add(k string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits[k] = 1
}

func (s *Server) Has(k string) bool {
	s.mu.RLock()
	_, ok := s.hits[k]
	if !ok {
		return false
	}
	s.mu.RUnlock()
	return ok
}

func show(s Server) { s.Count("") }

func Show(s *Server) { show(*s) }

//mapguard:ignore unguardedmap
func Add(c *Cache, k string) { c.Add(k) }
`

// TestBarePass runs each check with what an old nogo gives: no Module, no ReadFile, no instances of generic functions, and no facts of any import, the
// standard library's included.
func TestBarePass(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.go")
	run := func(a *analysis.Analyzer, source string) []analysis.Diagnostic {
		require.NoError(t, os.WriteFile(file, []byte(source), 0o600))
		p, err := barepass.Load("p", []string{file})
		require.NoError(t, err)
		p.Info.Instances = nil
		got, err := barepass.Run(a, p)
		require.NoError(t, err, a.Name)
		return got
	}
	for _, a := range passes.All {
		assert.NotEmpty(t, run(a, bare), a.Name)
		// A call of a generic function can't be followed then. It must not be the end of the build.
		run(a, bare+"\nfunc Generic[K any](K) {}\n\nfunc Call() { Generic(1) }\n")
	}
}

// TestFactsCanBeSent holds that the facts of all checks go through gob, by their interface, as nogo and unitchecker send them.
func TestFactsCanBeSent(t *testing.T) {
	facts := 0
	seen := map[*analysis.Analyzer]bool{}
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		for _, r := range a.Requires {
			visit(r)
		}
		for _, f := range a.FactTypes {
			facts++
			gob.Register(f)
			var b bytes.Buffer
			require.NoError(t, gob.NewEncoder(&b).Encode(&f))
			var back analysis.Fact
			require.NoError(t, gob.NewDecoder(&b).Decode(&back))
			assert.IsType(t, f, back)
		}
	}
	for _, a := range passes.All {
		visit(a)
	}
	assert.Positive(t, facts)
}
