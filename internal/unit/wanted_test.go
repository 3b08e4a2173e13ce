package unit

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLeaveOut holds which functions of a dependency nobody wants, as far as names tell.
func TestLeaveOut(t *testing.T) {
	const framework = `import "fw"; type op struct{}; func (*op) Handle(fw.Input) { decode() }; func decode() {}; `
	for src, want := range map[string][]string{
		`func Open() { used() }; func used() {}; func unused() { deeper() }; func deeper() {}`: {"unused", "deeper"},
		`func Open() { fw.Add(&op{}) }`:                                        {"Handle", "decode"},
		`func Open(s *fw.Stack) { s.Steps.Add(op{}, fw.After) }`:               {"Handle", "decode"},
		`func Open(next fw.Handler) { fw.Add(&op{}); next.Handle(nil) }`:       {"Handle", "decode"},
		`func Open() { next := fw.Add(&op{}); next.Handle(nil) }`:              nil, // it may be ours
		`func Open() fw.Handler { return &op{} }`:                              nil,
		`func Open() { add(&op{}) }; func add(h fw.Handler) { h.Handle(nil) }`: nil,
		`func Open(l *list) { l.add(&op{}) }; type list struct{ all []fw.Handler }; func (l *list) add(h fw.Handler) { l.all = append(l.all, h) }`: nil,
		`type Handler interface{ Handle(fw.Input) }; func Open() { fw.Add(&op{}) }`:                                                                nil, // importers call it
		`var _ fw.Handler = (*op)(nil); func Open() { fw.Add(&op{}) }`:                                                                             nil,
		`type both struct{ op }; func Open() { fw.Add(&both{}) }`:                                                                                  nil,
		`func Open() { fw.Add(&op{}); fw.Each(decode) }`:                                                                                           {"Handle"},
		`var table = map[string]func(){"a": decode}; func Open() { fw.Add(&op{}) }`:                                                                {"Handle"},
	} {
		if want == nil || want[0] != "unused" {
			src = framework + src
		}
		f, err := parser.ParseFile(token.NewFileSet(), "a.go", "package a; "+src, 0)
		require.NoError(t, err, src)
		leaveOut([]*ast.File{f})
		assert.Equal(t, want, bodyless(f), src)
	}
	for _, kept := range []string{
		`func init() {}`,
		`func _() {}`,
		`func clone[T any](x T) T { return x }`,
		`type list[T any] struct{}; func (l list[T]) Len() int { return 0 }`,
		`type T struct{}; func (T) Handle() {}`,
		`type full struct{ m map[string]int }; func (f *full) Handle() {}; func Open() { fw.Add(&full{}) }`,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "a.go", "package a; "+kept, 0)
		require.NoError(t, err, kept)
		leaveOut([]*ast.File{f})
		assert.Empty(t, bodyless(f), kept)
	}
}

func bodyless(f *ast.File) []string {
	var out []string
	for _, decl := range f.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body == nil {
			out = append(out, fn.Name.Name)
		}
	}
	return out
}

// TestLeftOutImports type-checks a package of which all that used an import was left out. Where it is asked for, nothing is, and a mistake stays one.
func TestLeftOutImports(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	require.NoError(t, os.WriteFile(file, []byte(`package a; import "unsafe"; func unused() uintptr { var x int; return unsafe.Sizeof(x) }`), 0o600))
	check := func(factsOnly bool) (*pkg, error) {
		p := &pkg{cfg: &config{ImportPath: "a", GoFiles: []string{file}, ImportMap: map[string]string{"unsafe": "unsafe"}}, fset: token.NewFileSet(), factsOnly: factsOnly}
		require.NoError(t, p.parse())
		return p, p.check()
	}
	p, err := check(true)
	require.NoError(t, err)
	assert.Equal(t, []string{"unused"}, bodyless(p.files[0]))
	p, err = check(false)
	require.NoError(t, err)
	assert.Empty(t, bodyless(p.files[0]))

	require.NoError(t, os.WriteFile(file, []byte(`package a; var V string = 1`), 0o600))
	for _, factsOnly := range []bool{true, false} {
		_, err = check(factsOnly)
		require.ErrorContains(t, err, "cannot use 1")
	}
}
