package unit

import (
	"go/build"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// mayBeAskedFor reports whether the package, as it is, may be one that somebody asks the go command to vet: it is of a main module, and has no test files of
// its own. With those it is another package to the go command, which has them.
func (cfg *config) mayBeAskedFor() bool {
	if cfg.ModulePath == "" || cfg.ModuleVersion != "" || len(cfg.GoFiles) == 0 || strings.Contains(cfg.ID, " [") {
		return false
	}
	dir := filepath.Dir(cfg.GoFiles[0])
	tests, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	own := ""
	for _, test := range tests {
		// Which tags are set is not known here: a file that needs some proves nothing.
		if fits, err := build.Default.MatchFile(dir, filepath.Base(test)); err != nil || !fits {
			continue
		}
		if own == "" {
			own = packageName(cfg.GoFiles[0])
		}
		if packageName(test) == own {
			return false
		}
	}
	return true
}

// packageName returns the name in the package clause of a file, "" if it has none.
func packageName(file string) string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}
