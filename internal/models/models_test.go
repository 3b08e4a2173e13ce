package models_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/models"
)

var rowName = regexp.MustCompile(`^(?:\((\*?)([\w./]+)\.(\w+)\)|([\w./]+))\.(\w+)$`)

// TestRowsExist looks each row of the standard library up in its package: the function is there, and has the arguments that its effects name.
func TestRowsExist(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	checked := 0
	for name, effects := range models.Names() {
		m := rowName.FindStringSubmatch(name)
		require.NotNil(t, m, "%s is no full name of a function", name)
		path := m[2] + m[4]
		if strings.Contains(path, ".") {
			continue // not of the standard library
		}
		pkg, err := imp.Import(path)
		require.NoError(t, err)
		fn := lookup(pkg, m[3], m[5])
		if !assert.NotNil(t, fn, "%s does not exist", name) {
			continue
		}
		checked++
		assert.Equal(t, name, fn.FullName())
		args := fn.Signature().Params().Len()
		if fn.Signature().Recv() != nil {
			args++
		}
		for _, e := range effects {
			needsArg := e.Kind != models.NoReturn && e.Kind != models.Fresh && e.Kind != models.Serve
			assert.True(t, !needsArg || e.Arg < args, "%s has no argument %d", name, e.Arg)
			if e.Kind == models.Spawn || e.Kind == models.Once {
				assert.Less(t, e.Key, args, "%s has no argument %d", name, e.Key)
			}
		}
	}
	assert.Greater(t, checked, 50)
}

func lookup(pkg *types.Package, typ, name string) *types.Func {
	if typ == "" {
		fn, _ := pkg.Scope().Lookup(name).(*types.Func)
		return fn
	}
	obj := pkg.Scope().Lookup(typ)
	if obj == nil {
		return nil
	}
	fn, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, name)
	m, _ := fn.(*types.Func)
	return m
}

func TestNamesOfCallsThatDoNotReturn(t *testing.T) {
	pkg := types.NewPackage("example.com/log", "log")
	text := types.NewTuple(types.NewVar(0, pkg, "", types.Typ[types.String]))
	for name, want := range map[string]bool{"Fatal": true, "Fatalf": true, "PanicContext": true, "Fatality": false, "Error": false} {
		fn := types.NewFunc(0, pkg, name, types.NewSignatureType(nil, nil, nil, text, nil, false))
		assert.Equal(t, want, models.IsNoReturn(fn), name)
	}
	asks := types.NewFunc(0, pkg, "Panic", types.NewSignatureType(nil, nil, nil, nil, text, false))
	assert.False(t, models.IsNoReturn(asks), "it has a result")
}

func TestIsStd(t *testing.T) {
	for path, want := range map[string]bool{"fmt": true, "net/http": true, "vendor/golang.org/x/net/dns": true, "example.com/fmt": false, "main": false} {
		assert.Equal(t, want, models.IsStd(path), path)
	}
}
