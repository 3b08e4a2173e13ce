package models

import (
	_ "embed"
	"strings"
)

// The list is that of `go list std` (Go 1.26). Asking the file system for GOROOT would make the answer depend on the environment, which
// no driver's cache key holds.
//
//go:embed std.txt
var stdList string

var std = func() map[string]bool {
	out := map[string]bool{}
	for line := range strings.Lines(stdList) {
		out[strings.TrimSpace(line)] = true
	}
	return out
}()

// IsStd reports whether the package of this path belongs to the standard library.
func IsStd(path string) bool {
	return std[path] || strings.HasPrefix(path, "vendor/") || strings.HasPrefix(path, "internal/") || strings.HasPrefix(path, "cmd/")
}
