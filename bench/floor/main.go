// The floor command is a vet tool that does nothing: what it takes, the unitchecker takes to load packages.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() {
	unitchecker.Main(&analysis.Analyzer{
		Name: "nothing", Doc: "do nothing", Run: func(*analysis.Pass) (any, error) { return nil, nil },
	})
}
