// The mapguard command finds maps that two goroutines can touch with no lock in common.
//
// Usage:
//
//	mapguard [vet flags] [packages]
//	go vet -vettool=$(which mapguard) [packages]
//
// By hand it runs go vet with itself as the tool: results are the same everywhere, cached by the go command, and take the memory of one package.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/mapguard/mapguard/passes"
)

func main() {
	if speaksVet(os.Args[1:]) {
		unitchecker.Main(passes.All...)
	}
	os.Exit(runVet(os.Args[1:]))
}

// speaksVet reports whether the go command calls us as a vet tool, or a person asks for the tool's own help.
func speaksVet(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == "help" {
		return true
	}
	return slices.ContainsFunc(args, func(a string) bool {
		return a == "-V=full" || a == "-flags" || strings.HasSuffix(a, ".cfg")
	})
}

// runVet runs go vet over the packages with this program as its tool. It returns the exit code: 0 for clean, 1 for findings, 2 if the
// run could not be made.
func runVet(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "usage: mapguard [vet flags] packages, as in: mapguard ./...\n       mapguard help unguardedmap")
		return 2
	}
	self, err := os.Executable()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mapguard: can't find its own binary, which go vet must run:", err)
		return 2
	}
	cmd := exec.Command("go", append([]string{"vet", "-vettool=" + self}, args...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, "mapguard: can't run the go command, which it needs on PATH:", err)
	return 2
}
