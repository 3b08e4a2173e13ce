package vet

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Own describes the checks of the go command's own vet and their flags, as that tells of them. They can't be run here: Run does, without a tool.
func Own(ctx context.Context) ([]*analysis.Analyzer, error) {
	list, err := own(ctx, "help")
	if err != nil {
		return nil, err
	}
	text, err := own(ctx, "-flags")
	if err != nil {
		return nil, err
	}
	var flags []struct {
		Name  string
		Bool  bool
		Usage string
	}
	if err := json.Unmarshal([]byte(text), &flags); err != nil {
		return nil, fmt.Errorf("go tool vet -flags has printed what is no list of flags: %w", err)
	}
	var out []*analysis.Analyzer
	for name, title := range titles(list) {
		out = append(out, &analysis.Analyzer{Name: name, Doc: name + ": " + title, URL: "https://pkg.go.dev/cmd/vet"})
	}
	for _, f := range flags {
		check, flag, ok := strings.Cut(f.Name, ".")
		if i := slices.IndexFunc(out, func(a *analysis.Analyzer) bool { return a.Name == check }); ok && i >= 0 {
			if f.Bool {
				out[i].Flags.Bool(flag, false, f.Usage)
			} else {
				out[i].Flags.String(flag, "", f.Usage)
			}
		}
	}
	return out, nil
}

// OwnHelp returns what the go command's own vet says of a check.
func OwnHelp(ctx context.Context, check string) (string, error) { return own(ctx, "help", check) }

func own(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", append([]string{"tool", "vet"}, args...)...).Output()
	if err != nil {
		return "", fmt.Errorf(noGo, err)
	}
	return string(out), nil
}

// titles yields the names of the checks, and what each is about, from the list that go tool vet help prints.
func titles(help string) func(yield func(name, title string) bool) {
	return func(yield func(name, title string) bool) {
		_, list, _ := strings.Cut(help, "Registered analyzers:\n\n")
		list, _, _ = strings.Cut(list, "\n\n")
		for line := range strings.Lines(list) {
			name, title, _ := strings.Cut(strings.TrimSpace(line), " ")
			if name != "" && !yield(name, strings.TrimSpace(title)) {
				return
			}
		}
	}
}
