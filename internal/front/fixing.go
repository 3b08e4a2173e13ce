package front

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/mapguard/mapguard/internal/front/fix"
	"github.com/mapguard/mapguard/internal/front/write"
)

// fix applies or prints the fixes of what is found.
func (a *app) fix(ctx context.Context, args []string) (int, error) {
	o, exclude, err := a.options(args, "fix")
	if err != nil {
		return exitFailed, err
	}
	if len(o.patterns) == 0 {
		return exitFailed, errors.New("fix what? name packages, as in: mapguard fix ./...")
	}
	if o.overlay != "" {
		return exitFailed, errors.New("the files that an overlay puts in the place of others can't be fixed through it: leave -overlay out")
	}
	for _, name := range o.only {
		switch {
		case find(name, a.checks) != nil:
			o.tool = append(o.tool, "-"+name)
		case find(name, a.others()) != nil:
			o.own = append(o.own, "-"+name)
		default:
			return exitFailed, fmt.Errorf("-check: there is no check %q; mapguard -h lists them", name)
		}
	}
	res, err := a.analyse(ctx, o)
	if err != nil {
		return exitFailed, err
	}
	plan := fix.Make(filter(res.Findings, exclude), os.ReadFile)
	code := exitClean
	switch {
	case o.diff:
		if err := a.diff(plan); err != nil {
			return exitFailed, err
		}
		if len(plan.Files) > 0 {
			code = exitFindings
		}
	case len(plan.Files) > 0:
		if err := a.apply(ctx, o, plan); err != nil {
			return exitFailed, err
		}
		if !res.Incomplete {
			if err := a.verify(ctx, o, plan); err != nil {
				return exitFailed, err
			}
		}
		a.done(plan)
	}
	a.left(plan, o.diff)
	switch {
	case res.Incomplete:
		fmt.Fprintln(a.stderr, "mapguard: not everything could be analysed: see above")
		return exitFailed, nil
	case len(plan.Left) > 0:
		code = exitFindings
	}
	return code, nil
}

func (a *app) diff(plan *fix.Plan) error {
	for _, f := range plan.Files {
		name := filepath.ToSlash(here(f.Name))
		if _, err := a.stdout.Write(diff.Diff("a/"+name, f.Old, "b/"+name, f.New)); err != nil {
			return err
		}
	}
	return nil
}

// apply writes the files, unless that could bury changes that are nowhere else.
func (a *app) apply(ctx context.Context, o *options, plan *fix.Plan) error {
	var names []string
	content := map[string][]byte{}
	for _, f := range plan.Files {
		names = append(names, f.Name)
		content[f.Name] = f.New
	}
	if !o.force {
		if changed := uncommitted(ctx, names); len(changed) > 0 {
			return fmt.Errorf("the git tree has changes that are not committed (%s): commit or stash them, so that the fixes can be seen and undone, or add -force; -diff shows the fixes",
				some(changed))
		}
	}
	if err := write.Files(content, names); err != nil {
		return fmt.Errorf("fixing: %w; -diff shows the fixes, for git apply elsewhere", err)
	}
	return nil
}

// verify analyses the packages again. If they don't compile any more it puts the old files back: the other files of a package can make a fix wrong
// that is right where it is made.
func (a *app) verify(ctx context.Context, o *options, plan *fix.Plan) error {
	again, err := a.analyse(ctx, o)
	if err == nil && !again.Incomplete {
		return nil
	}
	var names []string
	old := map[string][]byte{}
	for _, f := range plan.Files {
		names = append(names, f.Name)
		old[f.Name] = f.Old
	}
	if err := write.Files(old, names); err != nil {
		return fmt.Errorf("the fixes leave code that does not compile, and they can't be taken back: %w", err)
	}
	if err != nil {
		return fmt.Errorf("the fixes could not be checked, so the files are as they were: %w", err)
	}
	return errors.New("with the fixes the code does not compile (see above), so the files are as they were: try them one check at a time, by -check")
}

// done says what was fixed.
func (a *app) done(plan *fix.Plan) {
	for _, f := range plan.Applied {
		pos := f.Pos
		pos.File = here(pos.File)
		fmt.Fprintf(a.stdout, "%s: fixed: %s (%s)\n", pos, f.Fixes[0].Message, f.Check)
	}
}

// left says what stays.
func (a *app) left(plan *fix.Plan, only bool) {
	for _, l := range plan.Left {
		pos := l.Pos
		pos.File = here(pos.File)
		fmt.Fprintf(a.stderr, "%s: not fixed: %s (%s)\n\t%s\n", pos, l.Message, l.Check, l.Why)
	}
	verb := "fixed"
	if only {
		verb = "can be fixed"
	}
	fmt.Fprintf(a.stderr, "mapguard: %s %s in %s, %d left\n", count(len(plan.Applied), "finding"), verb, count(len(plan.Files), "file"), len(plan.Left))
}

// here returns name relative to where one stands, if it is below.
func here(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return name
	}
	r, err := filepath.Rel(dir, name)
	if err != nil || len(r) > len(name) {
		return name
	}
	return r
}

// uncommitted returns the files with changes that git doesn't hold, in the repositories of the named files, which themselves must be held. Without git
// there is nothing to ask.
func uncommitted(ctx context.Context, names []string) []string {
	var out []string
	asked := map[string]bool{}
	for _, name := range names {
		dir := filepath.Dir(name)
		if !asked[dir] {
			asked[dir] = true
			out = append(out, status(ctx, dir, "--untracked-files=no")...)
		}
		out = append(out, status(ctx, dir, "--untracked-files=all", "--", filepath.Base(name))...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func status(ctx context.Context, dir string, args ...string) []string {
	cmd := exec.CommandContext(ctx, "git", append([]string{"status", "--porcelain", "-z"}, args...)...)
	cmd.Dir = dir
	text, err := cmd.Output()
	if err != nil {
		return nil
	}
	var out []string
	for _, entry := range bytes.Split(text, []byte{0}) {
		if len(entry) > 3 {
			out = append(out, string(entry[3:]))
		}
	}
	return out
}

// some names the first few.
func some(names []string) string {
	if len(names) > 3 {
		return strings.Join(names[:3], ", ") + fmt.Sprintf(" and %d more", len(names)-3)
	}
	return strings.Join(names, ", ")
}
