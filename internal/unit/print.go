package unit

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// The JSON form is that of go vet -json.
type jsonEdit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"` // bytes from the beginning of the file
	End      int    `json:"end"`
	New      string `json:"new"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonRelated struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

type jsonDiagnostic struct {
	Category       string        `json:"category,omitempty"`
	Posn           string        `json:"posn"`
	End            string        `json:"end"`
	Message        string        `json:"message"`
	SuggestedFixes []jsonFix     `json:"suggested_fixes,omitempty"`
	Related        []jsonRelated `json:"related,omitempty"`
}

type jsonError struct {
	Err string `json:"error"`
}

// printJSON prints an object of this package: by analyzer, its diagnostics or why there are none.
func (p *pkg) printJSON(results []*result) error {
	found := map[string]any{}
	for _, r := range results {
		switch {
		case r.err != nil:
			found[r.analyzer.Name] = jsonError{r.err.Error()}
		case len(r.diags) > 0:
			var list []jsonDiagnostic
			for i := range r.diags {
				list = append(list, p.json(&r.diags[i]))
			}
			found[r.analyzer.Name] = list
		}
	}
	tree := map[string]any{}
	if len(found) > 0 {
		tree[p.cfg.ID] = found
	}
	data, err := json.MarshalIndent(tree, "", "\t")
	if err != nil {
		return err
	}
	return p.output(string(data) + "\n")
}

// output writes what belongs on stdout.
func (p *pkg) output(text string) error {
	if p.cfg.Stdout == "" {
		_, err := io.WriteString(os.Stdout, text)
		return err
	}
	return os.WriteFile(p.cfg.Stdout, []byte(text), 0o666)
}

func (p *pkg) json(d *analysis.Diagnostic) jsonDiagnostic {
	out := jsonDiagnostic{
		Category: d.Category,
		Posn:     p.fset.Position(d.Pos).String(),
		End:      p.fset.Position(cmp.Or(d.End, d.Pos)).String(),
		Message:  d.Message,
	}
	for _, fix := range d.SuggestedFixes {
		var edits []jsonEdit
		// In the order of the source, as other drivers give them.
		for _, e := range slices.SortedStableFunc(slices.Values(fix.TextEdits), func(a, b analysis.TextEdit) int { return cmp.Compare(a.Pos, b.Pos) }) {
			from, to := p.fset.Position(e.Pos), p.fset.Position(cmp.Or(e.End, e.Pos))
			edits = append(edits, jsonEdit{from.Filename, from.Offset, to.Offset, string(e.NewText)})
		}
		out.SuggestedFixes = append(out.SuggestedFixes, jsonFix{fix.Message, edits})
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, jsonRelated{p.fset.Position(r.Pos).String(), p.fset.Position(cmp.Or(r.End, r.Pos)).String(), r.Message})
	}
	return out
}

// printText prints the diagnostics as go vet does, and reports whether there was anything.
func (p *pkg) printText(results []*result, context int) (diagnosed bool, err error) {
	if err := p.output(""); err != nil {
		return false, err
	}
	for _, r := range results {
		if r.err != nil {
			fmt.Fprintln(os.Stderr, r.err)
			diagnosed = true
		}
	}
	for _, r := range results {
		for i := range r.diags {
			p.text(os.Stderr, &r.diags[i], context)
			diagnosed = true
		}
	}
	return diagnosed, nil
}

func (p *pkg) text(out io.Writer, d *analysis.Diagnostic, context int) {
	say := func(pos, end int, file, at, message string) {
		fmt.Fprintf(out, "%s: %s\n", at, message)
		if context < 0 {
			return
		}
		source, _ := os.ReadFile(file) // a file that has gone has no lines to show
		lines := strings.Split(string(source), "\n")
		for i := max(1, pos-context); i <= min(end+context, len(lines)); i++ {
			fmt.Fprintf(out, "%d\t%s\n", i, lines[i-1])
		}
	}
	pos, end := p.fset.Position(d.Pos), p.fset.Position(cmp.Or(d.End, d.Pos))
	say(pos.Line, end.Line, pos.Filename, pos.String(), d.Message)
	for _, r := range d.Related {
		pos, end := p.fset.Position(r.Pos), p.fset.Position(cmp.Or(r.End, r.Pos))
		say(pos.Line, end.Line, pos.Filename, pos.String(), "\t"+r.Message)
	}
}
