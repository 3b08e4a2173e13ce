// Package ignoredirective defines an Analyzer that finds //mapguard:ignore directives that are written wrongly.
//
// # Analyzer ignoredirective
//
// ignoredirective: find //mapguard:ignore directives that are written wrongly
//
// What it does: it reports a directive that names no check or an unknown one, gives no reason, or is misspelled. Such a directive silences
// nothing. (One that is written rightly, but stands where nothing is found, is reported by the check that it names.)
//
// Why this is bad: whoever wrote it believes that the finding is dealt with; whoever reads it learns nothing.
//
// Wrong:
//
//	return s.sessions[id] //mapguard:ignore unguardedmap
//
// Right:
//
//	return s.sessions[id] //mapguard:ignore unguardedmap Start fills it before any goroutine runs
//
// A directive covers the line that it ends; or, on a line of its own, the declaration or simple statement that begins on the next line, and of a
// longer statement the first line. At a struct field or package variable it covers what is found about that map in the package, wherever.
//
// Known problems: none.
package ignoredirective
