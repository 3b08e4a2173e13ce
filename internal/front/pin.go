package front

import (
	"flag"
	"fmt"
	"strings"
)

// pinner is the value of a check's flag that names a file, or whose meaning depends on one. The go command's cache knows the text of flags and nothing of
// files, so the front end adds the hash of the content to it: another content is another flag, and a check refuses a file that has changed since.
type pinner interface {
	flag.Value
	Pin(value string) (string, error)
	// Under returns a value that stands in a configuration file in dir, as it means from here.
	Under(dir, value string) string
}

// modelsFlag is the flag of a check that -models is short for.
const modelsFlag = "unguardedmap.models"

// pinner returns the value of the flag name if it depends on a file.
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

// pin adds to the flags of checks that depend on files what tells their content.
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

// inDir returns a flag of a configuration file in dir as it means from here.
func (a *app) inDir(dir, text string) string {
	name, value, _ := strings.Cut(text, "=")
	p, ok := a.pinner(strings.TrimLeft(name, "-"))
	if !ok {
		return text
	}
	return name + "=" + p.Under(dir, value)
}
