package format

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
)

const home = "https://github.com/mapguard/mapguard"

// SARIF 2.1.0, the parts that are used.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool                `json:"tool"`
		Invocations []sarifInvocation        `json:"invocations"`
		Bases       map[string]sarifArtifact `json:"originalUriBaseIds"`
		ColumnKind  string                   `json:"columnKind"`
		Results     []sarifResult            `json:"results"`
	}
	sarifInvocation struct {
		Successful bool `json:"executionSuccessful"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifText    `json:"shortDescription"`
		Full    sarifText    `json:"fullDescription"`
		Help    sarifText    `json:"help"`
		HelpURI string       `json:"helpUri,omitempty"`
		Config  sarifConfig  `json:"defaultConfiguration"`
		Props   sarifRuleBag `json:"properties"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifRuleBag struct {
		Tags      []string `json:"tags"`
		Precision string   `json:"precision"`
		Severity  string   `json:"problem.severity"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifResult struct {
		Rule         string            `json:"ruleId"`
		Index        int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Related      []sarifLocation   `json:"relatedLocations,omitempty"`
		Flows        []sarifFlow       `json:"codeFlows,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints,omitempty"`
		Fixes        []sarifFix        `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		ID       *int          `json:"id,omitempty"`
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
		EndLine     int `json:"endLine,omitempty"`
		EndColumn   int `json:"endColumn,omitempty"`
	}
	sarifFlow struct {
		Threads []sarifThread `json:"threadFlows"`
	}
	sarifThread struct {
		Locations []sarifStep `json:"locations"`
	}
	sarifStep struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted sarifText   `json:"insertedContent"`
	}
)

const rootID = "SRCROOT"

// SARIF prints a SARIF log with one run. Addresses are relative to the repository, so that they are the same on each machine.
func SARIF(w io.Writer, fs []finding.Finding, c *Context) error {
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "mapguard", Version: numeric(c.Version), URI: home, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{!c.Incomplete}},
		Bases:       map[string]sarifArtifact{rootID: {URI: strings.TrimSuffix(FileURI(c.Root), "/") + "/"}},
		ColumnKind:  "utf16CodeUnits",
		Results:     []sarifResult{},
	}
	index := map[string]int{}
	rule := func(k Check) {
		index[k.Name] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(k))
	}
	for _, k := range c.Checks {
		rule(k)
	}
	seen := map[string]int{}
	for _, f := range fs {
		if _, ok := index[f.Check]; !ok {
			rule(c.check(f.Check))
		}
		res := c.sarifResult(f)
		res.Index = index[f.Check]
		if c.Fingerprint != nil {
			key := c.Fingerprint(f)
			seen[key]++
			res.Fingerprints = map[string]string{"mapguard/v1": fmt.Sprintf("%s:%d", key, seen[key])}
		}
		run.Results = append(run.Results, res)
	}
	return encode(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// numeric returns a version without its v, "" for one that is no number: readers compare them.
func numeric(version string) string {
	v := strings.TrimPrefix(version, "v")
	if v == "" || v[0] < '0' || v[0] > '9' {
		return ""
	}
	return v
}

func sarifRuleOf(k Check) sarifRule {
	return sarifRule{
		ID: k.Name, Short: sarifText{Text: k.Title}, Full: sarifText{Text: k.Title}, Help: sarifText{Text: cmp.Or(k.Doc, k.Title)}, HelpURI: k.URL,
		Config: sarifConfig{"warning"},
		Props:  sarifRuleBag{[]string{"correctness"}, "high", "error"},
	}
}

func (c *Context) sarifResult(f finding.Finding) sarifResult {
	res := sarifResult{
		Rule: f.Check, Level: "warning", Message: sarifText{Text: f.Message},
		Locations: []sarifLocation{c.sarifLocation(f.Pos, f.End, "")},
	}
	var steps []sarifStep
	for i, r := range f.Related {
		loc := c.sarifLocation(r.Pos, r.End, r.Message)
		steps = append(steps, sarifStep{loc})
		loc.ID = &i
		res.Related = append(res.Related, loc)
	}
	if len(steps) > 0 {
		// The related places lead from the other side over the start of the goroutine and the calls to the place itself.
		steps = append(steps, sarifStep{c.sarifLocation(f.Pos, f.End, f.Message)})
		res.Flows = []sarifFlow{{[]sarifThread{{steps}}}}
	}
	for _, x := range f.Fixes {
		if fix, ok := c.sarifFix(x); ok {
			res.Fixes = append(res.Fixes, fix)
		}
	}
	return res
}

func (c *Context) sarifLocation(pos, end finding.Pos, msg string) sarifLocation {
	loc := sarifLocation{Physical: sarifPhysical{Artifact: c.sarifArtifact(pos.File)}}
	if pos.Line > 0 {
		r := c.sarifRegion(c.Source.File(pos.File).Span(pos, end))
		loc.Physical.Region = &r
	}
	if msg != "" {
		loc.Message = &sarifText{Text: msg}
	}
	return loc
}

func (c *Context) sarifRegion(from, to finding.Pos) sarifRegion {
	r := sarifRegion{StartLine: from.Line}
	if from.Col == 0 {
		return r
	}
	file := c.Source.File(from.File)
	r.StartColumn = file.UTF16(from) + 1
	if to.Line >= from.Line {
		r.EndLine, r.EndColumn = to.Line, file.UTF16(to)+1
	}
	return r
}

// sarifArtifact returns a relative address where the file is below the root, else an absolute one.
func (c *Context) sarifArtifact(name string) sarifArtifact {
	if path, ok := c.below(name); ok {
		return sarifArtifact{(&url.URL{Path: path}).String(), rootID}
	}
	return sarifArtifact{URI: FileURI(name)}
}

func (c *Context) sarifFix(x finding.Fix) (sarifFix, bool) {
	fix := sarifFix{Description: sarifText{Text: x.Message}}
	for _, e := range x.Edits {
		file := c.Source.File(e.File)
		if file == nil || e.End > len(file.Text) {
			return fix, false
		}
		artifact := c.sarifArtifact(e.File)
		i := slices.IndexFunc(fix.Changes, func(ch sarifChange) bool { return ch.Artifact == artifact })
		if i < 0 {
			i = len(fix.Changes)
			fix.Changes = append(fix.Changes, sarifChange{Artifact: artifact})
		}
		ch := &fix.Changes[i]
		ch.Replacements = append(ch.Replacements, sarifReplacement{c.sarifRegion(file.Pos(e.Start), file.Pos(e.End)), sarifText{Text: e.New}})
	}
	return fix, len(fix.Changes) > 0
}
