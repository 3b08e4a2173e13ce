// Package iter is a stub with the shape of github.com/sourcegraph/conc/iter.
package iter

func ForEach[T any](input []T, f func(*T)) {}
