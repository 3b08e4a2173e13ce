package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
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

// bin is the path of a fresh mapguard binary.
var bin string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "mapguard")
	if err != nil {
		log.Fatal(err)
	}
	bin = filepath.Join(dir, "mapguard")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		log.Fatalf("%v\n%s", err, out)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
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
	for _, a := range passes.All {
		t.Run(a.Name, func(t *testing.T) { goVetAgrees(t, a.Name) })
	}
}

func goVetAgrees(t *testing.T, check string) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../passes/testdata/src")))
	mod := "module " + check + "\n\ngo 1.26\n"
	for _, path := range stubs(t, dir) {
		version := "v0.0.0"
		if m := majorVersion.FindStringSubmatch(path); m != nil {
			version = m[1] + ".0.0"
		}
		mod += "\nrequire " + path + " " + version + "\n\nreplace " + path + " => ../" + path + "\n"
		write(t, dir, map[string]string{path + "/go.mod": "module " + path + "\n\ngo 1.26\n"})
	}
	write(t, dir, map[string]string{check + "/go.mod": mod})
	root := filepath.Join(dir, check)
	stdout, stderr, _ := command(t, root, "go", "vet", "-vettool="+bin, "-json", "./...")
	ours, _, _ := command(t, root, bin, "-config=", "-json", "./...")
	require.NotEmpty(t, packages(ours))
	assert.Equal(t, packages(stdout), packages(ours), "the front end shows what go vet shows, byte for byte")
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

var majorVersion = regexp.MustCompile(`/(v[2-9])$`)

// stubs returns the import paths of the packages that stand for third-party ones, each a module here: those in a folder with a dot in its name.
func stubs(t *testing.T, dir string) []string {
	var out []string
	files, err := filepath.Glob(filepath.Join(dir, "*.*"))
	require.NoError(t, err)
	for _, host := range files {
		err := filepath.WalkDir(host, func(file string, d os.DirEntry, err error) error {
			if path, _ := filepath.Rel(dir, filepath.Dir(file)); filepath.Ext(file) == ".go" && !slices.Contains(out, path) {
				out = append(out, path)
			}
			return err
		})
		require.NoError(t, err)
	}
	return out
}

// packages splits the output of go vet -json into the packages that have findings, sorted: the go command prints them as they get ready.
func packages(out string) []string {
	var parts []string
	for part := range strings.SplitAfterSeq(strings.ReplaceAll(out, "{}\n", ""), "\n}\n") {
		if part != "" {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return parts
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

// A process is started for each package, a thousand for a large module, and most have nothing else to do: what is made before main is paid for by each.
func TestLittleIsMadeBeforeMain(t *testing.T) {
	cmd := exec.Command(bin, "-V=full")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace bytes.Buffer
	cmd.Stderr = &trace
	require.NoError(t, cmd.Run())
	size, pieces, all := 0, 0, 0
	for _, m := range regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, (\d+) allocs$`).FindAllStringSubmatch(trace.String(), -1) {
		b, err := strconv.Atoi(m[2])
		require.NoError(t, err)
		n, err := strconv.Atoi(m[3])
		require.NoError(t, err)
		all += b
		if strings.HasPrefix(m[1], "github.com/mapguard/") {
			size, pieces = size+b, pieces+n
		}
	}
	assert.NotZero(t, pieces)
	assert.LessOrEqual(t, size, 100_000) // 83,000 in 529 as measured; compiled expressions took 330,000 in 2,000 more
	assert.LessOrEqual(t, pieces, 700)
	assert.LessOrEqual(t, all, 300_000) // 204,000; with the checks of go vet in it, 1,227,000
	t.Log(size, "bytes in", pieces, "pieces;", all, "with those of other modules")
}
