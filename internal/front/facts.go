package front

import (
	"encoding/json"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// factsOnly reports whether the go command asks for the facts of a dependency, of which nothing is reported.
func factsOnly(args []string) bool {
	file := args[len(args)-1]
	if !strings.HasSuffix(file, ".cfg") {
		return false
	}
	var unit struct{ VetxOnly bool }
	data, err := os.ReadFile(file)
	return err == nil && json.Unmarshal(data, &unit) == nil && unit.VetxOnly
}

// silent returns the checks without what they do themselves. What they require is run, for its facts: the unitchecker would run the checks, too,
// and drop what they report.
func silent(checks []*analysis.Analyzer) []*analysis.Analyzer {
	out := make([]*analysis.Analyzer, len(checks))
	for i, check := range checks {
		quiet := *check
		if len(check.FactTypes) == 0 && check.ResultType == nil {
			quiet.Run = func(*analysis.Pass) (any, error) { return nil, nil }
		}
		out[i] = &quiet
	}
	return out
}
