// Package unit analyses one package for the go command, as a vet tool does.
//
// It does what golang.org/x/tools' unitchecker does, for less. The unitchecker parses and type-checks every dependency, the standard library
// included, and writes the types that its importers will read. Up to Go 1.26 the go command hands the compiler's own export data to vet tools, so
// the types of imports are there already, and a dependency that has nothing to say is left unread.
package unit

import (
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"os"

	"golang.org/x/tools/go/analysis"
)

// config is the part of the go command's description of a package that is used here.
type config struct {
	ID            string // "fmt [fmt.test]"
	ImportPath    string
	GoVersion     string // of the language: "go1.21"
	GoFiles       []string
	NonGoFiles    []string
	IgnoredFiles  []string
	ModulePath    string
	ModuleVersion string
	Module        *analysis.Module
	ImportMap     map[string]string // import path in the source to package path
	PackageFile   map[string]string // package path to the file with its export data
	PackageVetx   map[string]string // package path to the file with its facts
	Standard      map[string]bool   // packages of the standard library, of those imported
	VetxOnly      bool              // a dependency: facts, no diagnostics
	VetxOutput    string            // where to write facts
	Stdout        string            // what to write instead of stdout, if not empty
}

// Job is what to do with a package.
type Job struct {
	Analyzers []*analysis.Analyzer
	JSON      bool
	Context   int // lines of source around each diagnostic in plain text; negative: not even its own
	// Dependencies: with JSON, what is found in dependencies of the main module is printed, too. From Go 1.26 on the go command keeps what a tool has printed,
	// and it does not run the tool again on a package that was a dependency and is now asked for: what was not printed then is never seen. Whoever wants this
	// has to leave out what was not asked for.
	Dependencies bool
	// Unread reports whether the package of this path has no facts, whatever is in it.
	Unread func(path string) bool
}

// Run analyses the package that the file describes, and returns the exit code.
func (j *Job) Run(file string) int {
	cfg, err := readConfig(file)
	if err == nil {
		var diagnosed bool
		if diagnosed, err = j.run(cfg); diagnosed {
			return 1
		}
	}
	if err == nil {
		return 0
	}
	if cfg == nil || !cfg.VetxOnly {
		fmt.Fprintln(os.Stderr, err) // type errors begin with a position, as the go command wants them
	}
	return 1
}

func readConfig(file string) (*config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	cfg := new(config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	return cfg, nil
}

func (j *Job) run(cfg *config) (diagnosed bool, err error) {
	if cfg.VetxOnly && j.Unread(cfg.ImportPath) {
		return false, os.WriteFile(cfg.VetxOutput, nil, 0o666)
	}
	paceGC(cfg.GoFiles)
	p := &pkg{cfg: cfg, fset: token.NewFileSet(), factsOnly: cfg.VetxOnly && !(j.Dependencies && j.JSON && cfg.mayBeAskedFor())}
	if err := p.parse(); err != nil {
		return false, err
	}
	if p.facts, err = readFacts(cfg.PackageVetx); err != nil {
		return false, err
	}
	if err := p.check(); err != nil {
		return false, err
	}
	results := p.analyze(j.Analyzers)
	if err := p.writeFacts(); err != nil {
		return false, err
	}
	if p.factsOnly {
		return false, nil
	}
	if j.JSON {
		return false, p.printJSON(results)
	}
	return p.printText(results, j.Context)
}

// parse parses the files. Comments hold directives, which matter where findings are reported.
func (p *pkg) parse() error {
	mode := parser.SkipObjectResolution
	if !p.factsOnly {
		mode |= parser.ParseComments
	}
	for _, name := range p.cfg.GoFiles {
		f, err := parser.ParseFile(p.fset, name, nil, mode)
		if err != nil {
			return err
		}
		p.files = append(p.files, f)
	}
	return nil
}
