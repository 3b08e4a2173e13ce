package summary

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
)

const idleProduct = `package p

import "sync"

type Box struct {
	mu sync.Mutex
	m  map[string]int
	CB func()
}

func Open() *Box { b := &Box{m: map[string]int{}}; go b.Put("x"); return b }

func (b *Box) Put(k string) { b.mu.Lock(); b.m[k]++; b.mu.Unlock() }
func (b *Box) Each(f func(string)) { go f("x") }
func (b *Box) All() map[string]int { return b.m }
func (b *Box) hold() { b.mu.Lock() }
func (b *Box) Len() int { b.mu.Lock(); defer b.mu.Unlock(); return len(b.m) }
`

// What test functions say, and what they are wanted for because of it.
var idleTexts = []struct {
	name, decl string
	want       need
}{
	{"calls the product", "func TestX(t *testing.T) { b := Open(); b.Put(`x`); if b.Len() != 1 { t.Fatal(b) } }", skipped},
	{"has a map of its own", "func TestX(t *testing.T) { b := Open(); m := map[int]bool{}; m[b.Len()] = true; if len(m) != 1 { t.Fatal() } }", skipped},
	{"has subtests", "func TestX(t *testing.T) { t.Run(`a`, func(t *testing.T) { Open().Put(`x`) }) }", skipped},
	{"hands a quiet function over", "func TestX(t *testing.T) { Open().Each(func(k string) { println(k) }) }", skipped},
	{"calls a helper that says nothing", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { b.Put(`x`) }", skipped},
	{"locks", "func TestX(t *testing.T) { b := Open(); b.mu.Lock(); b.mu.Unlock() }", walked},
	{"calls what leaves a lock held", "func TestX(t *testing.T) { b := Open(); b.hold(); b.hold() }", walked},
	{"calls a helper that locks well", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) int { b.mu.Lock(); defer b.mu.Unlock(); return len(b.m) }", skipped},
	{"starts a goroutine", "func TestX(t *testing.T) { b := Open(); go b.Put(`x`) }", analysed},
	{"looks into a map of the product, which it knows to be still", "func TestX(t *testing.T) { b := Open(); if b.m[`x`] != 1 { t.Fatal() } }", skipped},
	{"is called by an example, a test like others", "func ExampleX() { TestX(nil) }; func TestX(t *testing.T) { Open().Put(`x`) }", skipped},
	{"writes a map of the product", "func TestX(t *testing.T) { b := Open(); b.m[`x`]++ }", analysed},
	{"deletes from a map of the product", "func TestX(t *testing.T) { b := Open(); delete(b.m, `x`) }", analysed},
	{"sets a map of the product", "func TestX(t *testing.T) { b := Open(); b.m = nil }", analysed},
	{"makes a map of the product", "func TestX(t *testing.T) { b := Box{m: nil}; b.Len() }", analysed},
	{"hands a map of its own over", "func TestX(t *testing.T) { m := map[string]int{}; use(m); m[`x`]++ }; func use(map[string]int) {}", skipped},
	{"hands a function over", "func TestX(t *testing.T) { b := Open(); b.Each(func(k string) { b.Put(k) }) }", analysed},
	{"hands over a function that touches a map", "func TestX(t *testing.T) { m := map[string]int{}; Open().Each(func(k string) { m[k]++ }) }", analysed},
	{"sets a function of the product's", "func TestX(t *testing.T) { b := &Box{}; b.CB = func() { b.Put(`x`) } }", analysed},
	{"makes an object with a function", "func TestX(t *testing.T) { c := Open(); b := &Box{CB: func() { c.Put(`x`) }}; b.Len() }", analysed},
	{"runs beside other tests", "func TestX(t *testing.T) { t.Parallel(); Open().Put(`x`) }", analysed},
	{"is called by one that starts a goroutine", "func TestY(t *testing.T) { go TestX(t) }; func TestX(t *testing.T) { Open().Put(`x`) }", analysed},
	{"calls a helper that has a goroutine call the product", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { go b.Put(`x`) }", skipped},
	{"calls a helper that has a goroutine touch a map", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { go func() { b.m[`x`]++ }() }", analysed},
	{"calls a helper that has a goroutine touch a map under its lock", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { go func() { b.mu.Lock(); b.m[`x`]++; b.mu.Unlock() }() }", asked},
	{"reads a message of another package", "func TestX(t *testing.T) { r, _ := http.Get(`x`); if r.Header[`a`] == nil { t.Fatal() } }", skipped},
	{"calls a helper that touches a map with no lock", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) int { return len(b.m) }", skipped},
	{"gets a map of the product", "func TestX(t *testing.T) { m := Open().All(); m[`x`]++ }", skipped},
	{"starts what another package does", "func TestX(t *testing.T) { u := `x`; go http.Get(u); go func() { defer println(u); helper(t) }() }; func helper(t *testing.T) { t.Log(1) }", skipped},
	{"starts what may be its own, behind an interface", "func TestX(t *testing.T) { var h http.Handler; go h.ServeHTTP(nil, nil) }; func (b *Box) ServeHTTP(http.ResponseWriter, *http.Request) {}", analysed},
	{"starts what an interface of another package hides", "func TestX(t *testing.T) { var h http.Handler; go h.ServeHTTP(nil, nil) }", skipped},
	{"starts something with a map", "func TestX(t *testing.T) { m := map[string]int{}; go func() { m[`x`]++ }() }", analysed},
	{"starts something with a function in a variable", "func TestX(t *testing.T) { f := func() {}; go f() }", analysed},
	{"starts something with an object", "func TestX(t *testing.T) { b := Open(); go fmt.Println(b) }", analysed},
	{"has another package call it", "func TestX(t *testing.T) { b := Open(); time.AfterFunc(1, func() { b.Put(`x`) }) }", analysed},
	{"has another package call what touches nothing", "func TestX(t *testing.T) { time.AfterFunc(1, func() { println(`x`) }) }", skipped},
	{"serves an object", "func TestX(t *testing.T) { httptest.NewServer(hand{}) }; type hand struct{}; func (hand) ServeHTTP(http.ResponseWriter, *http.Request) {}", analysed},
	{"hands over what a quiet helper makes", "func TestX(t *testing.T) { b := Open(); b.Each(made(b)) }; func made(b *Box) func(string) { n := b.Len(); return func(string) { println(n) } }", skipped},
	{"hands over what a helper makes", "func TestX(t *testing.T) { b := Open(); b.Each(made(b)) }; func made(b *Box) func(string) { return func(k string) { b.Put(k) } }", analysed},
	{"hands over what a helper names", "func TestX(t *testing.T) { b := Open(); b.Each(made(b)) }; func made(b *Box) func(string) { return b.Put }", analysed},
	{"writes under a lock for reading", "func TestX(t *testing.T) { b := &rw{}; b.RLock(); b.m[`x`]++; b.RUnlock() }; type rw struct { sync.RWMutex; m map[string]int }", analysed},
	{"calls a helper whose goroutine calls what it is given", "func TestX(t *testing.T) { b := Open(); helper(func() { b.Put(`x`) }) }; func helper(f func()) { go f() }", analysed},
	{"calls a helper whose goroutine has a method of a test", "func TestX(t *testing.T) { helper(&own{}) }; func helper(o *own) { go o.put() }; type own struct { m map[int]int }; func (o *own) put() { o.m[1]++ }", analysed},
	{"calls a helper whose goroutine has no map", "func TestX(t *testing.T) { helper(&own{}) }; func helper(o *own) { go o.put() }; type own struct { n int; next *own }; func (o *own) put() { o.n++ }", skipped},
	{"calls a helper that starts it by an interface", "func TestX(t *testing.T) { helper(own{}) }; func helper(w io.Writer) { go w.Write(nil) }; type own map[int]int; func (o own) Write([]byte) (int, error) { o[1]++; return 0, nil }", asked},
	{"calls a helper that starts what has no map, by an interface", "func TestX(t *testing.T) { helper(&own{}) }; func helper(w io.Writer) { go w.Write(nil) }; type own struct { n int }; func (o *own) Write([]byte) (int, error) { o.n++; return 0, nil }", skipped},
	{"calls a helper that runs it beside other tests", "func TestX(t *testing.T) { helper(t) }; func helper(t *testing.T) { t.Parallel() }", asked},
	{"calls by an interface", "func TestX(t *testing.T) { var r runner = &runs{}; r.run() }; type runner interface{ run() }; type runs struct{}; func (*runs) run() { b := Open(); go func() { b.m[`x`]++ }() }", analysed},
}

func TestIdleTests(t *testing.T) {
	load := idleLoader()
	for _, c := range idleTexts {
		t.Run(c.name, func(t *testing.T) {
			u := load(t, c.decl)
			for fn := range u.tests.decls {
				if fn.Name() == "TestX" {
					assert.Equal(t, c.want, u.tests.needed[fn])
				}
			}
		})
	}
}

// TestHelpersThatCallEachOther: what was said of one while the other was taken for quiet is forgotten when that turns out not to be.
func TestHelpersThatCallEachOther(t *testing.T) {
	u := idleLoader()(t, "func TestX(t *testing.T) { b := Open(); go func() { first(t) }(); go func() { second(t) }(); b.Len() }\n"+
		"func first(t *testing.T) { second(t); Open().Put(`x`) }; func second(t *testing.T) { first(t); t.Log() }")
	for fn := range u.tests.decls {
		if fn.Name() != "TestX" {
			assert.False(t, u.tests.calm(fn, false), "%s", fn.Name())
		}
	}
}

// TestClosureOfAskedTest: what a helper has to say is known when the closures are summarised, which come before the function that they are in.
func TestClosureOfAskedTest(t *testing.T) {
	u := idleLoader()(t, "func TestX(t *testing.T) { b := Open(); f := func() { b.Put(`x`) }; f(); helper(b) }; func helper(b *Box) { go func() { b.m[`x`]++ }() }")
	assert.True(t, u.sums[u.pkg.Func("TestX").AnonFuncs[0]].Touches)
}

// TestIdleTestsAreNotBuilt: of a test that nobody wants there is no SSA, and nothing is summarised.
func TestIdleTestsAreNotBuilt(t *testing.T) {
	load := idleLoader()
	without := load(t, "")
	with := load(t, "func TestX(t *testing.T) { b := Open(); b.Put(`x`); b.Len() }; func TestY(t *testing.T) { TestX(t) }")
	assert.Nil(t, with.pkg.Func("TestX"))
	assert.Equal(t, without.stats.Functions, with.stats.Functions)
}

// idleLoader returns what analyses idleProduct with declarations of a test file.
func idleLoader() func(t *testing.T, decls string) *unit {
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "source", nil)
	return func(t *testing.T, decls string) *unit {
		var files []*ast.File
		for _, src := range [][2]string{{"p.go", idleProduct}, {"p_test.go", "package p; import (`fmt`; `io`; `net/http`; `net/http/httptest`; `sync`; `testing`; `time`); var _ testing.TB; var _ http.Handler; var _ httptest.Server; var _ fmt.Stringer; var _ io.Writer; var _ sync.Mutex; var _ time.Time; " + decls}} {
			f, err := parser.ParseFile(fset, src[0], src[1], 0)
			require.NoError(t, err)
			files = append(files, f)
		}
		p, err := barepass.Check("p", fset, files, imp)
		require.NoError(t, err)
		got, err := barepass.Result(Analyzer, p)
		require.NoError(t, err)
		res := got.(*Result).Whole()
		require.Empty(t, res.Errors)
		return res.u
	}
}
