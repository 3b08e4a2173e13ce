package models_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/models"
)

// TestRowsFit looks each row of the standard library up in its package: what it is about is there, and has the arguments that its effects name. The rows
// of other modules are checked in modeltest.
func TestRowsFit(t *testing.T) {
	imp := importer.ForCompiler(token.NewFileSet(), "source", nil)
	checked := 0
	for _, row := range models.Builtin().Rows() {
		if !models.IsStd(row.Package()) {
			continue
		}
		pkg, err := imp.Import(row.Package())
		require.NoError(t, err)
		assert.NoError(t, row.Fit(pkg), "%s:%d", row.File, row.Line)
		checked++
	}
	assert.Greater(t, checked, 150)
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
