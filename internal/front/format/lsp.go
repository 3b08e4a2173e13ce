package format

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// The Language Server Protocol's types, the parts that are used. Lines count from 0, characters are UTF-16 code units.
type (
	// PublishDiagnosticsParams is all diagnostics of a file.
	PublishDiagnosticsParams struct {
		URI         string       `json:"uri"`
		Version     *int         `json:"version,omitempty"` // of the buffer
		Diagnostics []Diagnostic `json:"diagnostics"`
	}
	// Diagnostic is one finding.
	Diagnostic struct {
		Range              Range                `json:"range"`
		Severity           int                  `json:"severity"`
		Code               string               `json:"code"`
		CodeDescription    *CodeDescription     `json:"codeDescription,omitempty"`
		Source             string               `json:"source"`
		Message            string               `json:"message"`
		RelatedInformation []RelatedInformation `json:"relatedInformation,omitempty"`
		Data               *Data                `json:"data,omitempty"`
	}
	// CodeDescription links to a check's page.
	CodeDescription struct {
		Href string `json:"href"`
	}
	// RelatedInformation is a second place.
	RelatedInformation struct {
		Location Location `json:"location"`
		Message  string   `json:"message"`
	}
	// Location is a range in a file.
	Location struct {
		URI   string `json:"uri"`
		Range Range  `json:"range"`
	}
	// Range is half open.
	Range struct {
		Start Position `json:"start"`
		End   Position `json:"end"`
	}
	// Position is a place in a file.
	Position struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	// Data holds the fixes of a diagnostic, as code actions.
	Data struct {
		Fixes []CodeAction `json:"fixes"`
	}
	// CodeAction is a fix.
	CodeAction struct {
		Title       string        `json:"title"`
		Kind        string        `json:"kind"`
		Diagnostics []Diagnostic  `json:"diagnostics,omitempty"`
		IsPreferred bool          `json:"isPreferred,omitempty"`
		Edit        WorkspaceEdit `json:"edit"`
	}
	// WorkspaceEdit is a fix's edits by file.
	WorkspaceEdit struct {
		Changes map[string][]TextEdit `json:"changes"`
	}
	// TextEdit replaces a range.
	TextEdit struct {
		Range   Range  `json:"range"`
		NewText string `json:"newText"`
	}
)

const warning = 2

// LSP prints what a language server would publish, one element for each file.
func LSP(w io.Writer, fs []finding.Finding, c *Context) error {
	return encode(w, c.Publish(fs))
}

// Publish returns the diagnostics of each file that has findings, in the order of fs.
func (c *Context) Publish(fs []finding.Finding) []PublishDiagnosticsParams {
	out := []PublishDiagnosticsParams{}
	at := map[string]int{}
	for _, f := range fs {
		uri := FileURI(f.Pos.File)
		if _, ok := at[uri]; !ok {
			at[uri] = len(out)
			out = append(out, PublishDiagnosticsParams{URI: uri})
		}
		p := &out[at[uri]]
		p.Diagnostics = append(p.Diagnostics, c.diagnostic(f))
	}
	return out
}

func (c *Context) diagnostic(f finding.Finding) Diagnostic {
	d := Diagnostic{Range: c.LSPRange(f.Pos, f.End), Severity: warning, Code: f.Check, Source: "mapguard", Message: f.Message}
	if u := c.check(f.Check).URL; u != "" {
		d.CodeDescription = &CodeDescription{u}
	}
	for _, r := range f.Related {
		d.RelatedInformation = append(d.RelatedInformation, RelatedInformation{Location{FileURI(r.Pos.File), c.LSPRange(r.Pos, r.End)}, r.Message})
	}
	for _, x := range f.Fixes {
		if edit, ok := c.workspaceEdit(x); ok {
			if d.Data == nil {
				d.Data = &Data{}
			}
			d.Data.Fixes = append(d.Data.Fixes, CodeAction{Title: x.Message, Kind: "quickfix", Edit: edit})
		}
	}
	return d
}

func (c *Context) workspaceEdit(x finding.Fix) (WorkspaceEdit, bool) {
	edit := WorkspaceEdit{Changes: map[string][]TextEdit{}}
	for _, e := range x.Edits {
		file := c.Source.File(e.File)
		if file == nil || e.End > len(file.Text) {
			return edit, false
		}
		uri := FileURI(e.File)
		r := Range{c.lspPos(file.Pos(e.Start)), c.lspPos(file.Pos(e.End))}
		edit.Changes[uri] = append(edit.Changes[uri], TextEdit{r, e.New})
	}
	return edit, true
}

// LSPRange returns what to underline for a finding from pos to end.
func (c *Context) LSPRange(pos, end finding.Pos) Range {
	from, to := c.Source.File(pos.File).Span(pos, end)
	return Range{c.lspPos(from), c.lspPos(to)}
}

func (c *Context) lspPos(p finding.Pos) Position {
	return Position{max(p.Line-1, 0), c.Source.File(p.File).UTF16(p)}
}

// FileURI returns the file: address of an absolute path.
func FileURI(name string) string {
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/x
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
