package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/passes"
)

// build returns the path of a fresh mapguard binary.
func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mapguard")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	return bin
}

// command runs name in dir, outside any workspace, and returns what it prints and its exit code.
func command(t *testing.T, dir, name string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		code = exit.ExitCode()
	}
	return o.String(), e.String(), code
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
}

// TestGoVetAgreesWithTheFixtures runs the fixtures as a module under the real go vet: the same findings on the same lines as under analysistest, facts
// between packages included.
func TestGoVetAgreesWithTheFixtures(t *testing.T) {
	bin := build(t)
	for _, a := range passes.All {
		t.Run(a.Name, func(t *testing.T) { goVetAgrees(t, bin, a.Name) })
	}
}

func goVetAgrees(t *testing.T, bin, check string) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../passes/testdata/src")))
	write(t, dir, map[string]string{
		check + "/go.mod":          "module " + check + "\n\ngo 1.26\n\nrequire golang.org/x/sync v0.0.0\n\nreplace golang.org/x/sync => ../golang.org/x/sync\n",
		"golang.org/x/sync/go.mod": "module golang.org/x/sync\n\ngo 1.26\n",
	})
	root := filepath.Join(dir, check)
	stdout, stderr, _ := command(t, root, "go", "vet", "-vettool="+bin, "-json", "./...")
	got := map[string][]string{}
	dec := json.NewDecoder(strings.NewReader(stdout))
	for {
		var pkgs map[string]map[string][]struct{ Posn, Message string }
		err := dec.Decode(&pkgs)
		if err == io.EOF {
			break
		}
		require.NoError(t, err, stdout+stderr)
		for _, analyzers := range pkgs {
			for _, d := range analyzers[check] {
				got[line(t, root, d.Posn)] = append(got[line(t, root, d.Posn)], d.Message)
			}
		}
	}
	wants := expectations(t, root)
	require.NotEmpty(t, wants)
	for at, patterns := range wants {
		assert.Len(t, got[at], len(patterns), "%s: %v", at, got[at])
		for _, p := range patterns {
			assert.True(t, slices.ContainsFunc(got[at], p.MatchString), "%s: want %s, got %v", at, p, got[at])
		}
		delete(got, at)
	}
	assert.Empty(t, got, "reported and not expected")
}

// line returns file:line, relative to root.
func line(t *testing.T, root, posn string) string {
	parts := strings.Split(posn, ":")
	real, err := filepath.EvalSymlinks(root)
	require.NoError(t, err)
	file := strings.TrimPrefix(strings.TrimPrefix(parts[0], real+"/"), root+"/")
	return file + ":" + parts[1]
}

var (
	wantComment = regexp.MustCompile(`// want (\+\d+ )?(.*)$`)
	wantPattern = regexp.MustCompile("`([^`]*)`")
)

// expectations returns the // want comments by file:line.
func expectations(t *testing.T, root string) map[string][]*regexp.Regexp {
	out := map[string][]*regexp.Regexp{}
	err := filepath.WalkDir(root, func(file string, d os.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		src, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, file)
		for i, text := range strings.Split(string(src), "\n") {
			if m := wantComment.FindStringSubmatch(text); m != nil {
				below, _ := strconv.Atoi(strings.TrimSpace(m[1])) // "+2": two lines further down
				at := rel + ":" + strconv.Itoa(i+1+below)
				for _, p := range wantPattern.FindAllStringSubmatch(m[2], -1) {
					out[at] = append(out[at], regexp.MustCompile(p[1]))
				}
			}
		}
		return nil
	})
	require.NoError(t, err)
	return out
}

const racy = `package demo

var m = map[string]int{}

func F(ks []string) {
	for range ks {
		go func() { m["a"]++ }()
	}
}
`

func TestFrontEnd(t *testing.T) {
	bin := build(t)
	module := func(src string) string {
		dir := t.TempDir()
		write(t, dir, map[string]string{"go.mod": "module example.com/demo\n\ngo 1.26\n", "demo.go": src})
		return dir
	}
	t.Run("findings", func(t *testing.T) {
		_, stderr, code := command(t, module(racy), bin, "./...")
		assert.Equal(t, 1, code)
		assert.Contains(t, stderr, "demo.go:7:16: map m is written here by several goroutines at once with no lock")
	})
	t.Run("clean", func(t *testing.T) {
		_, stderr, code := command(t, module("package demo\n"), bin, "./...")
		assert.Equal(t, 0, code)
		assert.Empty(t, stderr)
	})
	t.Run("code that does not compile", func(t *testing.T) {
		_, stderr, code := command(t, module("package demo\n\nvar x int = nil\n"), bin, "./...")
		assert.NotEqual(t, 0, code)
		assert.Contains(t, stderr, "cannot use nil as int value")
	})
	t.Run("no packages named", func(t *testing.T) {
		_, stderr, code := command(t, module(racy), bin)
		assert.Equal(t, 2, code)
		assert.Contains(t, stderr, "mapguard ./...")
	})
	t.Run("help", func(t *testing.T) {
		stdout, _, code := command(t, t.TempDir(), bin, "help", "unguardedmap")
		assert.Equal(t, 0, code)
		assert.Contains(t, stdout, "find maps that two goroutines can touch")
	})
	t.Run("the same output each time", func(t *testing.T) {
		dir := module(racy)
		_, first, _ := command(t, dir, bin, "./...")
		write(t, dir, map[string]string{"demo.go": racy + "\n"}) // not answered from the cache
		_, second, _ := command(t, dir, bin, "./...")
		assert.Equal(t, first, second)
	})
}
