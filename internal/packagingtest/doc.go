// Package packagingtest tries what other systems read of this repository: the hook of pre-commit, the GitHub action, the configuration of goreleaser, and
// the Dockerfile. It needs pre-commit, shellcheck, npx and git on PATH, and minutes the first time:
//
//	go -C internal/packagingtest test -count=1 ./...
//
// It is a module of its own, so that nobody who installs mapguard gets goreleaser.
package packagingtest
