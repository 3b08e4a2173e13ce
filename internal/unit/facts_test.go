package unit

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"
)

// text is a fact.
type text struct{ s string }

func (*text) AFact()                           {}
func (t *text) MarshalBinary() ([]byte, error) { return []byte(t.s), nil }
func (t *text) UnmarshalBinary(b []byte) error {
	t.s = string(b)
	return nil
}

// checked returns the package of a source that imports nothing.
func checked(t *testing.T, path, src string) *types.Package {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, path+".go", src, 0)
	require.NoError(t, err)
	pkg, err := new(types.Config).Check(path, fset, []*ast.File{f}, nil)
	require.NoError(t, err)
	return pkg
}

func method(t *testing.T, pkg *types.Package, typ, name string) *types.Func {
	obj, _, _ := types.LookupFieldOrMethod(pkg.Scope().Lookup(typ).Type(), true, pkg, name)
	fn, ok := obj.(*types.Func)
	require.True(t, ok, name)
	return fn
}

// write writes what the package of this path hands on, if importers come by the types of the given parts, and returns the file.
func write(t *testing.T, set *factSet, path string, parts ...string) string {
	out, err := set.handedOn(path, parts)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "vetx")
	require.NoError(t, os.WriteFile(file, out, 0o600))
	return file
}

func TestFactsTravel(t *testing.T) {
	low := checked(t, "low", `package low; type T struct{}; func (*T) M() {}; func (T) N() {}; type U struct{}; func (U) M() {}; func F() {}; var V int`)
	set, err := readFacts(nil)
	require.NoError(t, err)
	set.add(method(t, low, "T", "M"), &text{"about M"})
	set.add(method(t, low, "U", "M"), &text{"about U"})
	set.add(low.Scope().Lookup("F"), &text{"about F"})
	set.add(low.Scope().Lookup("T"), &text{"about T"})
	lowFile := write(t, set, "low", "low:T", "low:U")

	read := func(set *factSet, obj types.Object) string {
		var got text
		set.read(obj, &got)
		return got.s
	}
	set, err = readFacts(map[string]string{"low": lowFile})
	require.NoError(t, err)
	assert.Equal(t, "about M", read(set, method(t, low, "T", "M")))
	assert.Equal(t, "about U", read(set, method(t, low, "U", "M")))
	assert.Equal(t, "about F", read(set, low.Scope().Lookup("F")))
	assert.Equal(t, "about T", read(set, low.Scope().Lookup("T")))
	assert.Empty(t, read(set, method(t, low, "T", "N")))
	assert.Empty(t, read(set, low.Scope().Lookup("V")), "variables have none")

	// Two packages up, a type and its methods are still known if importers of the package between come by it; functions can't be called there.
	for parts, want := range map[string][3]string{"low:T": {"about M", "about T"}, "low:U": {2: "about U"}, "other:T": {}, "low": {}} {
		top, err := readFacts(map[string]string{"mid": write(t, set, "mid", parts)})
		require.NoError(t, err)
		got := [3]string{read(top, method(t, low, "T", "M")), read(top, low.Scope().Lookup("T")), read(top, method(t, low, "U", "M"))}
		assert.Equal(t, want, got, parts)
	}
	top, err := readFacts(map[string]string{"mid": write(t, set, "mid", "low:T")})
	require.NoError(t, err)
	assert.Empty(t, read(top, low.Scope().Lookup("F")))
}

func TestCorruptFacts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vetx")
	for _, data := range []string{"\xff", "\x03ab", "\x01a\x05b", "\x01a\x00", "\x01a\x00\x01", "\x01a\x00\x01\x01b", "\x01a\x00\x01\x01b\x02c", "\x01a\x00\xff\xff\xff\xff\x01\x00\x00"} {
		require.NoError(t, os.WriteFile(file, []byte(data), 0o600))
		_, err := readFacts(map[string]string{"p": file})
		require.ErrorIs(t, err, errFacts, "%q", data)
	}
	_, err := readFacts(map[string]string{"p": file + "absent"})
	require.Error(t, err)
	for _, w := range []*words{{}, {packed: []byte("no such thing")}} {
		broken := part{words: w, packed: []byte("no such thing")}
		assert.Nil(t, broken.get("F"))
	}
}

