// Package baseline keeps the findings that a project has decided to live with for now, in a file.
//
// An entry names a finding by what an edit elsewhere doesn't change: the package, the check, the declaration it is in and its message without line
// numbers and counts. Neither line nor file is part of it, so code may move. Findings that can't be told apart share an entry with a count.
package baseline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/source"
)

// Key names a finding.
type Key struct {
	Package string `json:"package"`
	Check   string `json:"check"`
	In      string `json:"in,omitempty"` // the declaration: "Server.Get"
	Message string `json:"message"`
}

// Entry is a key and how many findings have it.
type Entry struct {
	Key
	Count int `json:"count"`
}

// Baseline is the content of the file.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

var (
	place  = regexp.MustCompile(`[^\s:]+\.go:\d+`)
	number = regexp.MustCompile(`\b\d+\b`)
)

// KeyOf returns the key of a finding.
func KeyOf(f finding.Finding, src *source.Cache) Key {
	msg := number.ReplaceAllString(place.ReplaceAllString(f.Message, "FILE"), "N")
	return Key{Package: f.Path(), Check: f.Check, In: src.File(f.Pos.File).Decl(f.Pos), Message: msg}
}

// Fingerprint returns a short form of the key, for formats that carry one.
func Fingerprint(f finding.Finding, src *source.Cache) string {
	k := KeyOf(f, src)
	sum := sha256.Sum256([]byte(strings.Join([]string{k.Package, k.Check, k.In, k.Message}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// Make returns the baseline of findings.
func Make(fs []finding.Finding, src *source.Cache) *Baseline {
	count := map[Key]int{}
	for _, f := range fs {
		count[KeyOf(f, src)]++
	}
	b := &Baseline{Version: 1, Findings: []Entry{}}
	for k, n := range count {
		b.Findings = append(b.Findings, Entry{k, n})
	}
	slices.SortFunc(b.Findings, func(a, b Entry) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(a.Check, b.Check), strings.Compare(a.In, b.In), strings.Compare(a.Message, b.Message))
	})
	return b
}

// Encode returns the text of the file.
func (b *Baseline) Encode() []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(b); err != nil {
		panic(err) // strings and numbers only
	}
	return out.Bytes()
}

// Read reads the file.
func Read(name string) (*Baseline, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading the baseline: %w (mapguard -write-baseline=FILE writes one)", err)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	b := &Baseline{}
	if err := dec.Decode(b); err != nil {
		return nil, fmt.Errorf("reading the baseline %s: %w (mapguard -write-baseline=FILE writes it anew)", name, err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("the baseline %s goes on after its end", name)
	}
	if b.Version != 1 {
		return nil, fmt.Errorf("the baseline %s is of version %d, this mapguard reads version 1", name, b.Version)
	}
	return b, nil
}

// Filter returns the findings that are not in the baseline. Of several with one key the first are taken for the known ones.
func (b *Baseline) Filter(fs []finding.Finding, src *source.Cache) []finding.Finding {
	left := map[Key]int{}
	for _, e := range b.Findings {
		left[e.Key] += e.Count
	}
	var out []finding.Finding
	for _, f := range fs {
		k := KeyOf(f, src)
		if left[k] > 0 {
			left[k]--
			continue
		}
		out = append(out, f)
	}
	return out
}
