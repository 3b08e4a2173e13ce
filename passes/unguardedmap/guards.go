package unguardedmap

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/pairs"
	"github.com/mapguard/mapguard/internal/report"
	"github.com/mapguard/mapguard/internal/summary"
)

// Guards is no check: it tells an editor which lock guards each map of the package, by the same election as Analyzer. There is one diagnostic for each
// map that has a guard, at its declaration, with the places that touch it as related information.
var Guards = &analysis.Analyzer{
	Name:     "guards",
	Doc:      "guards: say which lock guards each map, for an editor to show",
	URL:      report.URL("unguardedmap"),
	Requires: []*analysis.Analyzer{summary.Analyzer},
	Run:      tellGuards,
}

func tellGuards(pass *analysis.Pass) (any, error) {
	res := summary.Of(pass)
	var declared map[string]token.Pos // most packages guard nothing
	for _, g := range pairs.New(res).Shared() {
		guard := elect(g)
		if guard.Loc == 0 {
			continue
		}
		if declared == nil {
			declared = declarations(pass.Pkg)
		}
		if d, ok := tell(res, g, guard, declared); ok {
			pass.Report(d)
		}
	}
	return nil, nil
}

// tell words what is known of a map and its guard. ok says that some of it is in this package.
func tell(res *summary.Result, g pairs.Group, guard domain.Guard, declared map[string]token.Pos) (d analysis.Diagnostic, ok bool) {
	at := newGuarded(g, guard, res, nil).places()
	name := report.Short(guard.Loc)
	for pos, held := range at {
		p := res.At(pos)
		if !p.IsValid() {
			continue
		}
		msg := "holds " + name
		if !held {
			msg = "does not hold " + name
		}
		d.Related = append(d.Related, analysis.RelatedInformation{Pos: p, Message: msg})
	}
	slices.SortFunc(d.Related, func(a, b analysis.RelatedInformation) int { return int(a.Pos - b.Pos) })
	d.Pos = declaration(declared, g.Loc.String())
	if !d.Pos.IsValid() && len(d.Related) > 0 {
		d.Pos = d.Related[0].Pos
	}
	held, of := tally(at)
	d.Message = fmt.Sprintf("map %s is guarded by %s, held at %d of the %d places that touch it", report.Short(g.Loc), name, held, of)
	return d, d.Pos.IsValid()
}

// declarations returns where the struct fields and variables of a package are declared, by full name.
func declarations(pkg *types.Package) map[string]token.Pos {
	out := map[string]token.Pos{}
	for _, name := range pkg.Scope().Names() {
		full := pkg.Path() + "." + name
		switch obj := pkg.Scope().Lookup(name).(type) {
		case *types.Var:
			out[full] = obj.Pos()
		case *types.TypeName:
			if st, ok := obj.Type().Underlying().(*types.Struct); ok {
				for f := range st.Fields() {
					out[full+"."+f.Name()] = f.Pos()
				}
			}
		}
	}
	return out
}

// declaration returns where the map at loc is declared, or else what it is in, as m is for m[].
func declaration(declared map[string]token.Pos, loc string) token.Pos {
	for loc != "" {
		if pos, ok := declared[loc]; ok {
			return pos
		}
		loc = loc[:max(strings.LastIndexAny(loc, ".["), 0)]
	}
	return token.NoPos
}
