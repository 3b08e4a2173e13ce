// Package golangci is the module plugin of golangci-lint: the linter "mapguard", which is all checks of this module. docs/golangci.md says how to build
// it in.
package golangci

import (
	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/passes"
)

func init() { register.Plugin("mapguard", New) }

// plugin is the linter as one configuration has it.
type plugin struct {
	checks  []*analysis.Analyzer
	related bool
}

// New returns the linter for what stands below linters.settings.custom.mapguard.settings. A key, check or flag that is not known is an error.
func New(conf any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[settings](conf)
	if err != nil {
		return nil, err
	}
	checks, err := s.choose(passes.All)
	if err != nil {
		return nil, err
	}
	return &plugin{checks, s.Related}, nil
}

// BuildAnalyzers returns the checks, with what they report cut to what golangci-lint can take.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	var out []*analysis.Analyzer
	for _, c := range p.checks {
		out = append(out, p.adapt(c))
	}
	return out, nil
}

// GetLoadMode asks for types and syntax. There is no mode for SSA: the checks build their own.
func (p *plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// adapt returns a check whose diagnostics are adapted. No check requires another, so a copy can't come to stand beside its original.
func (p *plugin) adapt(check *analysis.Analyzer) *analysis.Analyzer {
	c := *check
	c.Run = func(pass *analysis.Pass) (any, error) {
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) { pass.Report(adapted(pass.Fset, d, p.related)) }
		return check.Run(&inner)
	}
	return &c
}
