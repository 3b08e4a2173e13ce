package unit

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/gcexportdata"
)

// pkg is the package under analysis.
type pkg struct {
	cfg   *config
	fset  *token.FileSet
	files []*ast.File
	types *types.Package
	info  *types.Info
	sizes types.Sizes
	facts *factSet
	// factsOnly: nothing is reported of the package.
	factsOnly bool
}

// check type-checks the package against the export data of its imports.
func (p *pkg) check() error {
	p.sizes = types.SizesFor("gc", build.Default.GOARCH)
	if p.factsOnly {
		leaveOut(p.files)
	}
	p.info = p.newInfo()
	conf := types.Config{
		Importer:  &exportData{p: p, imports: map[string]*types.Package{}},
		Sizes:     p.sizes,
		GoVersion: p.cfg.GoVersion,
	}
	var first error
	conf.Error = func(err error) {
		// Of a dependency bodies may have been left out, so that imports are not used. It has been compiled without mistakes.
		if e := new(types.Error); first == nil && !(p.factsOnly && errors.As(err, e) && e.Soft) {
			first = err
		}
	}
	p.types, _ = conf.Check(p.cfg.ImportPath, p.fset, p.files, p.info)
	return first
}

// newInfo returns empty maps for what the type checker finds out, with room for as much as that usually is for so much source (the sums over 100 packages that
// prometheus needs): to let the maps grow took a tenth of the time of a large package, and to count what will be in them half of that. Scopes are for checks of
// go vet alone, which have no facts.
func (p *pkg) newInfo() *types.Info {
	size := 0
	for _, f := range p.files {
		for _, decl := range f.Decls {
			size += int(decl.End() - decl.Pos())
		}
	}
	info := &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue, size/13),
		Defs:         make(map[*ast.Ident]types.Object, size/100),
		Uses:         make(map[*ast.Ident]types.Object, size/19),
		Implicits:    map[ast.Node]types.Object{},
		Instances:    map[*ast.Ident]types.Instance{},
		Selections:   make(map[*ast.SelectorExpr]*types.Selection, size/120),
		FileVersions: map[*ast.File]string{},
	}
	if !p.factsOnly {
		info.Scopes = map[ast.Node]*types.Scope{}
	}
	return info
}

// exportData imports packages from what the compiler has written about them.
type exportData struct {
	p       *pkg
	imports map[string]*types.Package
}

func (e *exportData) Import(path string) (*types.Package, error) {
	real, ok := e.p.cfg.ImportMap[path]
	if !ok {
		return nil, fmt.Errorf("can't resolve import %q", path)
	}
	if real == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg := e.imports[real]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	f, err := os.Open(e.p.cfg.PackageFile[real])
	if err != nil {
		return nil, fmt.Errorf("no export data of %q: %w", real, err)
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("export data of %q: %w", real, err)
	}
	return gcexportdata.Read(r, e.p.fset, e.imports, real)
}

// result is what an analyzer made of the package.
type result struct {
	analyzer *analysis.Analyzer
	value    any
	err      error
	diags    []analysis.Diagnostic
}

// analyze runs the analyzers, each after those that it requires. Of a dependency only facts are wanted.
func (p *pkg) analyze(analyzers []*analysis.Analyzer) []*result {
	done := map[*analysis.Analyzer]*result{}
	if p.factsOnly {
		analyzers = withFacts(analyzers)
	}
	var out []*result
	for _, a := range analyzers {
		out = append(out, p.run(a, done))
	}
	return out
}

// withFacts returns the analyzers that have facts, of the given ones and of those that they require.
func withFacts(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	var out []*analysis.Analyzer
	for _, a := range analyzers {
		if len(a.FactTypes) > 0 {
			out = append(out, a)
		} else {
			out = append(out, withFacts(a.Requires)...)
		}
	}
	return out
}

func (p *pkg) run(a *analysis.Analyzer, done map[*analysis.Analyzer]*result) *result {
	if r := done[a]; r != nil {
		return r
	}
	r := &result{analyzer: a}
	done[a] = r
	inputs := map[*analysis.Analyzer]any{}
	for _, req := range a.Requires {
		got := p.run(req, done)
		if got.err != nil {
			r.err = fmt.Errorf("failed prerequisite: %s", req.Name)
			return r
		}
		inputs[req] = got.value
	}
	r.value, r.err = a.Run(p.pass(a, inputs, r))
	return r
}

func (p *pkg) pass(a *analysis.Analyzer, inputs map[*analysis.Analyzer]any, r *result) *analysis.Pass {
	module := p.cfg.Module
	if module == nil && p.cfg.ModulePath != "" {
		module = &analysis.Module{Path: p.cfg.ModulePath, Version: p.cfg.ModuleVersion, GoVersion: p.cfg.GoVersion}
	}
	return &analysis.Pass{
		Analyzer: a, Fset: p.fset, Files: p.files, OtherFiles: p.cfg.NonGoFiles, IgnoredFiles: p.cfg.IgnoredFiles,
		Pkg: p.types, TypesInfo: p.info, TypesSizes: p.sizes, ResultOf: inputs, ReadFile: os.ReadFile, Module: module,
		Report:           func(d analysis.Diagnostic) { r.diags = append(r.diags, d) },
		ImportObjectFact: p.facts.read,
		ExportObjectFact: p.export,
	}
}

// export keeps a fact about an object of this package. One about another's is a mistake of the analyzer, at which the drivers of x/tools panic, too.
func (p *pkg) export(obj types.Object, fact analysis.Fact) {
	if obj.Pkg() != p.types {
		panic(fmt.Sprintf("a fact about %v, which is of another package", obj))
	}
	p.facts.add(obj, fact)
}
