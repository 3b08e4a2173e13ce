package config

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
)

// Pattern matches paths: * and ? within a name, ** for any number of directories. What matches a directory matches all below it. A pattern without a
// slash matches a name at any depth.
type Pattern struct {
	base  string
	parts []string
}

// NewPattern returns the pattern of text, relative to the directory base.
func NewPattern(base, text string) (Pattern, error) {
	p := filepath.ToSlash(text)
	if strings.HasPrefix(p, base+"/") {
		p = strings.TrimPrefix(p, base+"/")
	}
	p = strings.TrimSuffix(p, "/")
	anchored := strings.Contains(p, "/")
	p = strings.TrimPrefix(strings.TrimSuffix(p, "/..."), "./") // as the go command says it
	if p == "" || p == "." || path.IsAbs(p) || strings.HasPrefix(p, "..") {
		return Pattern{}, fmt.Errorf("%q is no path below %s", text, base)
	}
	if !anchored {
		p = "**/" + p
	}
	parts := strings.Split(p, "/")
	for _, part := range parts {
		if _, err := path.Match(part, ""); err != nil {
			return Pattern{}, fmt.Errorf("%q is no pattern: %w", text, err)
		}
	}
	return Pattern{base, parts}, nil
}

// Match reports whether p matches the absolute path of a file.
func (p Pattern) Match(file string) bool {
	rel, err := filepath.Rel(p.base, file)
	if err != nil || strings.HasPrefix(rel, "..") {
		return false
	}
	return match(p.parts, strings.Split(filepath.ToSlash(rel), "/"))
}

func match(pattern, names []string) bool {
	if len(pattern) == 0 {
		return true // the file, or what is below the directory
	}
	if pattern[0] == "**" {
		for i := range len(names) + 1 {
			if match(pattern[1:], names[i:]) && (len(pattern) > 1 || i < len(names)) {
				return true
			}
		}
		return false
	}
	if len(names) == 0 {
		return false
	}
	ok, _ := path.Match(pattern[0], names[0])
	return ok && match(pattern[1:], names[1:])
}
