package golangci_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	_ "github.com/mapguard/mapguard/golangci"
	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes"
)

// build makes the linter as golangci-lint does: by its name.
func build(conf any) ([]*analysis.Analyzer, error) {
	make, err := register.GetPlugin("mapguard")
	if err != nil {
		return nil, err
	}
	p, err := make(conf)
	if err != nil {
		return nil, err
	}
	if mode := p.GetLoadMode(); mode != register.LoadModeTypesInfo {
		return nil, fmt.Errorf("mode %s", mode)
	}
	return p.BuildAnalyzers()
}

func flags(f ...any) any { return map[string]any{"flags": f} }

func TestSettings(t *testing.T) {
	for _, c := range []struct {
		conf any
		want []string
	}{
		{nil, []string{"unguardedmap", "rlockwrite", "lockbalance", "lockcopy", "ignoredirective"}},
		{flags("-lockcopy=false", "-rlockwrite=false"), []string{"unguardedmap", "lockbalance", "ignoredirective"}},
		{flags("-lockcopy", "-rlockwrite=true"), []string{"rlockwrite", "lockcopy"}},
		{flags("-lockcopy", "-unguardedmap.std=false"), []string{"lockcopy"}},
	} {
		got, err := build(c.conf)
		require.NoError(t, err)
		var names []string
		for _, a := range got {
			names = append(names, a.Name)
		}
		assert.Equal(t, c.want, names, c.conf)
	}
}

func TestSettingsThatAreNone(t *testing.T) {
	for _, c := range []struct {
		conf any
		says string
	}{
		{map[string]any{"flag": []any{"-lockcopy"}}, `unknown field "flag"`},
		{map[string]any{"flags": "-lockcopy"}, "cannot unmarshal string"},
		{flags("lockcopy"), `write "-lockcopy"`},
		{flags("-lockcopi"), "-lockcopi"},
		{flags("-lockcopy.x=1"), "-lockcopy.x"},
		{flags("-lockcopy=1"), "want true or false"},
		{flags("-unguardedmap.models=absent.txt"), "absent.txt"},
	} {
		_, err := build(c.conf)
		assert.ErrorContains(t, err, c.says, "%v", c.conf)
	}
}

// TestFilesArePinned holds that another content of a file is another setting, which is all that golangci-lint's cache knows of it.
func TestFilesArePinned(t *testing.T) {
	file := filepath.Join(t.TempDir(), "models.txt")
	require.NoError(t, os.WriteFile(file, []byte("example.com/x.Go spawn 0 once\n"), 0o600))
	_, err := build(flags("-unguardedmap.models=" + file))
	const sum = "@f5aadde0c660cc9a8d54532e13926c8bd9968a54d08f6aaa1018c60c3a18a422"
	require.ErrorContains(t, err, sum)
	_, err = build(flags("-unguardedmap.models=" + file + sum))
	require.NoError(t, err)
	_, err = build(flags("-unguardedmap.models="))
	require.NoError(t, err)
}

const source = `package p

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
	for k := range s.hits {
		f(k)
	}
}
`

// TestTheOtherSideIsInTheMessage runs the linter on a package.
func TestTheOtherSideIsInTheMessage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.go")
	require.NoError(t, os.WriteFile(file, []byte(source), 0o600))
	pkg, err := barepass.Load("p", []string{file})
	require.NoError(t, err)
	run := func(conf any) analysis.Diagnostic {
		checks, err := build(conf)
		require.NoError(t, err)
		require.Equal(t, "unguardedmap", checks[0].Name)
		got, err := barepass.Run(checks[0], pkg)
		require.NoError(t, err)
		require.Len(t, got, 1)
		return got[0]
	}
	d := run(nil)
	assert.Regexp(t, `^map Server\.hits is .* without Server\.mu, .* \(p\.go:12: written here, holding Server\.mu\)$`, d.Message)
	assert.Empty(t, d.Related)
	d = run(map[string]any{"related": true})
	assert.NotContains(t, d.Message, "p.go:12")
	assert.NotEmpty(t, d.Related)
	own, err := barepass.Run(passes.All[0], pkg)
	require.NoError(t, err)
	assert.NotEmpty(t, own[0].Related, "the check itself is not changed")
}
