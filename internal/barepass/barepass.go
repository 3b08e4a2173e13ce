// Package barepass runs an analyzer on one package with nothing but what any driver gives: no facts of other packages, no Module, no
// ReadFile. It is what Bazel's nogo amounts to, and the shortest way to run an analyzer on files that no module holds. For tests.
package barepass

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// Package is a parsed and type-checked package.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
}

// Load parses and checks the files as one package of the given path, imports from source, under the build tags.
func Load(path string, files []string, tags ...string) (*Package, error) {
	// The source importer reads its context from this variable.
	defer func(old []string) { build.Default.BuildTags = old }(build.Default.BuildTags)
	build.Default.BuildTags = tags
	p, errs := load(path, files, "")
	if len(errs) > 0 {
		return nil, fmt.Errorf("loading %s: %w", path, errs[0])
	}
	return p, nil
}

// LoadBroken is Load for files that don't parse or type-check, such as the inputs of analyzers that run all the same, at a version of the
// language ("go1.21", or empty for the newest).
func LoadBroken(path string, files []string, version string) *Package {
	p, _ := load(path, files, version)
	return p
}

func load(path string, files []string, version string) (*Package, []error) {
	fset := token.NewFileSet()
	var parsed []*ast.File
	var errs []error
	for _, name := range files {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			errs = append(errs, err)
		}
		if f != nil {
			parsed = append(parsed, f)
		}
	}
	p, bad := check(path, fset, parsed, importer.ForCompiler(fset, "source", nil), version)
	return p, append(errs, bad...)
}

// Check type-checks parsed files as one package of the given path. An importer that many packages share loads what they import once.
func Check(path string, fset *token.FileSet, files []*ast.File, imp types.Importer) (*Package, error) {
	p, errs := check(path, fset, files, imp, "")
	if len(errs) > 0 {
		return nil, fmt.Errorf("type-checking %s: %w", path, errs[0])
	}
	return p, nil
}

func check(path string, fset *token.FileSet, files []*ast.File, imp types.Importer, version string) (*Package, []error) {
	p := &Package{Fset: fset, Files: files, Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}}
	var errs []error
	conf := types.Config{Importer: imp, GoVersion: version, Error: func(err error) { errs = append(errs, err) }}
	p.Types, _ = conf.Check(path, fset, files, p.Info) // its error is among errs
	return p, errs
}

// Run runs a and what it requires, and returns the diagnostics of a.
func Run(a *analysis.Analyzer, p *Package) ([]analysis.Diagnostic, error) {
	r := &runner{p: p, results: map[*analysis.Analyzer]any{}}
	if err := r.run(a); err != nil {
		return nil, err
	}
	return r.diags[a], nil
}

// Result runs a and what it requires, and returns the result of a.
func Result(a *analysis.Analyzer, p *Package) (any, error) {
	r := &runner{p: p, results: map[*analysis.Analyzer]any{}}
	err := r.run(a)
	return r.results[a], err
}

// Facts runs a and what it requires, and returns the facts that any of them exported about objects.
func Facts(a *analysis.Analyzer, p *Package) ([]analysis.Fact, error) {
	r := &runner{p: p, results: map[*analysis.Analyzer]any{}}
	err := r.run(a)
	return r.facts, err
}

type runner struct {
	p       *Package
	facts   []analysis.Fact
	results map[*analysis.Analyzer]any
	diags   map[*analysis.Analyzer][]analysis.Diagnostic
}

func (r *runner) run(a *analysis.Analyzer) error {
	if _, done := r.results[a]; done {
		return nil
	}
	for _, req := range a.Requires {
		if err := r.run(req); err != nil {
			return err
		}
	}
	pass := &analysis.Pass{
		Analyzer: a, Fset: r.p.Fset, Files: r.p.Files, Pkg: r.p.Types, TypesInfo: r.p.Info, ResultOf: r.results,
		TypesSizes: types.SizesFor("gc", "amd64"),
		Report: func(d analysis.Diagnostic) {
			if r.diags == nil {
				r.diags = map[*analysis.Analyzer][]analysis.Diagnostic{}
			}
			r.diags[a] = append(r.diags[a], d)
		},
		ImportObjectFact:  func(types.Object, analysis.Fact) bool { return false },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportObjectFact:  func(_ types.Object, f analysis.Fact) { r.facts = append(r.facts, f) },
		ExportPackageFact: func(analysis.Fact) {},
		AllObjectFacts:    func() []analysis.ObjectFact { return nil },
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
	}
	result, err := a.Run(pass)
	r.results[a] = result
	return err
}
