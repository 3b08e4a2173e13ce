// Package use is wrong only because of what package lib does.
package use

import "example.com/sample/lib"

// Count counts words.
func Count(words []string) map[string]int {
	m := map[string]int{}
	for _, w := range words {
		lib.Async(func() { m[w]++ })
	}
	return m
}
