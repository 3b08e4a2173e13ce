package unguardedmap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// Stats is no check: it tells what mapguard did not understand, so that its silence can be looked at. The category of a diagnostic is the reason; the
// first one of a package, at its package clause, has the numbers.
var Stats = &analysis.Analyzer{
	Name:     "silence",
	Doc:      "silence: say what was not understood, so that nothing is reported of it",
	URL:      report.URL("unguardedmap"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      tellSilence,
}

func tellSilence(pass *analysis.Pass) (any, error) {
	res := summary.Of(pass)
	silences := append(res.Silences(), maybeLocked(res)...)
	slices.SortStableFunc(silences, func(a, b summary.Silence) int { return cmp.Compare(a.Pos, b.Pos) })
	by := map[summary.Reason]int{}
	for _, s := range silences {
		by[s.Reason]++
	}
	if len(pass.Files) > 0 {
		pass.Report(analysis.Diagnostic{Pos: pass.Files[0].Package, Category: "package", Message: numbers(res, by)})
	}
	for _, s := range silences {
		text := strings.ReplaceAll(s.Text, pass.Pkg.Path()+".", "")
		if s.Pos.IsValid() {
			pass.Report(analysis.Diagnostic{Pos: s.Pos, Category: string(s.Reason), Message: text})
		}
	}
	return nil, nil
}

// numbers is the line about a package.
func numbers(res *summary.Result, by map[summary.Reason]int) string {
	if res.Path == "" {
		return "nothing to analyse: neither a map nor anything that runs or locks"
	}
	var parts []string
	for _, reason := range []summary.Reason{summary.UnseenCall, summary.UnseenLock, summary.MaybeLocked, summary.TooMany, summary.Nameless, summary.Dropped, summary.Unsettled, summary.Failed} {
		if n := by[reason]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", reason, n))
		}
	}
	text := fmt.Sprintf("%d functions in %d passes over %d blocks", len(res.Funcs), res.Stats.Functions, res.Stats.Transfers)
	if len(parts) == 0 {
		return text + "; all of it was understood"
	}
	return text + "; not understood: " + strings.Join(parts, ", ")
}

// maybeLocked returns the accesses of guarded maps at which some lock may be held, or not, so that nothing is said of them.
func maybeLocked(res *summary.Result) []summary.Silence {
	var out []summary.Silence
	said := map[summary.Silence]bool{}
	for _, g := range pairs.New(res).Shared() {
		var accesses []*domain.Access
		for _, t := range g.Touches {
			accesses = append(accesses, t.Access)
		}
		guard := domain.ElectGuard(accesses)
		if guard.Loc == 0 {
			continue
		}
		for _, t := range g.Touches {
			s := summary.Silence{Reason: summary.MaybeLocked, Pos: res.At(t.Pos), Text: fmt.Sprintf("map %s is %s where a lock may be held or not", report.Short(g.Loc), t.Kind)}
			if t.Locks.UnsureOf(guard.Loc) && !said[s] {
				said[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}
