package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// bin is the path of the built golangci-lint.
var bin string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "golangci")
	if err != nil {
		log.Fatal(err)
	}
	bin = filepath.Join(dir, "custom-gcl")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		log.Fatalf("%v\n%s", err, out)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// lint is golangci-lint on a copy of the sample.
type lint struct{ dir, cache string }

// newLint copies the sample and the configuration that docs show, with settings instead of the comments.
func newLint(t *testing.T, settings string) *lint {
	t.Helper()
	l := &lint{t.TempDir(), t.TempDir()}
	require.NoError(t, os.CopyFS(l.dir, os.DirFS("testdata/sample")))
	l.configure(t, settings)
	return l
}

func (l *lint) configure(t *testing.T, settings string) {
	t.Helper()
	text, err := os.ReadFile("../../docs/.golangci.yml")
	require.NoError(t, err)
	if settings != "" {
		text = append(text, "\n        settings: "+settings+"\n"...)
	}
	require.NoError(t, os.WriteFile(filepath.Join(l.dir, ".golangci.yml"), text, 0o600))
}

// run runs golangci-lint and returns what it prints and its exit code.
func (l *lint) run(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(bin, append([]string{"run", "--default=none", "--allow-parallel-runners"}, args...)...)
	cmd.Dir = l.dir
	cmd.Env = append(os.Environ(), "GOLANGCI_LINT_CACHE="+l.cache, "GOFLAGS=", "GOWORK=off")
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		require.True(t, errors.As(err, &exit), err)
		code = exit.ExitCode()
	}
	return o.String(), e.String(), code
}

// issues returns what was found as "file:line: text".
func (l *lint) issues(t *testing.T, packages ...string) []string {
	t.Helper()
	stdout, stderr, _ := l.run(t, append([]string{"--output.json.path=stdout", "--show-stats=false"}, packages...)...)
	var out struct {
		Issues []struct {
			FromLinter, Text string
			Pos              struct {
				Filename string
				Line     json.Number
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(stdout), &out), stdout+stderr)
	var all []string
	for _, i := range out.Issues {
		require.Equal(t, "mapguard", i.FromLinter)
		all = append(all, i.Pos.Filename+":"+i.Pos.Line.String()+": "+i.Text)
	}
	return all
}

// matches asserts that there is one finding for each beginning, in order, and no other.
func matches(t *testing.T, want, got []string) {
	t.Helper()
	if !assert.Len(t, got, len(want), strings.Join(got, "\n")) {
		return
	}
	for i := range want {
		assert.Regexp(t, want[i], got[i])
	}
}

const (
	readLocked = `^fix/store.go:23: rlockwrite: map Store.m is written here with Store.mu only read-locked`
	copied     = `^fix/store.go:26: lockcopy: show copies Store: .* \(store.go:8: mu is copied with the value\); its fix is in several files: run mapguard fix$`
	counted    = `^use/use.go:10: unguardedmap: map m is written here by several goroutines at once with no lock: the goroutine Count\$1 starts at lib.go:5, again while it is running(; no fix: .*)?$`
)

// TestFindings holds that all checks run, that facts cross packages, and that a nolint directive silences.
func TestFindings(t *testing.T) {
	l := newLint(t, "")
	matches(t, []string{readLocked, copied, counted}, l.issues(t, "./..."))
	matches(t, []string{readLocked, copied, counted}, l.issues(t, "./...")) // from its cache
	matches(t, []string{counted}, l.issues(t, "./use"))
	_, _, code := l.run(t, "./...")
	assert.Equal(t, 1, code)
	_, _, code = l.run(t, "./quiet")
	assert.Equal(t, 0, code)
	file := filepath.Join(l.dir, "quiet/quiet.go")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(file, bytes.Replace(text, []byte("//nolint:mapguard"), []byte("//"), 1), 0o600))
	matches(t, []string{`^quiet/quiet.go:8: unguardedmap: `}, l.issues(t, "./quiet"))
}

