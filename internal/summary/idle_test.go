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
	{"calls a helper that locks well", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) int { b.mu.Lock(); defer b.mu.Unlock(); return len(b.m) }", asked},
	{"starts a goroutine", "func TestX(t *testing.T) { b := Open(); go b.Put(`x`) }", analysed},
	{"touches a map of the product", "func TestX(t *testing.T) { b := Open(); b.m[`x`]++ }", analysed},
	{"hands a map of its own over", "func TestX(t *testing.T) { m := map[string]int{}; use(m); m[`x`]++ }; func use(map[string]int) {}", analysed},
	{"hands a function over", "func TestX(t *testing.T) { b := Open(); b.Each(func(k string) { b.Put(k) }) }", analysed},
	{"hands over a function that touches a map", "func TestX(t *testing.T) { m := map[string]int{}; Open().Each(func(k string) { m[k]++ }) }", analysed},
	{"sets a function of the product's", "func TestX(t *testing.T) { b := &Box{}; b.CB = func() { b.Put(`x`) } }", analysed},
	{"makes an object with a function", "func TestX(t *testing.T) { c := Open(); b := &Box{CB: func() { c.Put(`x`) }}; b.Len() }", analysed},
	{"runs beside other tests", "func TestX(t *testing.T) { t.Parallel(); Open().Put(`x`) }", analysed},
	{"is called by one that starts a goroutine", "func TestY(t *testing.T) { go TestX(t) }; func TestX(t *testing.T) { Open().Put(`x`) }", analysed},
	{"calls a helper that has a goroutine call the product", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { go b.Put(`x`) }", asked},
	{"calls a helper that has a goroutine touch a map", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) { go func() { b.m[`x`]++ }() }", analysed},
	{"reads a message of another package", "func TestX(t *testing.T) { r, _ := http.Get(`x`); if r.Header[`a`] == nil { t.Fatal() } }", skipped},
	{"calls a helper that touches a map with no lock", "func TestX(t *testing.T) { helper(Open()) }; func helper(b *Box) int { return len(b.m) }", analysed},
	{"gets a map of the product", "func TestX(t *testing.T) { m := Open().All(); m[`x`]++ }", analysed},
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

// TestClosureOfAskedTest: what a helper has to say is known when the closures are summarised, which come before the function that they are in.
func TestClosureOfAskedTest(t *testing.T) {
	u := idleLoader()(t, "func TestX(t *testing.T) { b := Open(); f := func() { b.Put(`x`) }; f(); helper(b) }; func helper(b *Box) { b.m[`x`]++ }")
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
		for _, src := range [][2]string{{"p.go", idleProduct}, {"p_test.go", "package p; import (`net/http`; `testing`); var _ testing.TB; var _ http.Handler; " + decls}} {
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
