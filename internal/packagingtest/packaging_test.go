package packagingtest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// bad has a finding, good has none, and broken does not compile.
const (
	bad    = "package p\n\nvar m = map[int]int{}\n\nfunc F() {\n\tgo func() { m[1]++ }()\n\tm[2] = 1\n}\n"
	good   = "package p\n"
	broken = "package p\n\nvar x = y\n"
)

// root is the repository.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	require.NoError(t, err)
	return dir
}

// sample is a git repository with a module of one file.
func sample(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module example.com/p\n\ngo 1.26\n"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.go"), []byte(text), 0o666))
	run(t, dir, nil, "git", "init", "-q")
	run(t, dir, nil, "git", "add", ".")
	return dir
}

// result runs a program and returns what it prints and its exit code.
func result(t *testing.T, dir string, env []string, name string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, append(append(os.Environ(), "GOWORK=off"), env...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		var exit *exec.ExitError
		require.True(t, errors.As(err, &exit), "%v", err)
		return string(out), exit.ExitCode()
	}
	return string(out), 0
}

// run is result for what must succeed.
func run(t *testing.T, dir string, env []string, name string, args ...string) string {
	t.Helper()
	out, code := result(t, dir, env, name, args...)
	require.Zero(t, code, out)
	return out
}

// TestPreCommit has pre-commit install the hook from this repository, as it is committed, and run it.
func TestPreCommit(t *testing.T) {
	run(t, root(t), nil, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
	env := []string{"PRE_COMMIT_HOME=" + t.TempDir(), "GOFLAGS=-modcacherw"}
	out, code := result(t, sample(t, bad), env, "pre-commit", "try-repo", root(t), "mapguard", "--all-files")
	assert.Equal(t, 1, code, out)
	assert.Contains(t, out, "p.go:6:15: map m is written here and written at p.go:7")
	run(t, sample(t, good), env, "pre-commit", "try-repo", root(t), "mapguard", "--all-files")
}

// action is what of action.yml can be run here.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			Name, ID, Shell, Run string
			Dir                  string `yaml:"working-directory"`
			Env                  map[string]string
		}
	}
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// TestAction validates the action, and runs the scripts of its steps one after the other, as GitHub's runner does.
func TestAction(t *testing.T) {
	run(t, root(t), nil, "npx", "--yes", "-p", "@action-validator/core@0.6.0", "-p", "@action-validator/cli@0.6.0", "action-validator", "action.yml")
	text, err := os.ReadFile(filepath.Join(root(t), "action.yml"))
	require.NoError(t, err)
	var a action
	require.NoError(t, yaml.Unmarshal(text, &a))
	for _, s := range a.Runs.Steps {
		if s.Run != "" {
			require.Equal(t, "bash", s.Shell)
			cmd := exec.Command("shellcheck", "--shell=bash", "-")
			cmd.Stdin = strings.NewReader(s.Run)
			out, err := cmd.CombinedOutput()
			require.NoError(t, err, string(out))
		}
	}
	temp := t.TempDir()
	for _, c := range []struct {
		text, fail, flags string
		code              int
		sarif             bool
	}{
		{bad, "true", "", 1, true},
		{bad, "false", "", 0, true},
		{bad, "true", "-unguardedmap=false -c=2", 0, true},
		{good, "true", " -lockcopy\n", 0, true},
		{broken, "false", "", 2, true},
		{bad, "true", "-nosuch", 2, false},
	} {
		values := map[string]string{"github.action_path": root(t), "runner.temp": temp}
		for name, in := range a.Inputs {
			values["inputs."+name] = in.Default
		}
		values["inputs.working-directory"], values["inputs.fail"], values["inputs.flags"] = sample(t, c.text), c.fail, c.flags
		code := a.run(t, values)
		assert.Equal(t, c.code, code, c)
		_, err := os.Stat(values["steps.analyse.outputs.sarif"])
		assert.Equal(t, c.sarif, err == nil, c)
	}
}

// run runs the steps until one fails, and returns the exit code of the last.
func (a *action) run(t *testing.T, values map[string]string) int {
	t.Helper()
	fill := func(s string) string {
		return expression.ReplaceAllStringFunc(s, func(e string) string { return values[expression.FindStringSubmatch(e)[1]] })
	}
	for _, s := range a.Runs.Steps {
		if s.Run == "" {
			continue // an action of others
		}
		outputs := filepath.Join(t.TempDir(), "out")
		env := []string{"GITHUB_OUTPUT=" + outputs}
		for k, v := range s.Env {
			env = append(env, k+"="+fill(v))
		}
		out, code := result(t, fill(s.Dir), env, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		if code != 0 {
			t.Log(out)
			return code
		}
		written, _ := os.ReadFile(outputs)
		for line := range strings.Lines(string(written)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			values["steps."+s.ID+".outputs."+name] = value
		}
	}
	return 0
}

// TestGoreleaser checks the configuration, and builds and packs for this machine in a clone.
func TestGoreleaser(t *testing.T) {
	tool := strings.TrimSpace(run(t, ".", nil, "go", "tool", "-n", "goreleaser"))
	dir := filepath.Join(t.TempDir(), "mapguard")
	run(t, ".", nil, "git", "clone", "-q", root(t), dir)
	run(t, dir, nil, tool, "check")
	run(t, dir, nil, tool, "build", "--snapshot", "--clean", "--single-target", "--output", "built")
	out := run(t, dir, nil, "./built", "version")
	assert.Contains(t, out, "revision ")
}

// TestDockerfile looks for mistakes, and builds what the image has from the files that go into it. There is no docker here.
func TestDockerfile(t *testing.T) {
	run(t, root(t), nil, "npx", "--yes", "dockerfile-utils@0.16.3", "lint", "Dockerfile")
	text, err := os.ReadFile(filepath.Join(root(t), "Dockerfile"))
	require.NoError(t, err)
	build := regexp.MustCompile(`(?m)^RUN (.* go build .*) -o /mapguard (.*)$`).FindSubmatch(text)
	require.NotNil(t, build)
	dir, bin := t.TempDir(), filepath.Join(t.TempDir(), "mapguard")
	for name := range strings.Lines(run(t, root(t), nil, "git", "ls-files", "--cached", "--", ":!editors", ":!:**/testdata/**")) {
		name = strings.TrimSpace(name)
		data, err := os.ReadFile(filepath.Join(root(t), name))
		require.NoError(t, err)
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o666))
	}
	run(t, dir, nil, "sh", "-c", string(bytes.Join([][]byte{build[1], []byte("-o " + bin), build[2]}, []byte(" "))))
	out, code := result(t, sample(t, bad), nil, bin, "./...")
	assert.Equal(t, 1, code, out)
}

// TestSystems looks whether all of it compiles, tests too, where CI does not run.
func TestSystems(t *testing.T) {
	for _, system := range []string{"windows", "darwin", "freebsd"} {
		t.Run(system, func(t *testing.T) {
			out, code := result(t, root(t), []string{"GOOS=" + system, "CGO_ENABLED=0"}, "go", "vet", "./...")
			assert.Zero(t, code, out)
		})
	}
}
