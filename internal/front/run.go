package front

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/baseline"
	"github.com/mapguard/mapguard/internal/front/config"
	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/source"
	"github.com/mapguard/mapguard/internal/front/vet"
	"github.com/mapguard/mapguard/internal/front/write"
)

// run analyses packages and prints what was found.
func (a *app) run(ctx context.Context, args []string) (int, error) {
	o, exclude, err := a.options(args, "")
	if err != nil {
		return exitFailed, err
	}
	if o.version {
		return exitClean, a.version()
	}
	if err := o.check(); err != nil {
		return exitFailed, err
	}
	var known *baseline.Baseline
	if o.baseline != "" && o.writeBaseline == "" {
		if known, err = baseline.Read(o.baseline); err != nil {
			return exitFailed, err
		}
	}
	res, err := a.analyse(ctx, o)
	if err != nil {
		return exitFailed, err
	}
	told := a.takeStats(res)
	src := &source.Cache{Instead: res.Instead}
	n := counts{packages: res.Packages}
	shown := filter(res.Findings, exclude)
	n.excluded = len(res.Findings) - len(shown)
	if o.writeBaseline != "" {
		return a.writeBaseline(o, shown, res, src)
	}
	if known != nil {
		all := len(shown)
		shown = known.Filter(shown, src)
		n.known = all - len(shown)
	}
	if err := a.print(o, shown, res.Incomplete, src); err != nil {
		return exitFailed, err
	}
	if cmp.Or(o.format, "text") == "text" && res.Packages > 0 {
		a.summary(shown, n)
	}
	if err := a.printStats(filter(told, exclude)); err != nil {
		return exitFailed, err
	}
	switch {
	case res.Incomplete:
		fmt.Fprintln(a.stderr, "mapguard: not everything could be analysed: see above")
		a.hint(ctx)
		return exitFailed, nil
	case len(shown) > 0:
		return exitFindings, nil
	}
	return exitClean, nil
}

// options reads the command line and, before it, the configuration file. It changes to the directory that -C names, as the go command does.
func (a *app) options(args []string, command string) (*options, []config.Pattern, error) {
	o, err := a.parse(args, command)
	if err != nil {
		return nil, nil, err
	}
	if o.chdir != "" {
		if err := os.Chdir(o.chdir); err != nil {
			return nil, nil, fmt.Errorf("-C: %w", err)
		}
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, nil, err
	}
	return a.optionsIn(dir, o, args, command)
}

// optionsIn is options for somebody who stands in dir, with o as args say it.
func (a *app) optionsIn(dir string, o *options, args []string, command string) (*options, []config.Pattern, error) {
	file := o.config
	if !o.configSet {
		file = config.Find(dir)
	}
	var patterns []config.Pattern
	if file != "" {
		c, err := config.Read(file)
		if err != nil {
			return nil, nil, err
		}
		o, patterns, err = a.configured(c, args, command)
		if err != nil {
			return nil, nil, err
		}
	}
	for _, text := range o.exclude {
		p, err := config.NewPattern(dir, text)
		if err != nil {
			return nil, nil, fmt.Errorf("-exclude: %w", err)
		}
		patterns = append(patterns, p)
	}
	if err := a.pin(o); err != nil {
		return nil, nil, err
	}
	return o, patterns, nil
}

// configured reads the command line behind the flags of a configuration file.
func (a *app) configured(c *config.Config, args []string, command string) (*options, []config.Pattern, error) {
	var flags []string
	for _, f := range c.Flags {
		text := f.Text
		if !strings.HasPrefix(text, "-") {
			text = "-" + text
		}
		if _, err := a.parse([]string{text}, ""); err != nil {
			return nil, nil, c.Mistake(f, "%v", err)
		}
		if !a.fitsFile(text) {
			return nil, nil, c.Mistake(f, "%s has no place in a file: give it on the command line or in GOFLAGS", text)
		}
		if command != "" {
			// What fix doesn't have, such as -format, is for the run over packages.
			if _, err := a.parse([]string{text}, command); err != nil {
				continue
			}
		}
		flags = append(flags, a.inDir(c.Dir, text))
	}
	o, err := a.parse(slices.Concat(flags, args), command)
	if err != nil {
		return nil, nil, err
	}
	o.baseline = cmp.Or(o.baseline, c.Baseline)
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, nil, err
	}
	var patterns []config.Pattern
	for _, e := range c.Exclude {
		p, err := config.NewPattern(dir, e.Text)
		if err != nil {
			return nil, nil, c.Mistake(e, "%v", err)
		}
		patterns = append(patterns, p)
	}
	return o, patterns, nil
}

// fitsFile reports whether a flag may stand in a configuration file. The file comes with the code that one looks at, so it must not be able to run a
// program, as -toolexec does, or to write anywhere.
func (a *app) fitsFile(text string) bool {
	name, _, _ := strings.Cut(strings.TrimLeft(text, "-"), "=")
	check, _, _ := strings.Cut(name, ".")
	return slices.Contains(strings.Fields("format json color c exclude baseline vet stats models tags mod p race msan asan"), name) ||
		find(check, a.checks) != nil || find(check, a.others()) != nil
}

// check says what can't be meant, before a long run.
func (o *options) check() error {
	if o.writeBaseline != "" && o.output != "" {
		return errors.New("-write-baseline writes no findings, so there is nothing for -o")
	}
	for _, name := range []string{o.output, o.writeBaseline} {
		if name == "" {
			continue
		}
		if info, err := os.Stat(filepath.Dir(name)); err != nil {
			return fmt.Errorf("can't write %s: %w", name, err)
		} else if !info.IsDir() {
			return fmt.Errorf("can't write %s: %s is no directory", name, filepath.Dir(name))
		}
	}
	return nil
}

// analyse runs go vet, with progress on a terminal.
func (a *app) analyse(ctx context.Context, o *options) (*vet.Result, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("can't find its own binary, which go vet must run: %w", err)
	}
	con := newConsole(a.stderr)
	defer con.stop()
	res, err := a.runVet(ctx, o, vet.Request{
		Tool: self, Build: o.build, Flags: append(o.tool, "-"+depsFlag+"=true"), Patterns: o.patterns, Overlay: o.overlay, Stderr: con, Progress: con.progress,
	})
	if err != nil {
		return nil, err
	}
	con.stop()
	for _, f := range res.Failed {
		fmt.Fprintf(a.stderr, "mapguard: the check %s failed on %s: %s\n", f.Check, f.Package, f.Message)
	}
	return res, nil
}

func filter(fs []finding.Finding, exclude []config.Pattern) []finding.Finding {
	return slices.DeleteFunc(slices.Clone(fs), func(f finding.Finding) bool {
		return slices.ContainsFunc(exclude, func(p config.Pattern) bool { return p.Match(f.Pos.File) })
	})
}

func (a *app) writeBaseline(o *options, fs []finding.Finding, res *vet.Result, src *source.Cache) (int, error) {
	if res.Incomplete {
		return exitFailed, errors.New("not everything could be analysed: no baseline written, it would lack findings")
	}
	if err := write.File(o.writeBaseline, baseline.Make(fs, src).Encode()); err != nil {
		return exitFailed, fmt.Errorf("writing the baseline: %w", err)
	}
	fmt.Fprintf(a.stderr, "mapguard: %s in %s; mapguard -baseline=%s leaves them out\n", count(len(fs), "finding"), o.writeBaseline, o.writeBaseline)
	return exitClean, nil
}
