package golangci

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// settings is what a user may set.
type settings struct {
	// Flags are those of the command line and of .mapguard.yaml: "-lockcopy=false" leaves a check out, "-lockcopy" runs it alone, "-CHECK.FLAG=VALUE"
	// sets a flag of a check.
	Flags []string `json:"flags"`
	// Related passes related places on. golangci-lint makes a finding of its own of each.
	Related bool `json:"related"`
}

// choose returns those of the checks that are to run, and sets their flags.
func (s *settings) choose(checks []*analysis.Analyzer) ([]*analysis.Analyzer, error) {
	chosen := map[string]bool{}
	fs := flag.NewFlagSet("mapguard", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	for _, c := range checks {
		fs.Var(choice{c.Name, chosen}, c.Name, "")
		c.Flags.VisitAll(func(f *flag.Flag) { fs.Var(pinned{f.Value}, c.Name+"."+f.Name, f.Usage) })
	}
	for _, f := range s.Flags {
		if !strings.HasPrefix(f, "-") {
			return nil, fmt.Errorf("flags: %q is no flag: write %q", f, "-"+f)
		}
		if err := fs.Parse([]string{f}); err != nil {
			return nil, fmt.Errorf("flags: %w", err)
		}
	}
	return slices.DeleteFunc(slices.Clone(checks), func(c *analysis.Analyzer) bool {
		on, named := chosen[c.Name]
		if named {
			return !on
		}
		return slices.ContainsFunc(checks, func(o *analysis.Analyzer) bool { return chosen[o.Name] })
	}), nil
}

// choice is the flag of the name of a check.
type choice struct {
	check  string
	chosen map[string]bool
}

func (c choice) String() string   { return "" }
func (c choice) IsBoolFlag() bool { return true }
func (c choice) Set(s string) error {
	switch s {
	case "true", "false":
		c.chosen[c.check] = s == "true"
		return nil
	}
	return errors.New("want true or false")
}

// pinned is a flag of a check. One that names a file must name its content, too: golangci-lint's cache knows the settings and not the file, so it would
// go on to show what was found with the old content.
type pinned struct{ flag.Value }

func (p pinned) String() string { return "" } // of the zero value, too

func (p pinned) IsBoolFlag() bool {
	b, ok := p.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

func (p pinned) Set(s string) error {
	if f, ok := p.Value.(interface{ Pin(string) (string, error) }); ok && s != "" {
		full, err := f.Pin(s)
		if err != nil {
			return err
		}
		sum := full[strings.LastIndexByte(full, '@'):]
		if !strings.HasSuffix(s, sum) {
			return fmt.Errorf("golangci-lint does not see that the file changes: write the hash of its content behind its name, now %s", sum)
		}
		s = full
	}
	return p.Value.Set(s)
}
