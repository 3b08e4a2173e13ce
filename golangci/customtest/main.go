// The customtest command is golangci-lint with mapguard built in, as golangci-lint custom makes it. Its tests run it. They take a few minutes and
// go through the network the first time, so they are no part of go test ./... above:
//
//	go -C golangci/customtest test -count=1 ./...
//
// It is a module of its own, so that nobody who installs mapguard gets the 400 modules of golangci-lint.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/mapguard/mapguard/golangci"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{GoVersion: "go1.26", Version: "v2.15.0-custom-mapguard", Commit: "?", Date: "?"}); err != nil {
		fmt.Fprintln(os.Stderr, "The command is terminated due to an error:", err)
		os.Exit(exitcodes.Failure)
	}
}
