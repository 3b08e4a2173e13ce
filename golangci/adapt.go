package golangci

import (
	"fmt"
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// adapted returns d as golangci-lint can take it.
//
// It applies all fixes of a diagnostic and not the first, and drops the edits outside the file of the diagnostic but makes the others, which leaves half
// a fix. So a fix goes on only if it is one, and whole in that file.
//
// It makes a finding of its own of each related place. So the first of them, which is the other side, goes into the message, and the rest is dropped
// unless related asks for it.
func adapted(fset *token.FileSet, d analysis.Diagnostic, related bool) analysis.Diagnostic {
	if !related {
		d.Message += farSide(fset, d)
		d.Related = nil
	}
	switch {
	case len(d.SuggestedFixes) == 0:
	case whole(fset, d.Pos, d.SuggestedFixes[0]):
		d.SuggestedFixes = d.SuggestedFixes[:1]
	default:
		d.SuggestedFixes = nil
		d.Message += "; its fix is in several files: run mapguard fix"
	}
	return d
}

// farSide words the first related place that is elsewhere, "" if the message names one of them already.
func farSide(fset *token.FileSet, d analysis.Diagnostic) string {
	here, text := fset.Position(d.Pos), ""
	for _, r := range d.Related {
		at := fset.Position(r.Pos)
		if strings.Contains(d.Message, fmt.Sprintf("%s:%d", filepath.Base(at.Filename), at.Line)) {
			return ""
		}
		if text != "" || at.Filename == here.Filename && at.Line == here.Line {
			continue
		}
		name, err := filepath.Rel(filepath.Dir(here.Filename), at.Filename)
		if err != nil {
			name = at.Filename
		}
		text = fmt.Sprintf(" (%s:%d: %s)", filepath.ToSlash(name), at.Line, r.Message)
	}
	return text
}

// whole reports whether all edits of fix are in the file of pos.
func whole(fset *token.FileSet, pos token.Pos, fix analysis.SuggestedFix) bool {
	file := fset.File(pos)
	for _, e := range fix.TextEdits {
		if fset.File(e.Pos) != file {
			return false
		}
	}
	return true
}
