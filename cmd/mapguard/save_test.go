package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkSave measures how long it takes from saving a file to the diagnostics, in a module of 100,000 lines of which everything else is unchanged:
//
//	go test ./cmd/mapguard -run '^$' -bench Save -benchtime 20x
//
// The figures are the median and the longest in seconds, of the package that is saved. What it imports, and what imports it, are other packages of
// the module.
func BenchmarkSave(b *testing.B) {
	dir, err := filepath.EvalSymlinks(b.TempDir())
	require.NoError(b, err)
	const packages = 118
	lines := 0
	for i := range packages {
		text := bigPackage(i)
		lines += strings.Count(text, "\n")
		writeTo(b, filepath.Join(dir, fmt.Sprintf("p%d/p.go", i)), text)
	}
	require.Greater(b, lines, 100_000)
	writeTo(b, filepath.Join(dir, "go.mod"), "module example.com/big\n\ngo 1.26\n")
	file := filepath.Join(dir, "p57/p.go")
	good := bigPackage(57)
	bad := good + "\nfunc (s *S0) Bad(f func(string)) {\n\tfor k := range s.hits {\n\t\tf(k)\n\t}\n}\n"
	e := open(b, nil, nil, dir)
	e.opened(file)
	e.saved(file, bad)
	e.edit(file, 1, bad)
	e.findings(file, 1)
	e.until("the whole module", func() bool { return e.ended > 0 })
	var took []time.Duration
	version := 2
	for b.Loop() {
		version++
		text, want := good, 0
		if version%2 == 0 {
			text, want = bad, 1
		}
		text += fmt.Sprintf("\nconst version = %d\n", version) // else the cache knows it
		start := time.Now()
		e.edit(file, version, text)
		e.saved(file, text)
		e.findings(file, want)
		took = append(took, time.Since(start))
		time.Sleep(3 * time.Second) // the rest of the module
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds(), "median-s")
	b.ReportMetric(took[len(took)-1].Seconds(), "longest-s")
}

func writeTo(b *testing.B, file, text string) {
	require.NoError(b, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(b, os.WriteFile(file, []byte(text), 0o666))
}

// bigPackage returns package i, which imports two of those before it.
func bigPackage(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package p%d\n\nimport (\n\t\"fmt\"\n\t\"sync\"\n", i)
	imports := []int{}
	for _, j := range []int{i / 2, i / 3} {
		if i > 0 && !slices.Contains(imports, j) {
			imports = append(imports, j)
			fmt.Fprintf(&b, "\n\t\"example.com/big/p%d\"\n", j)
		}
	}
	b.WriteString(")\n")
	for _, j := range imports {
		fmt.Fprintf(&b, "\nvar _ = p%d.New0\n", j)
	}
	for k := range 22 {
		b.WriteString(strings.ReplaceAll(bigType, "@", fmt.Sprint(k)))
	}
	return b.String()
}

const bigType = `
// S@ keeps counts.
type S@ struct {
	mu   sync.Mutex
	hits map[string]int
	log  []string
}

// New@ returns an empty one.
func New@() *S@ {
	return &S@{hits: map[string]int{}}
}

// Add counts.
func (s *S@) Add(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits[key]++
	s.log = append(s.log, fmt.Sprintf("add %s", key))
}

// Get reads.
func (s *S@) Get(key string) (int, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ok := s.hits[key]
	return n, ok
}

// Each calls f.
func (s *S@) Each(f func(string, int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, n := range s.hits {
		if n > 0 {
			f(k, n)
		}
	}
}
`
