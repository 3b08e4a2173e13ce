// Package vet runs go vet with this program as its tool and decodes what it finds.
//
// There is no second loader: the go command builds, caches and runs in parallel, so the findings are those of go vet -vettool, and memory is that of
// one package.
package vet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Request says what to analyse.
type Request struct {
	Tool     string   // the path of the vet tool, absolute; empty: the go command's own
	Dir      string   // where to run; empty: here
	Build    []string // build flags, for go list, too
	Flags    []string // flags of the checks
	Patterns []string
	Overlay  string             // the file of -overlay, if it is in Build
	Stderr   io.Writer          // gets what the go command says, as it says it
	Progress func(packages int) // if set, is told how many packages are done
}

// Result is what a run found.
type Result struct {
	Findings []finding.Finding
	Failed   []AnalysisError
	Packages int // that were analysed
	// Incomplete says that something could not be analysed. The go command, or Failed, has said what.
	Incomplete bool
	// Instead names, for each file of the overlay, the one that was read in its place.
	Instead map[string]string
}

const noGo = "can't run the go command, which mapguard needs on PATH: %w"

// Run analyses the packages. An error means that the go command could not be run or understood; that packages do not compile is none.
func Run(ctx context.Context, req Request) (*Result, error) {
	listing := make(chan packages, 1)
	go func() { listing <- req.list(ctx) }()
	res, err := req.vet(ctx, req.Patterns)
	if err != nil {
		return nil, err
	}
	listed := <-listing
	// The go command gives up at once if any package can't be loaded, as with an import that no module provides. The others are still wanted.
	if res.Incomplete && res.Packages == 0 && ctx.Err() == nil {
		if good := req.loadable(listed); len(good) > 0 {
			rest, err := req.vet(ctx, good)
			if err != nil {
				return nil, err
			}
			rest.Incomplete = true
			res = rest
		}
	}
	res.only(listed)
	if req.Overlay != "" {
		if res.Instead, err = readOverlay(req.Overlay, req.Dir); err != nil {
			return nil, err
		}
		res.unmap()
	}
	finding.Sort(res.Findings)
	return res, nil
}

// asIs undoes a -trimpath: with it the go command takes equal packages of two directories for one, and replays findings that name the files of the other.
var asIs = []string{"-trimpath=false"}

// tool returns the command that runs the tool.
func (req *Request) tool() []string {
	if req.Tool == "" {
		return []string{"vet"}
	}
	return []string{"vet", "-vettool=" + req.Tool}
}

// vet runs go vet once.
func (req *Request) vet(ctx context.Context, patterns []string) (*Result, error) {
	args := slices.Concat(req.tool(), []string{"-json"}, req.Build, asIs, req.Flags, []string{"--"}, patterns)
	cmd := req.command(ctx, args...)
	stdout := counter{tell: req.Progress}
	cmd.Stdout, cmd.Stderr = &stdout, req.Stderr
	incomplete := false
	if err := cmd.Run(); err != nil {
		var exit *exec.ExitError
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.As(err, &exit) {
			return nil, fmt.Errorf(noGo, err)
		}
		incomplete = true
	}
	res, err := Decode(&stdout.buf)
	if err != nil {
		return nil, err
	}
	res.Incomplete = incomplete || len(res.Failed) > 0
	return res, nil
}

// counter is a buffer that counts the packages in go vet's output as they come: an object ends with a line that is its brace.
type counter struct {
	buf  bytes.Buffer // not embedded: its ReadFrom would go past Write
	tell func(packages int)
	done int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.buf.Write(p)
	if c.tell != nil {
		c.done += bytes.Count(p, []byte("\n}\n")) + bytes.Count(p, []byte("{}\n"))
		c.tell(c.done)
	}
	return n, err
}

func (req *Request) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = req.Dir
	// An interrupt lets the go command remove its temporary files, which a kill doesn't.
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// packages are the import paths of those that are asked for, and whether each loads with all that it imports; nil if the go command can't tell.
type packages map[string]bool

func (req *Request) list(ctx context.Context) packages {
	args := slices.Concat([]string{"list", "-e", "-f={{if .Incomplete}}!{{end}}{{.ImportPath}}"}, req.Build, []string{"--"}, req.Patterns)
	out, err := req.command(ctx, args...).Output()
	if err != nil {
		return nil
	}
	listed := packages{}
	for line := range strings.Lines(string(out)) {
		path, broken := strings.CutPrefix(strings.TrimSpace(line), "!")
		listed[path] = !broken
	}
	return listed
}

// only drops what was found in packages that were not asked for: the tool may tell of dependencies.
func (res *Result) only(asked packages) {
	if asked == nil {
		return // rare, since go vet has got through: too much is better than nothing
	}
	other := func(id string) bool {
		path := tested(id)
		_, ok := asked[path]
		_, outer := asked[strings.TrimSuffix(path, "_test")] // the go command tells of tests in a package of their own as "p_test"
		return !ok && !outer
	}
	res.Findings = slices.DeleteFunc(res.Findings, func(f finding.Finding) bool { return other(f.Package) })
	res.Failed = slices.DeleteFunc(res.Failed, func(f AnalysisError) bool { return other(f.Package) })
	if !res.Incomplete {
		res.Packages = len(asked)
	}
}

// tested returns the import path of the package that a package of the go command is, or tests: of "p [p.test]" and of "p_test [p.test]" that is p.
func tested(id string) string {
	_, test, ok := strings.Cut(id, " [")
	if !ok {
		return id
	}
	return strings.TrimSuffix(test, ".test]")
}

// loadable returns the import paths of the packages that load with all that they import, nil if all do: then it is something else that failed. Tests
// that don't load are no matter here: go vet reports each and goes on.
func (req *Request) loadable(listed packages) []string {
	for _, p := range req.Patterns {
		if strings.HasSuffix(p, ".go") {
			return nil // files make one package
		}
	}
	var good []string
	for path, loads := range listed {
		if loads && path != "" {
			good = append(good, path)
		}
	}
	if len(good) == len(listed) {
		return nil
	}
	slices.Sort(good)
	return good
}

// readOverlay reads the file of an overlay, whose paths are relative to dir.
func readOverlay(file, dir string) (map[string]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the overlay: %w", err)
	}
	var o struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &o); err != nil {
		return nil, fmt.Errorf("reading the overlay %s: %w", file, err)
	}
	abs := func(name string) (string, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(dir, name)
		}
		return filepath.Abs(name)
	}
	instead := map[string]string{}
	for name, by := range o.Replace {
		to, err1 := abs(name)
		from, err2 := abs(by)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		instead[to] = from
	}
	return instead, nil
}

// unmap turns the positions in the files of the overlay into those of the files that they replace.
func (res *Result) unmap() {
	back := map[string]string{}
	for name, by := range res.Instead {
		back[by] = name
	}
	at := func(name *string) {
		if file, ok := back[*name]; ok {
			*name = file
		}
	}
	for i := range res.Findings {
		f := &res.Findings[i]
		at(&f.Pos.File)
		at(&f.End.File)
		for j := range f.Related {
			at(&f.Related[j].Pos.File)
			at(&f.Related[j].End.File)
		}
		for j := range f.Fixes {
			for k := range f.Fixes[j].Edits {
				at(&f.Fixes[j].Edits[k].File)
			}
		}
	}
}
