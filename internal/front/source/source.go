// Package source reads the files that findings point into: lines, columns in other units, the extent of the expression at a place, and the declaration
// around it.
package source

import (
	"cmp"
	"go/ast"
	"os"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Cache reads each file once.
type Cache struct {
	// Instead names the file to read in the place of another, as an overlay does.
	Instead map[string]string
	files   map[string]*File
}

// File is a file as it is now; its syntax is parsed when it is asked for.
type File struct {
	Name   string
	Text   string
	starts []int // of the lines
	parsed bool
	syntax *ast.File
	base   int // what to take from a token.Pos to get an offset
}

// File returns a file, nil if it can't be read.
func (c *Cache) File(name string) *File {
	if f, ok := c.files[name]; ok {
		return f
	}
	if c.files == nil {
		c.files = map[string]*File{}
	}
	var f *File
	if text, err := os.ReadFile(cmp.Or(c.Instead[name], name)); err == nil {
		f = New(name, string(text))
	}
	c.files[name] = f
	return f
}

// New returns a file with the given text.
func New(name, text string) *File {
	f := &File{Name: name, Text: text, starts: []int{0}}
	for i := range len(text) {
		if text[i] == '\n' {
			f.starts = append(f.starts, i+1)
		}
	}
	return f
}

// Line returns the text of line n, counted from 1, without its end.
func (f *File) Line(n int) string {
	if f == nil || n < 1 || n > len(f.starts) {
		return ""
	}
	line, _, _ := strings.Cut(f.Text[f.starts[n-1]:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// Lines returns how many lines there are.
func (f *File) Lines() int { return len(f.starts) }

// Offset returns the offset of a place, -1 if the file doesn't have it.
func (f *File) Offset(p finding.Pos) int {
	if f == nil || p.Line < 1 || p.Line > len(f.starts) {
		return -1
	}
	off := f.starts[p.Line-1] + max(p.Col, 1) - 1
	if off > len(f.Text) || p.Line < len(f.starts) && off >= f.starts[p.Line] {
		return -1
	}
	return off
}

// Pos returns the place of an offset.
func (f *File) Pos(offset int) finding.Pos {
	line, found := slices.BinarySearch(f.starts, offset)
	if found {
		line++
	}
	return finding.Pos{File: f.Name, Line: line, Col: offset - f.starts[line-1] + 1}
}

// UTF16 returns how many UTF-16 code units come before the place on its line, which is what editors and SARIF count.
func (f *File) UTF16(p finding.Pos) int {
	line := f.Line(p.Line)
	n := 0
	for _, r := range line[:min(max(p.Col, 1)-1, len(line))] {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
