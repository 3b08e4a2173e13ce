package golangci

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"
)

// twoFiles returns a set with the files /m/a/a.go and /m/b/b.go of ten lines of ten bytes, and a function for places in them.
func twoFiles() (*token.FileSet, func(file, line int) token.Pos) {
	fset := token.NewFileSet()
	var files []*token.File
	for _, name := range []string{"/m/a/a.go", "/m/b/b.go"} {
		f := fset.AddFile(name, -1, 100)
		f.SetLines([]int{0, 10, 20, 30, 40, 50, 60, 70, 80, 90})
		files = append(files, f)
	}
	return fset, func(file, line int) token.Pos { return files[file].LineStart(line) }
}

func TestFixesMustBeWhole(t *testing.T) {
	fset, at := twoFiles()
	fix := func(files ...int) analysis.SuggestedFix {
		f := analysis.SuggestedFix{Message: "mend it"}
		for _, file := range files {
			f.TextEdits = append(f.TextEdits, analysis.TextEdit{Pos: at(file, 2), End: at(file, 3)})
		}
		return f
	}
	for _, c := range []struct {
		fixes []analysis.SuggestedFix
		want  []analysis.SuggestedFix
		says  string
	}{
		{nil, nil, "wrong"},
		{[]analysis.SuggestedFix{fix(0)}, []analysis.SuggestedFix{fix(0)}, "wrong"},
		{[]analysis.SuggestedFix{fix(0, 0), fix(0)}, []analysis.SuggestedFix{fix(0, 0)}, "wrong"},
		{[]analysis.SuggestedFix{fix(0, 1)}, nil, "wrong; its fix is in several files: run mapguard fix"},
		{[]analysis.SuggestedFix{fix(1)}, nil, "wrong; its fix is in several files: run mapguard fix"},
	} {
		d := adapted(fset, analysis.Diagnostic{Pos: at(0, 5), Message: "wrong", SuggestedFixes: c.fixes}, false)
		assert.Equal(t, c.want, d.SuggestedFixes)
		assert.Equal(t, c.says, d.Message)
	}
}

func TestFarSide(t *testing.T) {
	fset, at := twoFiles()
	places := []analysis.RelatedInformation{{Pos: at(1, 3), Message: "written here"}, {Pos: at(0, 7), Message: "started here"}}
	d := adapted(fset, analysis.Diagnostic{Pos: at(0, 5), Message: "read", Related: places}, false)
	assert.Equal(t, "read (../b/b.go:3: written here)", d.Message)
	assert.Empty(t, d.Related)
	for _, said := range []string{"written at b.go:3", "started at a.go:7"} {
		d = adapted(fset, analysis.Diagnostic{Pos: at(0, 5), Message: said, Related: places}, false)
		assert.Equal(t, said, d.Message, "it says so already")
	}
	d = adapted(fset, analysis.Diagnostic{Pos: at(1, 3), Message: "read", Related: places}, false)
	assert.Equal(t, "read (../a/a.go:7: started here)", d.Message, "one on the line itself says nothing new")
	d = adapted(fset, analysis.Diagnostic{Pos: at(0, 5), Message: "read", Related: places}, true)
	assert.Equal(t, "read", d.Message)
	assert.Equal(t, places, d.Related)
}
