package passes_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/internal/summary"
	"github.com/mapguard/mapguard/passes"
)

// shapes are packages that can be made of any size: each has brought out work that grew with the square of it. Size is what each run of the tests looks at, large
// what TestLargeGrowth does. Of the functions that goroutines hand on to goroutines only so many are followed, up to which the work grows with their cube: it looks beyond.
var shapes = []struct {
	name        string
	size, large int
	make        func(b *strings.Builder, n int)
}{
	{"functions with a finding each", 200, 4000, func(b *strings.Builder, n int) {
		for i := range n {
			fmt.Fprintf(b, "func (t *T) Put%d(k string) { t.mu.Lock(); defer t.mu.Unlock(); t.m[k] = %d; t.n[%d] = k }\n", i, i, i)
			fmt.Fprintf(b, "func (t *T) Get%d(k string) int { go func() { t.mu.Lock(); t.n[%d] = k; t.mu.Unlock() }(); return t.m[k] }\n", i, i)
		}
	}},
	{"maps of a type, with methods", 100, 1000, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "type U struct { mu sync.Mutex")
		for i := range n {
			fmt.Fprintf(b, "m%d map[string]int\n", i)
		}
		fmt.Fprintln(b, "}")
		for i := range n {
			fmt.Fprintf(b, "func (u *U) Put%d(k string) { u.mu.Lock(); u.m%d[k]++; u.mu.Unlock() }\n", i, i)
			fmt.Fprintf(b, "func (u *U) Get%d(k string) int { return u.m%d[k] }\n", i, i)
		}
	}},
	{"entries of a table", 500, 20000, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "type V struct { name string; kind int; of *T }\nvar all = map[string][]V{ \"x\": {")
		for i := range n {
			fmt.Fprintf(b, "{\"v%d\", %d, &T{}},\n", i, i)
		}
		fmt.Fprintln(b, "}}\nfunc (t *T) Look(k string) int { go func() { t.m[k] = 1 }(); return len(all[k]) + t.m[k] }")
	}},
	{"blocks of a function", 500, 2504, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "func (t *T) Put(k string, x int) {")
		for i := range n {
			fmt.Fprintf(b, "if x == %d { t.mu.Lock(); t.m[k] = %d; t.mu.Unlock() }\n", i, i)
		}
		fmt.Fprintln(b, "}")
	}},
	{"maps that are set anew", 200, 1600, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "func (t *T) Renew(k string, x int, other map[string]int) {")
		for i := range n {
			fmt.Fprintf(b, "if len(t.m) == x || x == %d { t.m = other } else { t.m[k] = x }; println(len(t.m))\n", i)
		}
		fmt.Fprintln(b, "}")
	}},
	{"calls in a row", 200, 1000, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "func (t *T) down0(k string) { t.m[k] = 1 }")
		for i := range n {
			fmt.Fprintf(b, "func (t *T) down%d(k string) { if k != \"\" { t.down%d(k) } }\n", i+1, i)
		}
		fmt.Fprintf(b, "func (t *T) Run() { go t.down%d(\"x\"); t.mu.Lock(); t.down%d(\"y\"); t.mu.Unlock() }\n", n, n)
	}},
	{"functions that goroutines hand on to goroutines", 15, 480, func(b *strings.Builder, n int) {
		fmt.Fprintln(b, "type op struct { f func() }\nfunc hand(o *op) {")
		for range n {
			fmt.Fprintln(b, "go o.f()")
		}
		fmt.Fprintln(b, "}\nfunc (t *T) Run() {\na := &op{func() { t.m[\"x\"] = 1 }}\nb := &op{func() { hand(a) }}\nc := &op{func() { hand(b) }}\nhand(c)\n}")
	}},
	{"functions that call each other", 60, 504, func(b *strings.Builder, n int) {
		for i := range n {
			fmt.Fprintf(b, "func (t *T) round%d(k string) { if k == \"\" { t.round%d(k); t.round%d(k) }; t.mu.Lock(); t.m[k] = %d; t.mu.Unlock() }\n", i, (i+1)%n, (i*7+3)%n, i)
		}
	}},
}

const shapeHead = `package p

import "sync"

type T struct {
	mu sync.Mutex
	m  map[string]int
	n  map[int]string
}

`

// sync is imported once for all shapes.
var (
	shapeFset     = token.NewFileSet()
	shapeImporter = importer.ForCompiler(shapeFset, "source", nil)
)

func shape(tb testing.TB, make func(*strings.Builder, int), n int) *barepass.Package {
	var b strings.Builder
	b.WriteString(shapeHead)
	make(&b, n)
	file, err := parser.ParseFile(shapeFset, "p.go", b.String(), parser.ParseComments|parser.SkipObjectResolution)
	require.NoError(tb, err)
	p, err := barepass.Check("p", shapeFset, []*ast.File{file}, shapeImporter)
	require.NoError(tb, err)
	return p
}

// work counts what an analyzer does to a package, in allocations. Time would be noise on a machine that others use.
func work(tb testing.TB, a *analysis.Analyzer, p *barepass.Package) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := barepass.Run(a, p)
	require.NoError(tb, err)
	runtime.ReadMemStats(&after)
	return float64(after.Mallocs - before.Mallocs)
}

// maxGrowth is how much more work a package of twice the size may take.
const maxGrowth = 2.3

// TestGrowth holds that work grows with the size of a package and not with its square.
func TestGrowth(t *testing.T) {
	for _, s := range shapes {
		for _, a := range passes.All {
			t.Run(s.name+"/"+a.Name, func(t *testing.T) {
				work(t, a, shape(t, s.make, 2)) // names and tables that are made once
				small, large := work(t, a, shape(t, s.make, s.size)), work(t, a, shape(t, s.make, 2*s.size))
				t.Logf("%.2f times the work", large/small)
				assert.Less(t, large/small, maxGrowth, "%.0f and %.0f allocations", small, large)
			})
		}
	}
}

// TestFactGrowth holds the same of the facts that a package leaves.
func TestFactGrowth(t *testing.T) {
	bytes := func(p *barepass.Package) (n int) {
		facts, err := barepass.Facts(summary.Analyzer, p)
		require.NoError(t, err)
		for _, f := range facts {
			n += len(f.(*summary.Fact).Data)
		}
		return n
	}
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			small, large := bytes(shape(t, s.make, s.size)), bytes(shape(t, s.make, 2*s.size))
			assert.LessOrEqual(t, float64(large), maxGrowth*float64(small), "%d and %d bytes", small, large)
		})
	}
}

// BenchmarkShapes is for -benchmem and profiles.
func BenchmarkShapes(b *testing.B) {
	for _, s := range shapes {
		for _, a := range passes.All {
			b.Run(strings.ReplaceAll(s.name, " ", "_")+"/"+a.Name, func(b *testing.B) {
				p := shape(b, s.make, s.size)
				b.ReportAllocs()
				for b.Loop() {
					_, err := barepass.Run(a, p)
					require.NoError(b, err)
				}
			})
		}
	}
}
