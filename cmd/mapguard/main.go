package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mapguard/mapguard/passes/unguardedmap"
)

func main() { unitchecker.Main(unguardedmap.Analyzer) }
