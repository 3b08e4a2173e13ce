// Package nogotest runs the checks under the nogo of rules_go, built from its own source, as Bazel would: a package at a time, with facts in files.
//
//	go -C internal/nogotest test -count=1 ./...
//
// It is a module of its own, so that nobody who installs mapguard gets rules_go.
package nogotest

import (
	// What nogo is built from: it is copied from these modules, and this keeps them in go.mod.
	_ "github.com/aymanbagabas/go-udiff"
	_ "github.com/bazelbuild/rules_go/go/runfiles"
	_ "golang.org/x/tools/go/analysis"

	_ "github.com/mapguard/mapguard/passes"
)
