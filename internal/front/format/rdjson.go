package format

import (
	"encoding/json"
	"io"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// reviewdog's DiagnosticResult, the parts that are used. Columns count bytes from 1.
type (
	rdResult struct {
		Source      rdSource       `json:"source"`
		Severity    string         `json:"severity"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"relatedLocations,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPos  `json:"start"`
		End   *rdPos `json:"end,omitempty"`
	}
	rdPos struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON prints reviewdog's format. A suggestion there has no file of its own, so a fix that reaches into other files is left out.
func RDJSON(w io.Writer, fs []finding.Finding, c *Context) error {
	out := rdResult{Source: rdSource{Name: "mapguard", URL: home}, Severity: "WARNING", Diagnostics: []rdDiagnostic{}}
	for _, f := range fs {
		d := rdDiagnostic{
			Message: f.Message, Location: c.rdLocation(f.Pos, f.End), Severity: "WARNING",
			Code: rdCode{Value: f.Check, URL: c.check(f.Check).URL},
		}
		for _, r := range f.Related {
			d.Related = append(d.Related, rdRelated{r.Message, c.rdLocation(r.Pos, r.End)})
		}
		if len(f.Fixes) > 0 {
			d.Suggestions = c.rdSuggestions(f)
		}
		out.Diagnostics = append(out.Diagnostics, d)
	}
	return encode(w, out)
}

func (c *Context) rdLocation(pos, end finding.Pos) rdLocation {
	path, _ := c.below(pos.File)
	loc := rdLocation{Path: path}
	if pos.Line == 0 {
		return loc
	}
	from, to := c.Source.File(pos.File).Span(pos, end)
	loc.Range = &rdRange{Start: rdPos{from.Line, from.Col}}
	if to != from {
		loc.Range.End = &rdPos{to.Line, to.Col}
	}
	return loc
}

func (c *Context) rdSuggestions(f finding.Finding) []rdSuggestion {
	var out []rdSuggestion
	for _, e := range f.Fixes[0].Edits {
		file := c.Source.File(e.File)
		if e.File != f.Pos.File || file == nil || e.End > len(file.Text) {
			return nil
		}
		from, to := file.Pos(e.Start), file.Pos(e.End)
		out = append(out, rdSuggestion{rdRange{rdPos{from.Line, from.Col}, &rdPos{to.Line, to.Col}}, e.New})
	}
	return out
}

// encode writes indented JSON, with < and > as they are.
func encode(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
