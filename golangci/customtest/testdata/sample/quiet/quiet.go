// Package quiet is wrong, and says why that is no matter.
package quiet

// Count counts words.
func Count(words []string) map[string]int {
	m := map[string]int{}
	for _, w := range words {
		go func() { m[w]++ }() //nolint:mapguard // the sample's reason
	}
	return m
}
