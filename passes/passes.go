// Package passes lists the checks.
package passes

import (
	"github.com/mapguard/mapguard/internal/summary"
	"github.com/mapguard/mapguard/passes/ignoredirective"
	"github.com/mapguard/mapguard/passes/lockbalance"
	"github.com/mapguard/mapguard/passes/lockcopy"
	"github.com/mapguard/mapguard/passes/rlockwrite"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

// Guards is no check: it tells an editor which lock guards each map.
var Guards = unguardedmap.Guards

// Stats is no check: it tells what was not understood.
var Stats = unguardedmap.Stats

// All is every check, in the order in which help lists them, and last the one of the directives that silence the others.
var All = ignoredirective.With(
	unguardedmap.Analyzer,
	rlockwrite.Analyzer,
	lockbalance.Analyzer,
	lockcopy.Analyzer,
)

// Unread reports whether nothing is ever known of the package of this path but what the models say.
func Unread(path string) bool { return summary.Unread(path) }
