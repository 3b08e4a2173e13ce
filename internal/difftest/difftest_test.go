package difftest_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/internal/difftest"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

var (
	count   = flag.Int("n", 150, "how many programs are analysed")
	first   = flag.Uint64("seed", 0, "the first seed; each gives two programs")
	confirm = flag.Int("confirm", 10, "how many programs run under the race detector")
	why     = flag.Bool("why", false, "print which plainer traits would turn a wrong answer right")
	keep    = flag.String("keep", "", "write all programs to this folder")
)

// The floors for the default programs: what is reached less a little. Raise them as causes of wrong answers go; the goal is 0.95 and 0.98.
const (
	minRecall    = 0.90
	minPrecision = 0.98
)

// programs returns n programs, twin by twin.
func programs(n int) []*difftest.Program {
	var out []*difftest.Program
	for seed := *first; len(out) < n; seed++ {
		safe, racy := difftest.Twins(seed)
		out = append(out, safe, racy)
	}
	return out
}

// TestAnswers compares mapguard's answers with the labels. A racy program must have a finding; a safe one none, and neither one on a map that
// nothing races on. Wrong answers are printed with their program.
//
//	go test ./internal/difftest -run Answers -v -args -n 2000
func TestAnswers(t *testing.T) {
	imp := stdImporter(t)
	var found, missed, falsely []*difftest.Program
	for _, p := range programs(*count) {
		messages := analyse(t, p, imp)
		decoy := slices.ContainsFunc(messages, func(m string) bool { return mentions(m, p.Decoys) })
		if *keep != "" {
			write(t, *keep, p)
			answer(t, p, messages)
		}
		switch {
		case len(messages) > 0 && (!p.Racy || decoy):
			falsely = append(falsely, p)
			report(t, "false alarm", p, append(messages, simpler(t, p, imp)...))
		case p.Racy && len(messages) == 0:
			missed = append(missed, p)
			report(t, "miss", p, simpler(t, p, imp))
		case p.Racy:
			found = append(found, p)
		}
	}
	recall := float64(len(found)) / float64(len(found)+len(missed))
	precision := float64(len(found)) / float64(len(found)+len(falsely))
	t.Logf("%d programs: %d found, %d missed, %d false alarms; recall %.3f, precision %.3f", *count, len(found), len(missed), len(falsely), recall, precision)
	assert.GreaterOrEqual(t, recall, minRecall)
	assert.GreaterOrEqual(t, precision, minPrecision)
}

// TestTwins: a seed gives the same programs each time, which differ by the fault alone.
func TestTwins(t *testing.T) {
	for seed := range uint64(50) {
		safe, racy := difftest.Twins(seed)
		again, _ := difftest.Twins(seed)
		assert.Equal(t, safe.Source, again.Source)
		assert.False(t, safe.Racy)
		assert.True(t, racy.Racy)
		assert.NotEmpty(t, racy.Traits.Fault)
		assert.Equal(t, safe.Traits.Shape, racy.Traits.Shape)
		assert.NotEqual(t, safe.Source, racy.Source)
	}
}

// TestSimpler: the variants of a program are programs.
func TestSimpler(t *testing.T) {
	imp := stdImporter(t)
	for seed := range uint64(4) {
		for _, racy := range []bool{false, true} {
			variants := difftest.Simpler(seed, racy, 1)
			require.NotEmpty(t, variants)
			for _, v := range variants {
				assert.Equal(t, racy, v.Racy)
				analyse(t, v.Program, imp)
			}
		}
	}
}

// simpler returns the traits which, made plain one or two at a time, turn the wrong answer on p right.
func simpler(t *testing.T, p *difftest.Program, imp types.Importer) []string {
	t.Helper()
	var out []string
	for traits := 1; *why && traits <= 2 && out == nil; traits++ {
		for _, v := range difftest.Simpler(p.Seed, p.Racy, traits) {
			if (len(analyse(t, v.Program, imp)) > 0) == p.Racy {
				out = append(out, "right with "+v.What)
			}
		}
	}
	return out
}

// stdImporter imports the standard library from the export data that the go command keeps.
func stdImporter(t *testing.T) types.Importer {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}",
		"context", "maps", "net/http/httptest", "runtime", "sync", "time").Output()
	require.NoError(t, err)
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
}

// analyse returns the findings in p.
func analyse(t *testing.T, p *difftest.Program, imp types.Importer) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, p.Name()+".go", p.Source, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err, p.Source)
	pkg, err := barepass.Check("main", fset, []*ast.File{file}, imp)
	require.NoError(t, err, "%s\n%s", p.Traits, p.Source)
	diags, err := barepass.Run(unguardedmap.Analyzer, pkg)
	require.NoError(t, err)
	var out []string
	for _, d := range diags {
		out = append(out, fmt.Sprintf("%d: %s", fset.Position(d.Pos).Line, d.Message))
	}
	return out
}

// answer adds a line to the table of answers beside the kept programs: columns to be counted by hand.
func answer(t *testing.T, p *difftest.Program, messages []string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(*keep, "answers.tsv"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	require.NoError(t, err)
	defer f.Close()
	tr := p.Traits
	fmt.Fprintln(f, strings.Join([]string{p.Name(), fmt.Sprint(len(messages)), tr.Scheme, tr.Location, tr.Lock, tr.Wrap, tr.Shape, tr.Join, tr.Fault}, "\t"))
}

// mentions reports whether a finding is about one of the maps.
func mentions(message string, maps []string) bool {
	return slices.ContainsFunc(maps, func(m string) bool { return strings.Contains(message, "map "+m+" ") })
}

// report prints a wrong answer with its program.
func report(t *testing.T, what string, p *difftest.Program, messages []string) {
	t.Helper()
	dir := filepath.Join(os.TempDir(), "mapguard-difftest")
	t.Logf("%s: seed %d, %s\n\t%s", what, p.Seed, p.Traits, strings.Join(append([]string{write(t, dir, p)}, messages...), "\n\t"))
}

// write writes p to a folder of its own below dir and returns its path.
func write(t *testing.T, dir string, p *difftest.Program) string {
	t.Helper()
	file := filepath.Join(dir, p.Name(), "main.go")
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte(p.Source), 0o666))
	return file
}
