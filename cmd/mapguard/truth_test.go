package main_test

import (
	"bytes"
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// minShapes is how many shapes of code the fixes are proven on.
const minShapes = 40

// TestTruth proves the fixes that are made by default, on many shapes of code.
func TestTruth(t *testing.T) {
	shapes := truth(t, "testdata/truth")
	assert.GreaterOrEqual(t, shapes, minShapes)
}

// TestTruthOld proves those that are made otherwise in modules of old.
func TestTruthOld(t *testing.T) { truth(t, "testdata/truth-old") }

// TestTruthSyncMap proves those that make a sync.Map of a map with no lock.
func TestTruthSyncMap(t *testing.T) { truth(t, "testdata/truth-syncmap", "-unguardedmap.fix=syncmap") }

// TestTruthXsync proves those that make it a map of xsync, which the module cache or a proxy must have.
func TestTruthXsync(t *testing.T) { truth(t, "testdata/truth-xsync", "-unguardedmap.fix=xsync") }

// truth runs each shape under the race detector, which must see a race, and fixes all of them by go vet -fix. Then they are formatted, build, do not
// race, and neither mapguard nor a second -fix has anything left to do. One binary holds them all, so that little is compiled. It returns how many there are.
func truth(t *testing.T, folder string, flags ...string) int {
	t.Helper()
	dir := t.TempDir()
	shapes := unpack(t, dir, folder+"/*.txtar")
	vet := func(more ...string) string {
		args := append(append([]string{"vet", "-vettool=" + bin}, flags...), more...)
		stdout, _, _ := command(t, dir, "go", append(args, "./...")...)
		return stdout
	}
	race := raceBinary(t, dir, shapes)
	for _, s := range shapes {
		assert.True(t, races(t, race, s), "%s: no race seen before the fix", s)
	}

	assert.NotEmpty(t, vet("-fix", "-diff"), "-diff shows the fixes")
	before := sources(t, dir)
	vet("-fix")
	after := sources(t, dir)
	for _, s := range shapes {
		assert.True(t, changed(t, s, before, after), "%s: nothing was fixed", s)
	}
	for name, want := range wanted(t, folder+"/*.txtar") {
		assert.Equal(t, want, after[name], name)
	}
	stdout, stderr, code := command(t, dir, bin, "-format=short", "./...")
	assert.Equal(t, 0, code, "mapguard is silent after the fix: %s%s", stdout, stderr)
	vet("-fix")
	assert.Equal(t, after, sources(t, dir), "a second -fix changes nothing")

	race = raceBinary(t, dir, shapes)
	for _, s := range shapes {
		for range 5 { // like -count=5, but each in a process of its own, with nothing warm
			out, err := run(race, s, 4)
			if !assert.NoError(t, err, "%s after the fix: %s\n%s", s, out, after[s+"/a.go"]) {
				break
			}
		}
	}
	return len(shapes)
}

// changed reports whether the files of a shape are not what they were. What they are must be formatted.
func changed(t *testing.T, shape string, before, after map[string]string) (changed bool) {
	t.Helper()
	for name, text := range after {
		if !strings.HasPrefix(name, shape+"/") {
			continue
		}
		changed = changed || text != before[name]
		formatted, err := format.Source([]byte(text))
		require.NoError(t, err, "%s\n%s", name, text)
		assert.Equal(t, string(formatted), text, "%s is formatted", name)
	}
	return changed
}

const driverPackage = `// Package drive calls functions from many goroutines at once.
package drive

import (
	"fmt"
	"sync"
	"sync/atomic"
)

const Calls = 8 * 50

type (
	Counter = atomic.Int64
	Group   = sync.WaitGroup
)

func Many(f func(i int)) {
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 50 {
				f(50*g + i)
			}
		}()
	}
	wg.Wait()
}

func Want(got, want int) {
	if got != want {
		panic(fmt.Sprintf("got %d, want %d", got, want))
	}
}
`

// unpack writes the shapes of the archives as packages of one module and returns their names.
func unpack(t *testing.T, dir, pattern string) []string {
	t.Helper()
	files := map[string]string{"go.mod": "module truth\n\ngo 1.26\n", "drive/drive.go": driverPackage}
	shapes := map[string]bool{}
	archives, err := filepath.Glob(pattern)
	require.NoError(t, err)
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		require.NoError(t, err)
		base := ""
		for _, f := range a.Files {
			if f.Name == "base.go" {
				base = string(f.Data)
			} else if dir := filepath.Dir(f.Name); dir == "." || dir == "drive" {
				files[f.Name] = string(f.Data)
			} else if filepath.Ext(f.Name) != ".want" {
				shapes[filepath.Dir(f.Name)] = true
				files[f.Name] = string(f.Data)
			}
		}
		for _, f := range a.Files {
			if b := filepath.Dir(f.Name) + "/base.go"; base != "" && files[b] == "" && f.Name != "base.go" {
				files[b] = base
			}
		}
	}
	write(t, dir, files)
	return slices.Sorted(maps.Keys(shapes))
}

