package front

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/vet"
)

// takeStats takes what -stats has added out of the findings: it is none, and changes no exit code. What is told of a package with its tests is told of
// the package, too, and stays once.
func (a *app) takeStats(res *vet.Result) []finding.Finding {
	var told []finding.Finding
	said := map[string]bool{}
	for _, f := range res.Findings {
		key := fmt.Sprint(f.Pos, f.Message)
		if f.Check == a.stats.Name && !said[key] {
			said[key] = true
			told = append(told, f)
		}
	}
	res.Findings = slices.DeleteFunc(res.Findings, func(f finding.Finding) bool { return f.Check == a.stats.Name })
	return told
}

// printStats prints them on standard error: a line for each place with its reason, and then one for each reason.
func (a *app) printStats(told []finding.Finding) error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	var order []string
	count := map[string]int{}
	for _, f := range told {
		if count[f.Category] == 0 {
			order = append(order, f.Category)
		}
		count[f.Category]++
		pos := f.Pos
		if name, err := filepath.Rel(dir, pos.File); err == nil && filepath.IsLocal(name) {
			pos.File = name
		}
		if _, err := fmt.Fprintf(a.stderr, "%s: %s: %s\n", pos, f.Category, f.Message); err != nil {
			return err
		}
	}
	if len(told) == 0 {
		return nil
	}
	slices.Sort(order)
	var parts []string
	for _, c := range order {
		parts = append(parts, fmt.Sprintf("%s %d", c, count[c]))
	}
	_, err = fmt.Fprintf(a.stderr, "mapguard: told by -stats: %s\n", strings.Join(parts, ", "))
	return err
}
