package nogotest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sources are the files that rules_go makes a nogo of, as its go/tools/builders/BUILD.bazel lists them.
var sources = strings.Fields("constants.go env.go flags.go nogo_fix.go nogo_goversions_go118.go nogo_goversions_go121.go nogo_goversions_go122.go nogo_main.go nogo_version.go nolint.go")

func output(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		require.NoError(t, err, string(exit.Stderr))
	}
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

func moduleDir(t *testing.T, path string) string {
	t.Helper()
	return output(t, ".", "go", "list", "-m", "-f", "{{.Dir}}", path)
}

// build builds a nogo with the checks that docs/bazel.md lists. It uses a package below golang.org/x/tools/internal, so it is built inside a copy of that
// module; Bazel has a patched one.
func build(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	tools := filepath.Join(dir, "tools")
	require.NoError(t, os.CopyFS(tools, os.DirFS(moduleDir(t, "golang.org/x/tools"))))
	nogo := filepath.Join(tools, "nogo")
	require.NoError(t, os.MkdirAll(nogo, 0o777))
	for _, name := range sources {
		text, err := os.ReadFile(filepath.Join(moduleDir(t, "github.com/bazelbuild/rules_go"), "go/tools/builders", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(nogo, name), text, 0o666))
	}
	doc, err := os.ReadFile("../../docs/bazel.md")
	require.NoError(t, err)
	var imports, list strings.Builder
	for i, m := range regexp.MustCompile(`"@com_github_mapguard_mapguard//(.*)",`).FindAllSubmatch(doc, -1) {
		fmt.Fprintf(&imports, "\ta%d \"github.com/mapguard/mapguard/%s\"\n", i, m[1])
		fmt.Fprintf(&list, "a%d.Analyzer, ", i)
	}
	main := fmt.Sprintf("package main\n\nimport (\n%s\n\t\"golang.org/x/tools/go/analysis\"\n)\n\nvar analyzers = []*analysis.Analyzer{%s}\n\nvar configs = map[string]config{}\n\nconst debugMode = false\n",
		imports.String(), list.String())
	require.NoError(t, os.WriteFile(filepath.Join(nogo, "generated.go"), []byte(main), 0o666))
	mod := filepath.Join(dir, "go.mod")
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o666))
	}
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	output(t, dir, "go", "mod", "edit", "-replace=github.com/mapguard/mapguard="+root, "-replace=golang.org/x/tools="+tools, mod)
	bin := filepath.Join(dir, "nogo-bin")
	output(t, dir, "go", "build", "-o", bin, "golang.org/x/tools/nogo")
	return bin
}

var sample = map[string]string{
	"go.mod": "module example.com/demo\n\ngo 1.26\n",
	"lib/lib.go": `package lib

// Async runs f on its own goroutine.
func Async(f func()) { go f() }

// Keys is generic.
func Keys[K comparable, V any](m map[K]V) (out []K) {
	for k := range m {
		out = append(out, k)
	}
	return out
}
`,
	"use/use.go": `package use

import (
	"sync"

	"example.com/demo/lib"
)

func Count(words []string) map[string]int {
	m := map[string]int{}
	for _, w := range words {
		lib.Async(func() { m[w]++ })
	}
	return m
}

func Right(words []string) []string {
	var mu sync.Mutex
	var wg sync.WaitGroup
	m := map[string]int{}
	for _, w := range words {
		wg.Add(1)
		lib.Async(func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			m[w]++
		})
	}
	wg.Wait()
	return lib.Keys(m)
}
`,
}

// TestNogo analyses the packages of the sample in order. The finding in use is there only because of the facts of lib.
func TestNogo(t *testing.T) {
	bin := build(t)
	dir := t.TempDir()
	for name, text := range sample {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	var config strings.Builder
	list := json.NewDecoder(strings.NewReader(output(t, dir, "go", "list", "-export", "-deps", "-json=ImportPath,Export,Dir,GoFiles,Standard", "./...")))
	var facts []string
	for {
		var p struct {
			ImportPath, Export, Dir string
			GoFiles                 []string
			Standard                bool
		}
		err := list.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if p.Export != "" {
			fmt.Fprintf(&config, "packagefile %s=%s\n", p.ImportPath, p.Export)
		}
		if p.Standard {
			continue
		}
		said, code := nogo(t, bin, dir, config.String(), p.ImportPath, facts, filepath.Join(p.Dir, p.GoFiles[0]))
		facts = append(facts, "-fact="+p.ImportPath+"="+factsOf(dir, p.ImportPath))
		if filepath.Base(p.Dir) == "lib" {
			assert.Zero(t, code, said)
			continue
		}
		assert.Equal(t, 3, code, said) // violations
		assert.Regexp(t, `use\.go:12:\d+: map m is written here by several goroutines at once with no lock: .* starts at lib\.go:4, .*\(unguardedmap\)`, said)
		assert.Equal(t, 1, strings.Count(said, "use.go:1"), said)
		said, _ = nogo(t, bin, dir, config.String(), p.ImportPath, nil, filepath.Join(p.Dir, p.GoFiles[0]))
		assert.NotContains(t, said, "map m is written", "without the facts there is nothing to see")
	}
	require.Len(t, facts, 2)
}

func factsOf(dir, path string) string { return filepath.Join(dir, filepath.Base(path)+".facts") }

// nogo runs the binary on one package and returns what it says and its exit code.
func nogo(t *testing.T, bin, dir, config, path string, facts []string, file string) (string, int) {
	t.Helper()
	cfg := filepath.Join(dir, "importcfg")
	require.NoError(t, os.WriteFile(cfg, []byte(config), 0o666))
	cmd := exec.Command(bin, append(append([]string{"-importcfg=" + cfg, "-p=" + path, "-x=" + factsOf(dir, path)}, facts...), file)...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		var exit *exec.ExitError
		require.True(t, errors.As(err, &exit), "%v", err)
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}
