// Package far declares an interface.
package far

// Metered counts.
type Metered interface{ CountFar(k string) }
