package front

import (
	"flag"
	goversion "go/version"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/unit"
)

// vetJob returns what the go command asks for with args, and about which package, if package unit can do it. If not, the unitchecker of x/tools can,
// at a higher price: -fix and -diff, and Go 1.27 with all that comes after it, which give vet tools no export data.
//
// All runs for one go vet must agree, since they read each other's facts: they get the same flags and the same environment.
func vetJob(args []string, checks []*analysis.Analyzer) (job *unit.Job, file string) {
	if !givesExportData(os.Getenv("GOVERSION")) || !strings.HasSuffix(args[len(args)-1], ".cfg") {
		return nil, ""
	}
	job = &unit.Job{}
	set := flag.NewFlagSet("vet", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.BoolVar(&job.JSON, "json", false, "")
	set.IntVar(&job.Context, "c", -1, "")
	set.BoolVar(&job.Dependencies, depsFlag, false, "")
	set.Bool(guardsFlag, false, "") // see added
	set.Bool(statsFlag, false, "")
	chosen := choose(set, checks)
	if set.Parse(args) != nil || set.NArg() != 1 {
		return nil, ""
	}
	job.Analyzers = chosen()
	return job, set.Arg(0)
}

// givesExportData reports whether the go command of this version hands vet tools the compiler's export data.
func givesExportData(v string) bool {
	return goversion.IsValid(v) && goversion.Compare(v, "go1.21") >= 0 && goversion.Compare(v, "go1.27") < 0
}

// choose defines the flags of the checks and those that choose checks: with some of them set, those are run; with some set to false, all others are.
func choose(set *flag.FlagSet, checks []*analysis.Analyzer) func() []*analysis.Analyzer {
	picked := map[string]bool{}
	some := false
	for _, c := range checks {
		set.BoolFunc(c.Name, "", func(text string) error {
			on, err := strconv.ParseBool(text)
			picked[c.Name] = on
			some = some || on
			return err
		})
		c.Flags.VisitAll(func(f *flag.Flag) { set.Var(f.Value, c.Name+"."+f.Name, "") })
	}
	return func() []*analysis.Analyzer {
		var out []*analysis.Analyzer
		for _, c := range checks {
			if on, said := picked[c.Name]; on || !some && !said {
				out = append(out, c)
			}
		}
		return out
	}
}
