// Package config reads .mapguard.yaml, which stands for flags that one would otherwise type each time.
//
// Only the front end reads it: a check that did would give stale findings, since the go command's cache knows of flags and sources alone.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Name is the name of the file.
const Name = ".mapguard.yaml"

// Config is its content. Paths are absolute or relative to the file's directory, Dir.
type Config struct {
	File, Dir string
	Flags     []Item // as on the command line, which overrides them
	Exclude   []Item // patterns of paths whose findings are left out
	Baseline  string
}

// Item is a string and where it stands.
type Item struct {
	Text      string
	Line, Col int
}

// Error is a mistake at a place of the file.
type Error struct {
	File      string
	Line, Col int
	Message   string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Message)
}

// Find returns the file in dir or the nearest directory above it, "" if there is none. It looks no further than the root of the repository.
func Find(dir string) string {
	for {
		file := filepath.Join(dir, Name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return ""
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// Read reads the file.
func Read(file string) (*Config, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	c := &Config{File: file, Dir: filepath.Dir(file)}
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(text)).Decode(&doc); errors.Is(err, io.EOF) {
		return c, nil // empty
	} else if err != nil {
		return nil, fmt.Errorf("%s: %s", file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	root := doc.Content[0]
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return c, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, c.mistake(root, "want keys with values: %s", known)
	}
	seen := map[string]bool{}
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if seen[key.Value] {
			return nil, c.mistake(key, "%s stands here a second time", key.Value)
		}
		seen[key.Value] = true
		if err := c.set(key, value); err != nil {
			return nil, err
		}
	}
	return c, nil
}

const known = "flags, exclude and baseline are known"

func (c *Config) set(key, value *yaml.Node) error {
	var err error
	switch key.Value {
	case "flags":
		c.Flags, err = c.list(key.Value, value)
	case "exclude":
		c.Exclude, err = c.list(key.Value, value)
	case "baseline":
		if value.Kind != yaml.ScalarNode || value.Value == "" {
			return c.mistake(value, "baseline wants the path of a file")
		}
		c.Baseline = value.Value
		if !filepath.IsAbs(c.Baseline) {
			c.Baseline = filepath.Join(c.Dir, c.Baseline)
		}
	default:
		return c.mistake(key, "unknown key %q: %s", key.Value, known)
	}
	return err
}

func (c *Config) list(key string, n *yaml.Node) ([]Item, error) {
	if n.Kind != yaml.SequenceNode {
		return nil, c.mistake(n, "%s wants a list, one item a line, each after a dash", key)
	}
	var out []Item
	for _, e := range n.Content {
		if e.Kind != yaml.ScalarNode || e.Value == "" {
			return nil, c.mistake(e, "%s wants a list of strings", key)
		}
		out = append(out, Item{e.Value, e.Line, e.Column})
	}
	return out, nil
}

// Mistake returns an error at an item.
func (c *Config) Mistake(at Item, format string, args ...any) error {
	return &Error{c.File, at.Line, at.Col, fmt.Sprintf(format, args...)}
}

func (c *Config) mistake(n *yaml.Node, format string, args ...any) error {
	return &Error{c.File, n.Line, n.Column, fmt.Sprintf(format, args...)}
}
