// Package front is the program that a person runs: it reads the command line, has go vet do the work, and shows what it found.
package front

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// The exit codes.
const (
	exitClean       = 0
	exitFindings    = 1
	exitFailed      = 2   // something could not be run or analysed
	exitInterrupted = 130 // as the shells have it
)

// guardsFlag is the flag that adds what an editor shows besides findings. It is for mapguard lsp, and not in the manual.
const guardsFlag = "tell-guards"

// depsFlag is the flag that has the tool tell of dependencies, see unit.Job. Whoever passes it to vet.Run gets the findings of what was asked for.
const depsFlag = "tell-dependencies"

// statsFlag is the flag that adds what was not understood.
const statsFlag = "stats"

// app is one run of the program.
type app struct {
	checks []*analysis.Analyzer
	guards *analysis.Analyzer
	stats  *analysis.Analyzer
	stdout io.Writer
	stderr io.Writer

	ownOnce sync.Once
	own     []*analysis.Analyzer // see others
}

// Main runs the program with the given arguments and returns its exit code. It does not return when the go command calls it as a vet tool. The analyzer
// guards tells which lock guards each map, and stats what was not understood.
//
// Of a package that unread holds for, the go command gets no facts.
func Main(args []string, checks []*analysis.Analyzer, guards, stats *analysis.Analyzer, unread func(path string) bool) int {
	if speaksVet(args) {
		if job, file := vetJob(args, added(args, checks, guards, stats)); job != nil {
			job.Unread = unread
			return job.Run(file)
		}
		if factsOnly(args) {
			checks = silent(checks)
		}
		flag.Bool(guardsFlag, false, "for mapguard lsp: say which lock guards each map, too")
		flag.Bool(depsFlag, false, "for mapguard itself: have findings of dependencies kept in the cache, too")
		flag.Bool(statsFlag, false, "say what was not understood, too, so that nothing is reported of it")
		unitchecker.Main(added(args, checks, guards, stats)...)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{checks: checks, guards: guards, stats: stats, stdout: os.Stdout, stderr: os.Stderr}
	code, err := a.command(ctx, args)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(os.Stderr, "mapguard: interrupted")
		return exitInterrupted
	case errors.Is(err, flag.ErrHelp):
		a.usage(os.Stdout)
		return exitClean
	case err != nil:
		fmt.Fprintln(os.Stderr, "mapguard:", err)
		return exitFailed
	}
	return code
}

func (a *app) command(ctx context.Context, args []string) (int, error) {
	if len(args) == 0 {
		fmt.Fprintln(a.stderr, "usage: mapguard [flags] packages, as in: mapguard ./...\nmapguard -h tells more.")
		return exitFailed, nil
	}
	switch args[0] {
	case "help":
		return a.help(ctx, args[1:])
	case "fix":
		return a.fix(ctx, args[1:])
	case "lsp":
		return a.lsp(ctx, args[1:])
	case "completion":
		return a.completion(args[1:])
	case "version":
		return exitClean, a.version()
	}
	return a.run(ctx, args)
}

// speaksVet reports whether the go command calls us as its vet tool.
func speaksVet(args []string) bool {
	return len(args) > 0 && strings.HasSuffix(args[len(args)-1], ".cfg") || slices.Contains(args, "-V=full") || slices.Contains(args, "-flags")
}

// added returns the checks and what flags add to them.
func added(args []string, checks []*analysis.Analyzer, guards, stats *analysis.Analyzer) []*analysis.Analyzer {
	if slices.Contains(args, "-"+guardsFlag+"=true") {
		checks = append(slices.Clip(checks), guards)
	}
	if slices.Contains(args, "-"+statsFlag) || slices.Contains(args, "-"+statsFlag+"=true") {
		checks = append(slices.Clip(checks), stats)
	}
	return checks
}
