package unguardedmap_test

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

var (
	functions = flag.Int("functions", 100, "how many random functions are fixed")
	seed      = flag.Uint64("seed", 1, "of the random functions")
)

// minFixed is the part of the random functions with a finding that must be fixed. Many are beyond help: they wait between a check and a write.
const minFixed = 0.2

const aroundFunctions = `package shapes

import "sync"

type Tracer interface {
	Note(...int)
	Add(int)
	Next() int
}

type S struct {
	mu sync.RWMutex
	m  map[string]int // guarded by mu
}

func New() *S { return &S{m: map[string]int{"a": 1, "b": 2}} }

func (s *S) Set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = v
}

// State returns the content, and reports whether the lock is free.
func (s *S) State() (map[string]int, bool) {
	if !s.mu.TryLock() {
		return nil, false
	}
	defer s.mu.Unlock()
	out := map[string]int{}
	for k, v := range s.m {
		out[k] = v
	}
	return out, true
}

`

const tracer = `package main

import (
	"fmt"
	"os"

	"random/shapes"
)

type tracer struct {
	sum, next int
	notes     []int
}

func (t *tracer) Note(n ...int) { t.notes = append(t.notes, n...) }
func (t *tracer) Add(n int)     { t.sum += n }
func (t *tracer) Next() int     { t.next++; return t.next % 4 }

func try(name string, f func(*shapes.S, shapes.Tracer, string, int) int) {
	for _, k := range []string{"a", "c", "z"} {
		for n := range 4 {
			s, t := shapes.New(), &tracer{}
			got := f(s, t, k, n)
			state, free := s.State()
			if !free {
				fmt.Println(name, "leaves the lock held")
				os.Exit(1)
			}
			fmt.Println(name, k, n, got, state, *t)
		}
	}
}

func main() {
`

// TestFixesKeepBehaviour fixes random functions and runs them before and after: they compile, compute the same, give the lock up, and don't wait for
// themselves.
//
//	go test ./passes/unguardedmap -run Behaviour -v -args -functions 3000 -seed 7
func TestFixesKeepBehaviour(t *testing.T) {
	w := &writer{Rand: rand.New(rand.NewPCG(*seed, 0))}
	src, main := aroundFunctions, tracer
	for i := range *functions {
		name := fmt.Sprintf("F%d", i)
		src += w.function(name)
		main += fmt.Sprintf("\ttry(%q, (*shapes.S).%s)\n", name, name)
	}
	main += "}\n"
	fixed, offered, found := fixAll(t, src)
	t.Logf("%d of %d functions with a finding are fixed wholly", offered, found)
	assert.GreaterOrEqual(t, float64(offered)/float64(found), minFixed)

	dir := t.TempDir()
	before, after := runs(t, filepath.Join(dir, "before"), src, main), runs(t, filepath.Join(dir, "after"), fixed, main)
	if !slices.Equal(before, after) {
		for i := range min(len(before), len(after)) {
			if before[i] != after[i] {
				name, _, _ := strings.Cut(before[i], " ")
				require.Fail(t, "another result", "before %s\nafter  %s\n%s\n%s", before[i], after[i], textOf(src, name), textOf(fixed, name))
			}
		}
		require.Equal(t, len(before), len(after), after[len(after)-1])
	}
}

// textOf returns the source of a function.
func textOf(src, name string) string {
	_, text, _ := strings.Cut(src, "func (s *S) "+name+"(")
	text, _, _ = strings.Cut(text, "\nfunc ")
	return text
}

// fixAll applies all fixes, and counts the functions that have findings and those all of whose findings have a fix.
func fixAll(t *testing.T, src string) (fixed string, offered, found int) {
	t.Helper()
	fset := token.NewFileSet()
	pkg := check(t, fset, src)
	diags, err := barepass.Run(unguardedmap.Analyzer, pkg)
	require.NoError(t, err)
	require.NotEmpty(t, diags)
	complete := map[string]bool{}
	for _, d := range diags {
		name := functionAt(pkg.Files[0], d.Pos)
		if _, ok := complete[name]; !ok {
			complete[name] = true
		}
		complete[name] = complete[name] && len(d.SuggestedFixes) > 0
	}
	for _, ok := range complete {
		if ok {
			offered++
		}
	}
	fixed = edited(t, fset, pkg, diags, src)
	mended := check(t, token.NewFileSet(), fixed)
	again, err := barepass.Run(unguardedmap.Analyzer, mended)
	require.NoError(t, err)
	for _, d := range again {
		assert.False(t, complete[functionAt(mended.Files[0], d.Pos)], "still reported: %s\n%s", d.Message, textOf(fixed, functionAt(mended.Files[0], d.Pos)))
	}
	return fixed, offered, len(complete)
}

// edited applies the fixes of diagnostics, of which those without one must say why.
func edited(t *testing.T, fset *token.FileSet, pkg *barepass.Package, diags []analysis.Diagnostic, src string) string {
	t.Helper()
	var edits []analysis.TextEdit
	for _, d := range diags {
		if len(d.SuggestedFixes) == 0 {
			assert.Contains(t, d.Message, "; no fix: ")
			continue
		}
		for _, e := range d.SuggestedFixes[0].TextEdits {
			same := func(o analysis.TextEdit) bool {
				return o.Pos == e.Pos && o.End == e.End && string(o.NewText) == string(e.NewText)
			}
			if !slices.ContainsFunc(edits, same) {
				edits = append(edits, e)
			}
		}
	}
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End)) })
	var b strings.Builder
	at, file := 0, fset.File(pkg.Files[0].FileStart)
	for _, e := range edits {
		require.LessOrEqual(t, at, file.Offset(e.Pos), "edits overlap at %s", fset.Position(e.Pos))
		b.WriteString(src[at:file.Offset(e.Pos)])
		b.Write(e.NewText)
		at = file.Offset(e.End)
	}
	b.WriteString(src[at:])
	out, err := format.Source([]byte(b.String()))
	require.NoError(t, err, b.String())
	return string(out)
}

func functionAt(file *ast.File, pos token.Pos) string {
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= pos && pos < fn.End() {
			return fn.Name.Name
		}
	}
	return ""
}

func check(t *testing.T, fset *token.FileSet, src string) *barepass.Package {
	t.Helper()
	file, err := parser.ParseFile(fset, "shapes.go", src, parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(t, err)
	pkg, err := barepass.Check("random/shapes", fset, []*ast.File{file}, importer.ForCompiler(fset, "source", nil))
	if err != nil {
		name := filepath.Join(os.TempDir(), "mapguard-random.go")
		require.NoError(t, os.WriteFile(name, []byte(src), 0o666))
		require.NoError(t, err, name)
	}
	return pkg
}

// runs runs the functions and returns what they print, line by line.
func runs(t *testing.T, dir, src, main string) []string {
	t.Helper()
	for name, text := range map[string]string{"go.mod": "module random\n\ngo 1.26\n", "main.go": main, "shapes/shapes.go": src} {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
	cmd := exec.Command("go", "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	lines := strings.Split(string(out), "\n")
	if err != nil {
		last := lines[max(0, len(lines)-40):]
		require.NoError(t, err, strings.Join(last, "\n"))
	}
	return lines
}
