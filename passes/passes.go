// Package passes lists the checks.
package passes

import (
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/passes/lockbalance"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// All is every check, in the order in which help lists them.
var All = []*analysis.Analyzer{
	unguardedmap.Analyzer,
	lockbalance.Analyzer,
}
