// Package finding holds what the checks found as the front end sees it: go vet's JSON, decoded, sorted and free of the go command's ways.
package finding

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Pos is a place in a file. Line and Col count from 1, Col in bytes; 0 is unknown.
type Pos struct {
	File      string // absolute
	Line, Col int
}

func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

// ParsePos reads file:line:col, file:line or file. It reads from the right, since a file of Windows has a colon of its own.
func ParsePos(s string) Pos {
	var n [2]int
	k := 0
	for k < 2 {
		i := strings.LastIndexByte(s, ':')
		if i < 0 {
			break
		}
		v, err := strconv.Atoi(s[i+1:])
		if err != nil {
			break
		}
		n[k], s, k = v, s[:i], k+1
	}
	switch k {
	case 2:
		return Pos{s, n[1], n[0]}
	case 1:
		return Pos{s, n[0], 0}
	}
	return Pos{File: s}
}

// Compare orders by file, line and column.
func (p Pos) Compare(q Pos) int {
	return cmp.Or(strings.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Related is a second place that a finding speaks of.
type Related struct {
	Pos, End Pos
	Message  string
}

// Edit replaces the bytes Start to End of a file by New.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// Fix is a set of edits to be made as a whole or not at all.
type Fix struct {
	Message string
	Edits   []Edit
}

// Finding is one diagnostic of one check.
type Finding struct {
	Package  string // the go command's name for it: "p", "p [p.test]"
	Check    string
	Category string
	Pos, End Pos // End is Pos where the check gives none
	Message  string
	Related  []Related
	Fixes    []Fix
}

// Path returns the import path of the package that f is in, the same with and without its tests.
func (f *Finding) Path() string {
	path, _, _ := strings.Cut(f.Package, " ")
	return path
}

// Sort orders by place, check and message. The go command prints packages as they get ready.
func Sort(fs []Finding) {
	slices.SortFunc(fs, func(a, b Finding) int {
		return cmp.Or(a.Pos.Compare(b.Pos), strings.Compare(a.Check, b.Check), strings.Compare(a.Message, b.Message), strings.Compare(a.Package, b.Package))
	})
}
