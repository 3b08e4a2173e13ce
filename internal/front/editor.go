package front

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/mapguard/mapguard/internal/front/baseline"
	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/lsp"
	"github.com/mapguard/mapguard/internal/front/source"
	"github.com/mapguard/mapguard/internal/front/vet"
)

// lsp is a language server on standard input and output.
func (a *app) lsp(ctx context.Context, args []string) (int, error) {
	o, err := a.parse(args, "lsp")
	if err != nil {
		return exitFailed, err
	}
	if len(o.patterns) > 0 {
		return exitFailed, fmt.Errorf("mapguard lsp speaks to an editor, which says what to analyse: leave %s out", o.patterns[0])
	}
	if o.overlay != "" {
		return exitFailed, errors.New("mapguard lsp makes an overlay itself, of what is not saved: leave -overlay out")
	}
	if o.chdir != "" {
		return exitFailed, errors.New("mapguard lsp works in the folders that the editor names: leave -C out")
	}
	self, err := os.Executable()
	if err != nil {
		return exitFailed, fmt.Errorf("can't find its own binary, which go vet must run: %w", err)
	}
	err = lsp.Serve(ctx, stdio{os.Stdin, a.stdout}, lsp.Options{
		Version: version().number, Checks: described(a.checks), Others: described(a.others()), Pause: o.pause,
		Analyse: func(ctx context.Context, req lsp.Request) (*lsp.Result, error) {
			return a.forEditor(ctx, self, args, req)
		},
	})
	if err != nil {
		return exitFindings, err
	}
	return exitClean, nil
}

// stdio is standard input and output as one stream.
type stdio struct {
	io.Reader
	io.Writer
}

// Close does nothing: the process ends.
func (stdio) Close() error { return nil }

// forEditor analyses with the configuration that there is where the packages are.
func (a *app) forEditor(ctx context.Context, self string, args []string, req lsp.Request) (*lsp.Result, error) {
	o, err := a.parse(args, "lsp")
	if err != nil {
		return nil, err
	}
	o, exclude, err := a.optionsIn(req.Dir, o, args, "lsp")
	if err != nil {
		return nil, err
	}
	if req.Overlay != "" {
		o.build = append(o.build, "-overlay="+req.Overlay)
	}
	var says bytes.Buffer
	res, err := a.runVet(ctx, o, vet.Request{
		Tool: self, Dir: req.Dir, Build: o.build, Flags: append(o.tool, "-"+guardsFlag+"=true", "-"+depsFlag+"=true"), Patterns: req.Patterns, Overlay: req.Overlay,
		Stderr: &says, Progress: req.Progress,
	})
	if err != nil {
		return nil, err
	}
	for _, f := range res.Failed {
		fmt.Fprintf(&says, "mapguard: the check %s failed on %s: %s\n", f.Check, f.Package, f.Message)
	}
	out := &lsp.Result{Incomplete: res.Incomplete, Says: says.String(), Instead: res.Instead}
	for _, f := range res.Findings {
		if f.Check == a.guards.Name {
			out.Guards = append(out.Guards, f)
		}
	}
	out.Findings = filter(res.Findings, exclude)
	out.Findings = slices.DeleteFunc(out.Findings, func(f finding.Finding) bool { return f.Check == a.guards.Name })
	if o.baseline != "" {
		known, err := baseline.Read(o.baseline)
		if err != nil {
			return nil, err
		}
		out.Findings = known.Filter(out.Findings, &source.Cache{Instead: res.Instead})
	}
	return out, nil
}