// wanted returns the files that must come out of the fix exactly so.
func wanted(t *testing.T, pattern string) map[string]string {
	t.Helper()
	out := map[string]string{}
	archives, err := filepath.Glob(pattern)
	require.NoError(t, err)
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		require.NoError(t, err)
		for _, f := range a.Files {
			if file, ok := strings.CutSuffix(f.Name, ".want"); ok {
				out[file] = string(f.Data)
			}
		}
	}
	return out
}

// sources returns the Go files below dir.
func sources(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(text)
		return err
	})
	require.NoError(t, err)
	return out
}

// raceBinary builds the shapes for the race detector, outside of the folder that is analysed. Without the race detector it skips the test.
func raceBinary(t *testing.T, dir string, shapes []string) string {
	t.Helper()
	var imports, table strings.Builder
	for i, s := range shapes {
		fmt.Fprintf(&imports, "import s%d %q\n", i, "truth/"+s)
		fmt.Fprintf(&table, "\t%q: s%d.Drive,\n", s, i)
	}
	main := "package main\n\nimport \"os\"\n" + imports.String() + "\nvar shapes = map[string]func(){\n" + table.String() +
		"}\n\nfunc main() { shapes[os.Args[1]]() }\n"
	cmdDir := filepath.Join(dir, "testdata", "all") // ./... leaves it out
	require.NoError(t, os.MkdirAll(cmdDir, 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(cmdDir, "main.go"), []byte(main), 0o666))
	out := filepath.Join(t.TempDir(), "all")
	_, stderr, code := command(t, dir, "go", "build", "-race", "-ldflags=-s -w", "-o", out, "./testdata/all")
	require.NoError(t, os.Remove(filepath.Join(cmdDir, "main.go")))
	if code != 0 && noRace.MatchString(stderr) {
		t.Skipf("the race detector can't be used here (it needs cgo and a C compiler): %s", stderr)
	}
	require.Equal(t, 0, code, stderr)
	return out
}

var noRace = regexp.MustCompile(`-race requires cgo|-race is only supported|C compiler .* not found|cgo: `)

// races reports whether the race detector, or the runtime, sees a shape race on a map.
func races(t *testing.T, bin, shape string) bool {
	t.Helper()
	for _, procs := range []int{4, 2, 8, 3, 4, 6} {
		out, _ := run(bin, shape, procs)
		if strings.Contains(out, "DATA RACE") || strings.Contains(out, "concurrent map") {
			return true
		}
	}
	return false
}

func run(bin, shape string, procs int) (string, error) {
	cmd := exec.Command(bin, shape)
	cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", fmt.Sprint("GOMAXPROCS=", procs))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// minUnfixed is how many shapes of code there are for which a fix would be wrong.
const minUnfixed = 25

// TestNoFix holds that nothing is offered where a fix would be wrong or can't be shown to be right, and that the reason is given.
func TestNoFix(t *testing.T) {
	assert.GreaterOrEqual(t, unfixed(t, "testdata/nofix/nofix.txtar"), minUnfixed)
}

// TestNoSwitch holds the same of other kinds of maps.
func TestNoSwitch(t *testing.T) {
	unfixed(t, "testdata/nofix-syncmap/nofix.txtar", "-unguardedmap.fix=syncmap")
	unfixed(t, "testdata/nofix-xsync/nofix.txtar", "-unguardedmap.fix=xsync")
}

// unfixed runs mapguard fix on the shapes of an archive, whose comments say why there is no fix. It returns how many shapes there are.
func unfixed(t *testing.T, archive string, flags ...string) int {
	t.Helper()
	dir := t.TempDir()
	a, err := txtar.ParseFile(archive)
	require.NoError(t, err)
	files, reasons := map[string]string{}, map[string]*regexp.Regexp{}
	folders := map[string]bool{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
		for i, line := range strings.Split(string(f.Data), "\n") {
			if _, reason, ok := strings.Cut(line, "// no fix: "); ok {
				reasons[fmt.Sprintf("%s:%d", f.Name, i+1)] = regexp.MustCompile("; no fix: " + reason)
				folders[filepath.Dir(f.Name)] = true
			}
		}
	}
	write(t, dir, files)
	stdout, stderr, _ := command(t, dir, bin, slices.Concat([]string{"fix", "-diff", "-unguardedmap"}, flags, []string{"./..."})...)
	assert.Empty(t, stdout, "a fix is offered")
	for line := range strings.Lines(stderr) {
		at, message, ok := strings.Cut(line, ": not fixed: ")
		if !ok {
			continue
		}
		parts := strings.Split(at, ":")
		at = filepath.ToSlash(parts[0]) + ":" + parts[1]
		if assert.Contains(t, reasons, at, "reported and not expected: %s", line) {
			assert.Regexp(t, reasons[at], message, at)
		}
		delete(reasons, at)
	}
	assert.Empty(t, reasons, "not reported")
	return len(folders)
}
