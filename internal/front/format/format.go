// Package format prints findings: for people, editors, code review and other programs. One file for each format.
package format

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/source"
)

// Check describes a check to formats that list them.
type Check struct {
	Name, URL string
	Title     string // one line
	Doc       string
}

// Context is what formats need besides the findings.
type Context struct {
	Dir        string // paths are shown relative to it
	Root       string // of the repository or module, to which SARIF's addresses are relative
	Color      bool
	Width      int // of the terminal in columns, 0 if lines need no wrapping
	Context    int // lines shown before and after a place
	Version    string
	Checks     []Check
	Others     []Check // of go vet
	Incomplete bool    // something could not be analysed
	Source     *source.Cache
	// Fingerprint names a finding in a way that survives edits elsewhere in the file.
	Fingerprint func(finding.Finding) string
}

// Format prints findings in one way.
type Format struct {
	Name, Doc string
	Write     func(w io.Writer, fs []finding.Finding, c *Context) error
}

// All lists the formats, the default first.
var All = []Format{
	{"text", "for people: the source of both sides", Text},
	{"short", "file:line:col: message, one line for each finding", Short},
	{"json", "as go vet -json", JSON},
	{"gopls", "as gopls check: file:line:col-endcol: message", Gopls},
	{"lsp", "array of PublishDiagnosticsParams, fixes in data", LSP},
	{"sarif", "SARIF 2.1.0, for code scanning", SARIF},
	{"rdjson", "reviewdog's diagnostic format", RDJSON},
	{"github", "workflow commands of GitHub Actions", GitHub},
}

// Find returns the format of a name.
func Find(name string) (Format, bool) {
	for _, f := range All {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// Names lists the names of the formats.
func Names() []string {
	var names []string
	for _, f := range All {
		names = append(names, f.Name)
	}
	return names
}

// rel returns name relative to the directory one stands in, where that is shorter than the absolute path.
func (c *Context) rel(name string) string {
	r, err := filepath.Rel(c.Dir, name)
	if err != nil || len(r) > len(name) {
		return name
	}
	return r
}

// below returns name relative to root with slashes, or the absolute name if it lies elsewhere.
func (c *Context) below(name string) (path string, ok bool) {
	r, err := filepath.Rel(c.Root, name)
	if err != nil || r == ".." || strings.HasPrefix(r, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(name), false
	}
	return filepath.ToSlash(r), true
}

// check returns the description of a check, a bare one if nothing is known of it.
func (c *Context) check(name string) Check {
	for _, k := range slices.Concat(c.Checks, c.Others) {
		if k.Name == name {
			return k
		}
	}
	return Check{Name: name, Title: name}
}
