package vet

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// The schema of go vet -json: package -> analyzer -> diagnostics or an error. One such object for each package, one after the other.
type (
	tree map[string]map[string]json.RawMessage

	jsonDiagnostic struct {
		Category string        `json:"category,omitempty"`
		Posn     string        `json:"posn"`
		End      string        `json:"end"`
		Message  string        `json:"message"`
		Fixes    []jsonFix     `json:"suggested_fixes,omitempty"`
		Related  []jsonRelated `json:"related,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		Filename string `json:"filename"`
		Start    int    `json:"start"`
		End      int    `json:"end"`
		New      string `json:"new"`
	}
	jsonRelated struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	}
)

// AnalysisError is a check that failed on a package.
type AnalysisError struct{ Package, Check, Message string }

// Decode reads the output of go vet -json to its end.
func Decode(r io.Reader) (*Result, error) {
	res := &Result{}
	dec := json.NewDecoder(r)
	for {
		var t tree
		if err := dec.Decode(&t); errors.Is(err, io.EOF) {
			finding.Sort(res.Findings)
			slices.SortFunc(res.Failed, func(a, b AnalysisError) int {
				return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Check, b.Check))
			})
			return res, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading the output of go vet -json, byte %d: %w", dec.InputOffset(), err)
		}
		res.Packages++ // one without findings prints an empty object
		for pkg, checks := range t {
			for check, raw := range checks {
				var e struct{ Error string }
				if json.Unmarshal(raw, &e) == nil {
					res.Failed = append(res.Failed, AnalysisError{pkg, check, e.Error})
					continue
				}
				var diags []jsonDiagnostic
				if err := json.Unmarshal(raw, &diags); err != nil {
					return nil, fmt.Errorf("reading the findings of %s in %s: %w", check, pkg, err)
				}
				for _, d := range diags {
					res.Findings = append(res.Findings, d.finding(pkg, check))
				}
			}
		}
	}
}

func (d *jsonDiagnostic) finding(pkg, check string) finding.Finding {
	f := finding.Finding{
		Package: pkg, Check: check, Category: d.Category, Message: d.Message,
		Pos: parse(d.Posn), End: parse(d.End),
	}
	for _, r := range d.Related {
		f.Related = append(f.Related, finding.Related{Pos: parse(r.Posn), End: parse(r.End), Message: r.Message})
	}
	for _, x := range d.Fixes {
		fix := finding.Fix{Message: x.Message}
		for _, e := range x.Edits {
			fix.Edits = append(fix.Edits, finding.Edit{File: e.Filename, Start: e.Start, End: e.End, New: e.New})
		}
		f.Fixes = append(f.Fixes, fix)
	}
	return f
}

// Encode writes fs in the schema that Decode reads, byte for byte as go vet -json does, but with the packages in order.
func Encode(w io.Writer, fs []finding.Finding) error {
	var order []string
	byPkg := map[string]map[string][]jsonDiagnostic{}
	for _, f := range fs {
		if byPkg[f.Package] == nil {
			byPkg[f.Package] = map[string][]jsonDiagnostic{}
			order = append(order, f.Package)
		}
		byPkg[f.Package][f.Check] = append(byPkg[f.Package][f.Check], diagnostic(f))
	}
	for _, pkg := range order {
		text, err := json.MarshalIndent(map[string]any{pkg: byPkg[pkg]}, "", "\t")
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s\n", text); err != nil {
			return err
		}
	}
	return nil
}

func diagnostic(f finding.Finding) jsonDiagnostic {
	d := jsonDiagnostic{Category: f.Category, Posn: posn(f.Pos), End: posn(f.End), Message: f.Message}
	for _, r := range f.Related {
		d.Related = append(d.Related, jsonRelated{posn(r.Pos), posn(r.End), r.Message})
	}
	for _, x := range f.Fixes {
		fix := jsonFix{Message: x.Message}
		for _, e := range x.Edits {
			fix.Edits = append(fix.Edits, jsonEdit{e.File, e.Start, e.End, e.New})
		}
		d.Fixes = append(d.Fixes, fix)
	}
	return d
}

func parse(posn string) finding.Pos {
	if posn == "-" {
		return finding.Pos{}
	}
	return finding.ParsePos(posn)
}

// posn is "-" for an unknown place, as token.Position prints it.
func posn(p finding.Pos) string {
	if p.File == "" {
		return "-"
	}
	return p.String()
}
