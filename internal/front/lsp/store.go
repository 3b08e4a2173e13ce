package lsp

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/format"
)

// entry is what the last good run found in the packages of one directory.
type entry struct {
	home     string
	files    []format.PublishDiagnosticsParams // with fixes in their data
	guards   []guard
	texts    map[string]string // of the files as they were analysed
	versions map[string]int
}

// guard is a map and the lock that guards it.
type guard struct {
	says    string
	without []format.Location // places that don't hold it
	ranges  []format.Location // places that touch it, and where it is declared
}

// keep takes in what a run found, and drops entries of which it found nothing if clean says so.
func (s *Server) keep(run *analysis, clean func(dir string, e *entry) bool) {
	entries := s.entries(run)
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.packages, clean)
	maps.Copy(s.packages, entries)
	s.publish()
}

// doubtful returns the directories of a home that a run found nothing in, and an earlier one did.
func (s *Server) doubtful(home string, run *analysis) []string {
	now := s.entries(run)
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for dir, e := range s.packages {
		if e.home == home && now[dir] == nil {
			out = append(out, dir)
		}
	}
	slices.Sort(out)
	return out
}

// forget drops a directory.
func (s *Server) forget(dir string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.packages, dir)
	s.publish()
}

// entries sorts what a run found by directory. It reads all files that are spoken of, so that later edits don't move the places.
func (s *Server) entries(run *analysis) map[string]*entry {
	out := map[string]*entry{}
	c := &format.Context{Source: run.source, Checks: s.opts.Checks, Others: s.opts.Others}
	at := func(file string) *entry {
		dir := filepath.Dir(file)
		if out[dir] == nil {
			out[dir] = &entry{home: run.home, texts: map[string]string{}, versions: run.versions}
		}
		return out[dir]
	}
	byDir := map[string][]finding.Finding{}
	for _, f := range once(run.Findings) {
		byDir[filepath.Dir(f.Pos.File)] = append(byDir[filepath.Dir(f.Pos.File)], f)
	}
	for _, fs := range byDir {
		e := at(fs[0].Pos.File)
		e.files = c.Publish(fs)
		for _, f := range fs {
			e.remember(run, f)
		}
	}
	for _, f := range once(run.Guards) {
		e := at(f.Pos.File)
		e.guards = append(e.guards, guardOf(c, f))
		e.remember(run, f)
	}
	return out
}

// remember notes what the files of a finding were.
func (e *entry) remember(run *analysis, f finding.Finding) {
	note := func(name string) {
		if file := run.source.File(name); file != nil {
			e.texts[name] = file.Text
		}
	}
	note(f.Pos.File)
	for _, r := range f.Related {
		note(r.Pos.File)
	}
	for _, x := range f.Fixes {
		for _, d := range x.Edits {
			note(d.File)
		}
	}
}

// once returns sorted findings without those that are there for p and again for p with its tests.
func once(fs []finding.Finding) []finding.Finding {
	return slices.CompactFunc(slices.Clone(fs), func(a, b finding.Finding) bool {
		return a.Pos == b.Pos && a.Check == b.Check && a.Message == b.Message
	})
}

// without is how the analyzer of guards words a place that doesn't hold the lock.
const without = "does not hold "

func guardOf(c *format.Context, f finding.Finding) guard {
	place := func(pos, end finding.Pos) format.Location {
		return format.Location{URI: format.FileURI(pos.File), Range: c.LSPRange(pos, end)}
	}
	g := guard{says: f.Message, ranges: []format.Location{place(f.Pos, f.End)}}
	for _, r := range f.Related {
		at := place(r.Pos, r.End)
		g.ranges = append(g.ranges, at)
		if strings.HasPrefix(r.Message, without) {
			g.without = append(g.without, at)
		}
	}
	return g
}

// publish sends the diagnostics of the files for which they are not what was sent last. s.mu must be held.
func (s *Server) publish() {
	now := map[string]format.PublishDiagnosticsParams{}
	for _, e := range s.packages {
		for _, f := range e.files {
			p := format.PublishDiagnosticsParams{URI: f.URI}
			if v, ok := e.versions[fileOf(f.URI)]; ok {
				p.Version = &v
			}
			for _, d := range f.Diagnostics {
				d.Data = nil // the fixes are here, for when somebody asks
				p.Diagnostics = append(p.Diagnostics, d)
			}
			now[f.URI] = p
		}
	}
	for uri := range s.sent {
		if _, ok := now[uri]; !ok {
			now[uri] = format.PublishDiagnosticsParams{URI: uri, Diagnostics: []format.Diagnostic{}}
		}
	}
	for _, uri := range slices.Sorted(maps.Keys(now)) {
		p := now[uri]
		text, err := json.Marshal(p.Diagnostics)
		if err != nil || s.sent[uri] == string(text) {
			continue
		}
		s.sent[uri] = string(text)
		if len(p.Diagnostics) == 0 {
			delete(s.sent, uri)
		}
		s.notify("textDocument/publishDiagnostics", p)
	}
}
