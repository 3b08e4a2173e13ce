package front

import (
	"flag"
	"fmt"
	"path/filepath"
	"strings"
)

// pinner is the value of a check's flag that names a file. The go command's cache knows the text of flags and nothing of files, so the front end replaces
// the path by one with the hash of the content: another content is another flag, and a check refuses a file that has changed since.
type pinner interface {
	flag.Value
	Pin(path string) (string, error)
}

// modelsFlag is the flag of a check that -models is short for.
const modelsFlag = "unguardedmap.models"

// pinner returns the value of the flag name if it names a file.
func (a *app) pinner(name string) (pinner, bool) {
	if name == "models" {
		name = modelsFlag
	}
	check, sub, _ := strings.Cut(name, ".")
	c := find(check, a.checks)
	if c == nil {
		return nil, false
	}
	f := c.Flags.Lookup(sub)
	if f == nil {
		return nil, false
	}
	p, ok := f.Value.(pinner)
	return p, ok
}

// pin replaces the files that flags of checks name by what tells their content.
func (a *app) pin(o *options) error {
	for i, text := range o.tool {
		name, value, _ := strings.Cut(strings.TrimPrefix(text, "-"), "=")
		p, ok := a.pinner(name)
		if !ok {
			continue
		}
		value, err := p.Pin(value)
		if err != nil {
			return fmt.Errorf("-%s: %w", name, err)
		}
		o.tool[i] = "-" + name + "=" + value
	}
	return nil
}

// inDir returns a flag of a configuration file in dir with the file that it names, if it names one, taken to be relative to there.
func (a *app) inDir(dir, text string) string {
	name, value, _ := strings.Cut(text, "=")
	if _, ok := a.pinner(strings.TrimLeft(name, "-")); !ok || value == "" || filepath.IsAbs(value) {
		return text
	}
	return name + "=" + filepath.Join(dir, value)
}
