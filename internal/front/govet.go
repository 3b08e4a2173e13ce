package front

import (
	"bytes"
	"context"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/vet"
)

// The checks of go vet are run by the go command's own tool, in a second run. x/tools has them as a suite that could be part of this program, but then each
// process would make its tables before main: that of the standard library's symbols alone took a quarter of the CPU of a package that we have nothing to do for, and go vet
// starts thousands.

// runVet runs our checks, as req says, and those of go vet, as the flags choose: those that are named alone, or else ours, and the others where -vet or a flag of
// theirs asks for them.
func (a *app) runVet(ctx context.Context, o *options, req vet.Request) (*vet.Result, error) {
	mine, theirs := picks(o.tool, a.checks), picks(o.own, a.own)
	second := req
	second.Tool, second.Flags = "", o.own
	switch {
	case theirs && !mine:
		return vet.Run(ctx, second)
	case !theirs && (mine || !o.vet && len(o.own) == 0):
		return vet.Run(ctx, req)
	}
	first, err := vet.Run(ctx, req)
	if err != nil {
		return nil, err
	}
	var says bytes.Buffer
	second.Stderr, second.Progress = &says, nil
	more, err := vet.Run(ctx, second)
	if err != nil {
		return nil, err
	}
	if !first.Incomplete { // else the go command has said so already
		if _, err := says.WriteTo(req.Stderr); err != nil {
			return nil, err
		}
	}
	first.Findings = append(first.Findings, more.Findings...)
	first.Failed = append(first.Failed, more.Failed...)
	first.Incomplete = first.Incomplete || more.Incomplete
	finding.Sort(first.Findings)
	return first, nil
}

// others returns the checks of go vet, as the go command on PATH has them; none if there is no such command, which whatever is run next says.
func (a *app) others() []*analysis.Analyzer {
	a.ownOnce.Do(func() { a.own, _ = vet.Own(context.Background()) })
	return a.own
}

// picks reports whether flags name one of the checks, so that those which are named run alone.
func picks(flags []string, checks []*analysis.Analyzer) bool {
	for _, f := range flags {
		name, value, _ := strings.Cut(strings.TrimPrefix(f, "-"), "=")
		if value != "false" && find(name, checks) != nil {
			return true
		}
	}
	return false
}