// Parts of a package are compressed against words that they have in common, which are handed on with each of them, once.
func TestFactsShareWords(t *testing.T) {
	const types = 40
	src, names := "package low", []string(nil)
	for i := range types {
		src += fmt.Sprintf("; type T%02d struct{}; func (T%02d) M() {}", i, i)
		names = append(names, fmt.Sprintf("low:T%02d", i))
	}
	low := checked(t, "low", src)
	about := func(i int) string {
		return fmt.Sprintf("T%02d of /a/long/path/which/all/parts/have/in/common/file.go:%d", i, 1000+i*i)
	}
	set, err := readFacts(nil)
	require.NoError(t, err)
	for i := range types {
		set.add(method(t, low, fmt.Sprintf("T%02d", i), "M"), &text{about(i)})
	}
	size := func(file string) int {
		info, err := os.Stat(file)
		require.NoError(t, err)
		return int(info.Size())
	}
	all := write(t, set, "low", names...)
	alone := 0
	for _, name := range names {
		alone += size(write(t, set, "low", name))
	}
	assert.Less(t, size(all), alone/2)

	set, err = readFacts(map[string]string{"low": all, "nothing": write(t, set, "nothing")})
	require.NoError(t, err)
	mid := write(t, set, "mid", names[3:]...)
	assert.Less(t, size(mid), size(all))
	set, err = readFacts(map[string]string{"mid": mid, "beside": write(t, set, "beside", names[2])})
	require.NoError(t, err)
	for i := range types {
		var got text
		if known := set.read(method(t, low, fmt.Sprintf("T%02d", i), "M"), &got); i < 2 {
			assert.False(t, known)
		} else {
			assert.Equal(t, about(i), got.s)
		}
	}
	top, err := set.handedOn("top", names)
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(top), string(set.parts[names[5]].words.packed)))
}

// imports are packages by path.
type imports map[string]*types.Package

func (i imports) Import(path string) (*types.Package, error) {
	if pkg := i[path]; pkg != nil {
		return pkg, nil
	}
	return importer.ForCompiler(token.NewFileSet(), "source", nil).Import(path)
}

func TestReached(t *testing.T) {
	known := imports{}
	for _, test := range []struct {
		src  string
		want []string
	}{
		{"package a; type T struct{}; type U struct{}; type V struct{}", nil},
		{"package b; import `a`; type Alias = a.T; type List[E any] []E; type B struct{ a.U; v a.V }", []string{"a:T", "a:U"}},
		{"package param; import `b`; type T struct{}; func (*T) Get(...map[string]b.B) {}", []string{"a:U", "b:B"}},
		{"package alias; import `b`; var V = b.Alias{}", []string{"a:T"}},
		{"package args; import (`b`; `a`; `sync/atomic`); var V b.List[*U]; var W atomic.Pointer[a.T]; type U struct{}", []string{"a:T", "b:List"}},
		{"package field; import (`a`; `b`); type T struct{ x a.T; X chan *hidden }; type hidden struct{ L b.List[int] }", []string{"b:List", "field:hidden"}},
		{"package closed; import `a`; type T struct{ x a.T; h hidden }; type hidden struct{}; func (T) get(a.U) {}; var v a.V; func f() a.T { var t a.T; return t }", nil},
		{"package embedded; import `a`; type impl struct{ *a.T; hidden }; type hidden struct{}; type I interface{ M() }", []string{"a:T", "embedded:hidden"}},
		{"package limits; import `b`; func F[E interface{ b.List[int] | ~[]string }](E) {}", []string{"b:List"}},
		{"package through; import `embedded`; var V embedded.I", []string{"a:T", "embedded:I", "embedded:hidden"}},
		{"package std; import `net/http`; type T struct{ http.Handler; R func(*http.Request) error }", nil},
		{"package behind; import `a`; type I interface{ M(a.V) }; type Impl struct{}; func (*Impl) M(a.V) {}; func (*Impl) Get() (t a.T) { return }; type Other struct{}", []string{"a:T", "a:V"}},
		{"package given; import `behind`; func New() behind.I { return nil }", []string{"a:T", "a:V", "behind:I", "behind:Impl"}},
	} {
		p := &pkg{cfg: &config{Standard: map[string]bool{"sync/atomic": true, "net/http": true}}, fset: token.NewFileSet(), facts: &factSet{parts: map[string]*part{}}}
		for _, root := range []string{"a:T", "b:B", "embedded:I", "behind:I"} {
			p.facts.parts[root] = &part{}
		}
		f, err := parser.ParseFile(p.fset, "p.go", test.src, 0)
		require.NoError(t, err)
		p.types, err = (&types.Config{Importer: known}).Check(f.Name.Name, p.fset, []*ast.File{f}, nil)
		require.NoError(t, err)
		known[f.Name.Name] = p.types
		var got []string
		for _, name := range p.reached() {
			if pkg, typ, _ := strings.Cut(name, ":"); pkg != f.Name.Name || !token.IsExported(typ) {
				got = append(got, name)
			}
		}
		assert.Equal(t, test.want, got, test.src)
	}
}

func TestWithFacts(t *testing.T) {
	facts := &analysis.Analyzer{Name: "facts", FactTypes: []analysis.Fact{new(text)}}
	check := &analysis.Analyzer{Name: "check", Requires: []*analysis.Analyzer{{Name: "syntax"}, facts}}
	assert.Equal(t, []*analysis.Analyzer{facts}, withFacts([]*analysis.Analyzer{check}))
}
