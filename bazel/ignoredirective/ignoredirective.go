// Package ignoredirective exports the check of the directives that silence others, for Bazel's nogo, which wants a variable Analyzer in a package of its
// own. The others have one where they are. This one knows their names, so it can't.
package ignoredirective

import "github.com/mapguard/mapguard/passes"

// Analyzer is the last of passes.All.
var Analyzer = passes.All[len(passes.All)-1]
