package unguardedmap

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/models"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

//go:embed doc.go
var source string

// Analyzer reports maps that two goroutines can touch with no lock in common.
var Analyzer = &analysis.Analyzer{
	Name:     "unguardedmap",
	Doc:      report.Doc(source, "unguardedmap"),
	URL:      report.URL("unguardedmap"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      run,
}

func init() {
	Analyzer.Flags.BoolVar(&summary.WithStd, "std", false, "analyse packages of the standard library, too")
	Analyzer.Flags.BoolVar(&strict, "strict", false, "report maps with no lock that exported functions touch, even if no goroutine is in sight")
	Analyzer.Flags.Var(&fixWith, "fix", "what a map that has no lock gets: lock (the default), `syncmap` or xsync, a map of github.com/puzpuzpuz/xsync/v4")
	Analyzer.Flags.Var(modelsFlag{}, "models", "`file` with what is known of more functions, as docs/models.md says")
}

// modelsFlag is the file with more rows for the table of models.
type modelsFlag struct{}

func (modelsFlag) String() string     { return models.Used() }
func (modelsFlag) Set(s string) error { return models.Use(s) }

// Pin returns s with the hash of the file's content, which the go command's cache doesn't know of otherwise. The front end asks for it.
func (modelsFlag) Pin(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	return models.Pin(s)
}

// Under returns the file as a configuration in dir names it.
func (modelsFlag) Under(dir, s string) string {
	if s == "" || filepath.IsAbs(s) {
		return s
	}
	return filepath.Join(dir, s)
}

func run(pass *analysis.Pass) (any, error) {
	res := summary.Of(pass)
	r := &reporter{pass: pass, res: res, out: report.New(pass), callers: pairs.NewCallers(res.Funcs), comes: map[*pairs.Touch]bool{}}
	r.mend = newMender(r)
	r.out.Errors(res)
	pool := pairs.New(res)
	for _, f := range res.Funcs {
		r.out.Try(f.Pos, f.Name, func() {
			for _, group := range pool.Activation(f) {
				found := r.judge(group, true, pairs.SameMemory)
				if len(found) == 0 {
					found = letGo(group)
				}
				r.races(slices.DeleteFunc(found, r.elsewhere), group.Touches)
			}
		})
	}
	r.shared = pool.Shared()
	for _, group := range r.shared {
		r.out.Try(res.At(group.Touches[0].Pos), report.Short(group.Loc), func() { r.location(group) })
	}
	for _, c := range res.NoLocks() {
		r.out.Add(fmt.Sprint(pass.Fset.Position(c.Pos)), analysis.Diagnostic{Pos: c.Pos, Message: "the comment says that " + c.Says + ", and there is no such lock"})
	}
	r.flush()
	return nil, nil
}
