// Package fix makes the edits that findings suggest: what goes together is applied, what does not is named.
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Plan is what to do.
type Plan struct {
	Files   []File
	Applied []finding.Finding
	Left    []Left
}

// File is a file that changes.
type File struct {
	Name     string
	Old, New []byte
}

// Left is a finding that stays, and why.
type Left struct {
	finding.Finding
	Why string
}

// Make plans the first fix of each finding, in order. A fix is taken as a whole or not at all.
func Make(fs []finding.Finding, read func(name string) ([]byte, error)) *Plan {
	p := &planner{read: read, files: map[string]*state{}}
	for _, f := range fs {
		if why := p.take(f); why != "" {
			p.plan.Left = append(p.plan.Left, Left{f, why})
			continue
		}
		p.plan.Applied = append(p.plan.Applied, f)
	}
	for _, name := range p.order {
		s := p.files[name]
		if len(s.edits) == 0 {
			continue
		}
		text, err := s.apply()
		if err != nil {
			// One bad fix must not be hidden among good ones: what touches the file stays undone.
			p.drop(name, err)
			return Make(p.remaining(), read).and(p.plan.Left)
		}
		p.plan.Files = append(p.plan.Files, File{name, s.old, text})
	}
	return &p.plan
}

// and adds findings that were set aside before.
func (p *Plan) and(left []Left) *Plan {
	p.Left = append(p.Left, left...)
	slices.SortStableFunc(p.Left, func(a, b Left) int { return a.Pos.Compare(b.Pos) })
	return p
}

// planner is a plan being made.
type planner struct {
	read  func(name string) ([]byte, error)
	files map[string]*state
	order []string
	plan  Plan
}

// state is a file and the edits that were taken, in order and without overlap.
type state struct {
	name  string
	old   []byte
	err   error
	edits []finding.Edit
}

// take adds the edits of a finding's first fix, or says why not.
func (p *planner) take(f finding.Finding) (why string) {
	if len(f.Fixes) == 0 {
		return "there is no fix that is surely right"
	}
	edits := f.Fixes[0].Edits
	if len(edits) == 0 {
		return "the fix changes nothing"
	}
	fresh := map[string][]finding.Edit{}
	for _, e := range edits {
		s := p.file(e.File)
		switch {
		case s.err != nil:
			return s.err.Error()
		case vendored(e.File):
			return filepath.Base(e.File) + " is vendored: fix it where it comes from"
		case generated(s.name, s.old):
			return filepath.Base(e.File) + " is generated: fix its generator"
		case e.Start < 0 || e.End < e.Start || e.End > len(s.old):
			return filepath.Base(e.File) + " has changed since it was analysed: run again"
		}
		if slices.Contains(s.edits, e) || slices.Contains(fresh[e.File], e) {
			continue // two fixes that want the same, such as one more import
		}
		if slices.ContainsFunc(s.edits, func(o finding.Edit) bool { return overlap(e, o) }) {
			return "its fix overlaps another: run again"
		}
		fresh[e.File] = append(fresh[e.File], e)
	}
	for name, edits := range fresh {
		s := p.files[name]
		s.edits = append(s.edits, edits...)
		slices.SortStableFunc(s.edits, func(a, b finding.Edit) int {
			return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
		})
	}
	return ""
}

// overlap reports whether the order of two edits would matter. An insertion before or after what another replaces is fine.
func overlap(a, b finding.Edit) bool {
	if a.Start == a.End && b.Start == b.End {
		return a.Start == b.Start
	}
	return a.Start < b.End && b.Start < a.End
}

func (p *planner) file(name string) *state {
	if s, ok := p.files[name]; ok {
		return s
	}
	s := &state{name: name}
	s.old, s.err = p.read(name)
	p.files[name] = s
	p.order = append(p.order, name)
	return s
}

// apply returns the new text of a file, formatted if the old one was.
func (s *state) apply() ([]byte, error) {
	var out bytes.Buffer
	at := 0
	for _, e := range s.edits {
		out.Write(s.old[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.Write(s.old[at:])
	text := out.Bytes()
	if filepath.Ext(s.name) != ".go" {
		return text, nil
	}
	formatted, err := format.Source(text)
	if err != nil {
		return nil, fmt.Errorf("the fix would leave code that is no Go (please report this): %w", err)
	}
	if was, err := format.Source(s.old); err == nil && bytes.Equal(was, s.old) {
		return formatted, nil
	}
	return text, nil
}

// drop sets aside all findings whose fix touches a file.
func (p *planner) drop(name string, err error) {
	p.plan.Applied = slices.DeleteFunc(p.plan.Applied, func(f finding.Finding) bool {
		touches := slices.ContainsFunc(f.Fixes[0].Edits, func(e finding.Edit) bool { return e.File == name })
		if touches {
			p.plan.Left = append(p.plan.Left, Left{f, err.Error()})
		}
		return touches
	})
}

// remaining returns the findings that are still to be fixed.
func (p *planner) remaining() []finding.Finding { return p.plan.Applied }

func vendored(name string) bool {
	return strings.Contains(filepath.ToSlash(name), "/vendor/")
}

func generated(name string, text []byte) bool {
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.PackageClauseOnly|parser.ParseComments)
	return err == nil && ast.IsGenerated(f)
}