// TestSettings holds that the cache follows them, and that one that is not known is refused.
func TestSettings(t *testing.T) {
	l := newLint(t, "")
	matches(t, []string{readLocked, copied, counted}, l.issues(t, "./..."))
	l.configure(t, "{flags: [-lockcopy=false, -unguardedmap=false]}")
	matches(t, []string{readLocked}, l.issues(t, "./..."))
	l.configure(t, "{flags: [-rlockwrite], related: true}")
	assert.Greater(t, len(l.issues(t, "./...")), 1, "related places are findings")
	l.configure(t, "{flag: [-lockcopy=false]}")
	_, stderr, code := l.run(t, "./...")
	assert.Equal(t, 3, code)
	assert.Contains(t, stderr, `unknown field "flag"`)
}

// TestFix holds that what is fixed is right, that half a fix is not made, and that the rest compiles.
func TestFix(t *testing.T) {
	l := newLint(t, "")
	show, err := os.ReadFile(filepath.Join(l.dir, "fix/show.go"))
	require.NoError(t, err)
	stdout, stderr, code := l.run(t, "--fix", "./fix")
	assert.Equal(t, 1, code, stderr)
	assert.Contains(t, stdout, "run mapguard fix")
	store, err := os.ReadFile(filepath.Join(l.dir, "fix/store.go"))
	require.NoError(t, err)
	assert.Contains(t, string(store), "\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n\ts.m[k] = n\n")
	assert.Contains(t, string(store), "func show(s Store) int {")
	now, err := os.ReadFile(filepath.Join(l.dir, "fix/show.go"))
	require.NoError(t, err)
	assert.Equal(t, string(show), string(now))
	build := exec.Command("go", "build", "./...")
	build.Dir = l.dir
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	matches(t, []string{copied}, l.issues(t, "./fix"))
}

func TestSARIF(t *testing.T) {
	l := newLint(t, "")
	file := filepath.Join(l.dir, "out.sarif")
	_, stderr, _ := l.run(t, "--output.sarif.path="+file, "./...")
	text, err := os.ReadFile(file)
	require.NoError(t, err, stderr)
	var log struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID  string
				Message struct{ Text string }
			}
		}
	}
	require.NoError(t, json.Unmarshal(text, &log))
	assert.Equal(t, "2.1.0", log.Version)
	require.Len(t, log.Runs, 1)
	assert.Len(t, log.Runs[0].Results, 3)
	for _, r := range log.Runs[0].Results {
		assert.Equal(t, "mapguard", r.RuleID)
	}
}

// TestCustom builds golangci-lint as the file in docs says, by golangci-lint custom, but with mapguard from here and golangci-lint from the module cache.
func TestCustom(t *testing.T) {
	text, err := os.ReadFile("../../docs/.custom-gcl.yml")
	require.NoError(t, err)
	dir := t.TempDir()
	repo, err := filepath.Abs("../..")
	require.NoError(t, err)
	from, rest, ok := strings.Cut(string(text), "    version: latest")
	require.True(t, ok)
	_, rest, _ = strings.Cut(rest, "\n")
	require.NoError(t, os.WriteFile(filepath.Join(dir, ".custom-gcl.yml"), []byte(from+"    path: "+repo+"\n"+rest), 0o600))
	cmd := exec.Command(bin, "custom", "-v")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_COUNT=1", "GIT_CONFIG_VALUE_0=https://github.com/golangci/golangci-lint.git",
		"GIT_CONFIG_KEY_0=url."+origin(t)+".insteadOf")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	cmd = exec.Command(filepath.Join(dir, "custom-gcl"), "linters")
	cmd.Dir = newLint(t, "").dir
	out, err = cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	assert.Contains(t, string(out), "mapguard: Maps that two goroutines can touch")
}

// origin returns a git repository with the version of golangci-lint that this module requires, under its tag.
func origin(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}} {{.Version}}", "github.com/golangci/golangci-lint/v2").Output()
	require.NoError(t, err)
	from, version, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	dir := filepath.Join(t.TempDir(), "golangci-lint.git")
	require.NoError(t, os.CopyFS(dir, os.DirFS(from)))
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", version}, {"tag", version}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
	}
	return dir
}
