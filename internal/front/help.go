package front

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/front/format"
	"github.com/mapguard/mapguard/internal/front/vet"
)

//go:embed usage.txt
var usage string

// usage prints the manual, with the checks and formats there are.
func (a *app) usage(w io.Writer) {
	var checks, formats strings.Builder
	for _, c := range a.checks {
		fmt.Fprintf(&checks, "    %-16s %s\n", c.Name, title(c))
	}
	for _, f := range format.All {
		fmt.Fprintf(&formats, "            %-7s %s\n", f.Name, f.Doc)
	}
	fmt.Fprint(w, strings.NewReplacer("@CHECKS@\n", checks.String(), "@FORMATS@\n", formats.String()).Replace(usage))
}

// help prints the manual, or the documentation of a check.
func (a *app) help(ctx context.Context, names []string) (int, error) {
	if len(names) == 0 || slices.Contains([]string{"fix", "lsp", "completion", "version", "help"}, names[0]) {
		a.usage(a.stdout)
		return exitClean, nil
	}
	for i, name := range names {
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		c := find(name, a.checks)
		if c == nil && find(name, a.others()) != nil {
			text, err := vet.OwnHelp(ctx, name)
			if err != nil {
				return exitFailed, err
			}
			fmt.Fprint(a.stdout, text)
			continue
		}
		if c == nil {
			var all []string
			for _, c := range a.checks {
				all = append(all, c.Name)
			}
			return exitFailed, fmt.Errorf("there is no check %q; the checks are %s", name, strings.Join(all, ", "))
		}
		a.explain(c)
	}
	return exitClean, nil
}

// explain prints the documentation of a check, its flags, and where there is more.
func (a *app) explain(c *analysis.Analyzer) {
	fmt.Fprintln(a.stdout, c.Doc)
	var flags strings.Builder
	fs := flagsOf(c)
	for _, f := range fs {
		fmt.Fprintf(&flags, "  -%s.%s\n    \t%s (default %q)\n", c.Name, f.Name, f.Usage, f.DefValue)
	}
	if len(fs) > 0 {
		fmt.Fprintf(a.stdout, "\nFlags:\n%s", flags.String())
	}
	if find(c.Name, a.checks) != nil && c.Name != "ignoredirective" {
		fmt.Fprintf(a.stdout, "\nTo silence it where the code is right for a reason that mapguard can't see, on the line or before the declaration:\n\n\t//mapguard:ignore %s the reason\n", c.Name)
	}
	if c.URL != "" {
		fmt.Fprintf(a.stdout, "\nMore: %s\n", c.URL)
	}
}

func find(name string, checks []*analysis.Analyzer) *analysis.Analyzer {
	for _, c := range checks {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// title returns the first line of a check's documentation without its name.
func title(c *analysis.Analyzer) string {
	line, _, _ := strings.Cut(c.Doc, "\n")
	return strings.TrimPrefix(line, c.Name+": ")
}

// described returns the checks as formats want them.
func described(checks []*analysis.Analyzer) []format.Check {
	var out []format.Check
	for _, c := range checks {
		out = append(out, format.Check{Name: c.Name, URL: c.URL, Title: title(c), Doc: c.Doc})
	}
	return out
}

// build is what the go command has put into the binary.
type build struct {
	number   string // "v1.2.3", "(devel)"
	revision string
	modified bool
	time     string
	tools    string // the version of golang.org/x/tools
}

func version() build {
	b := build{number: "(unknown)"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	b.number = info.Main.Version
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.revision = s.Value
		case "vcs.time":
			b.time = s.Value
		case "vcs.modified":
			b.modified = s.Value == "true"
		}
	}
	for _, d := range info.Deps {
		if d.Path == "golang.org/x/tools" {
			b.tools = d.Version
		}
	}
	return b
}

func (a *app) version() error {
	b := version()
	fmt.Fprintf(a.stdout, "mapguard %s\n", b.number)
	if b.revision != "" {
		changed := ""
		if b.modified {
			changed = ", with changes"
		}
		fmt.Fprintf(a.stdout, "revision %s of %s%s\n", b.revision, b.time, changed)
	}
	_, err := fmt.Fprintf(a.stdout, "built by %s for %s/%s with golang.org/x/tools %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, b.tools)
	return err
}
