package lsp

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/format"
)

// codeAction offers the fixes of the findings in a range, and to silence them.
func (s *Server) codeAction(raw json.RawMessage) (any, error) {
	var p actionParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	actions := []format.CodeAction{}
	wanted := func(kind string) bool { return kind == "" || kind == quickFix }
	if len(p.Context.Only) > 0 && !slices.ContainsFunc(p.Context.Only, wanted) {
		return actions, nil
	}
	file := fileOf(p.TextDocument.URI)
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.packages[filepath.Dir(file)]
	if e == nil {
		return actions, nil
	}
	for _, f := range e.files {
		if fileOf(f.URI) != file {
			continue
		}
		for _, d := range f.Diagnostics {
			if touch(d.Range, p.Range) {
				actions = append(actions, s.actions(e, file, d)...)
			}
		}
	}
	return actions, nil
}

// actions returns what can be done about one finding. An edit of a file that is not what was analysed would go wrong, so there is none until the next
// run, which is on its way. s.mu must be held.
func (s *Server) actions(e *entry, file string, d format.Diagnostic) (out []format.CodeAction) {
	bare := d
	bare.Data = nil
	if d.Data != nil {
		for _, fix := range d.Data.Fixes {
			current := true
			for uri := range fix.Edit.Changes {
				current = current && s.current(e, fileOf(uri))
			}
			if current {
				fix.Diagnostics, fix.IsPreferred = []format.Diagnostic{bare}, len(out) == 0
				out = append(out, fix)
			}
		}
	}
	if edit, ok := s.silence(e, file, d); ok {
		out = append(out, format.CodeAction{
			Title: fmt.Sprintf("Silence %s here: put the reason for REASON", d.Code), Kind: quickFix, Diagnostics: []format.Diagnostic{bare}, Edit: edit,
		})
	}
	return out
}

// current reports whether a file is as it was analysed. s.mu must be held.
func (s *Server) current(e *entry, file string) bool {
	now, ok := s.text(file)
	return ok && now == e.texts[file]
}

// silence returns the edit that puts a directive on the line before a finding. The reason is the user's to give: until then the directive silences nothing,
// and is reported itself.
func (s *Server) silence(e *entry, file string, d format.Diagnostic) (edit format.WorkspaceEdit, ok bool) {
	known := slices.ContainsFunc(s.opts.Checks, func(c format.Check) bool { return c.Name == d.Code })
	if !known || !s.current(e, file) {
		return edit, false
	}
	lines := strings.Split(e.texts[file], "\n")
	at := d.Range.Start.Line
	if at >= len(lines) || strings.Contains(lines[at], "//mapguard:") {
		return edit, false // what is wrong is a directive
	}
	indent := lines[at][:len(lines[at])-len(strings.TrimLeft(lines[at], " \t"))]
	start := format.Position{Line: at}
	return format.WorkspaceEdit{Changes: map[string][]format.TextEdit{format.FileURI(file): {{
		Range: format.Range{Start: start, End: start}, NewText: fmt.Sprintf("%s//mapguard:ignore %s REASON\n", indent, d.Code),
	}}}}, true
}

// hover says which lock guards the map at a place.
func (s *Server) hover(raw json.RawMessage) (any, error) {
	var p hoverParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	file := fileOf(p.TextDocument.URI)
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.packages[filepath.Dir(file)]
	if e == nil || !s.current(e, file) {
		return nil, nil
	}
	at := format.Range{Start: p.Position, End: p.Position}
	var out *hover
	for _, g := range e.guards {
		for _, r := range g.ranges {
			if fileOf(r.URI) != file || !touch(r.Range, at) {
				continue
			}
			if out == nil {
				out = &hover{Contents: markup{Kind: "markdown"}, Range: r.Range}
			} else {
				out.Contents.Value += "\n\n"
			}
			out.Contents.Value += g.text()
			break
		}
	}
	if out == nil {
		return nil, nil
	}
	return out, nil
}

// text says what is known of g, with links to the places that lack the lock.
func (g *guard) text() string {
	if len(g.without) == 0 {
		return g.says
	}
	var places []string
	for _, w := range g.without {
		line := w.Range.Start.Line + 1
		places = append(places, fmt.Sprintf("[%s:%d](%s#L%d)", filepath.Base(fileOf(w.URI)), line, w.URI, line))
	}
	return g.says + ", not at " + strings.Join(places, ", ")
}
