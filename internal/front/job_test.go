package front

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/analysis"
)

func TestGivesExportData(t *testing.T) {
	for version, want := range map[string]bool{"go1.26.8": true, "go1.21": true, "go1.27rc1": false, "go1.28.1": false, "": false, "devel +abc": false} {
		assert.Equal(t, want, givesExportData(version), version)
	}
}

func TestVetJob(t *testing.T) {
	t.Setenv("GOVERSION", "go1.26.1")
	a, b := &analysis.Analyzer{Name: "a", Flags: *flag.NewFlagSet("a", flag.ContinueOnError)}, &analysis.Analyzer{Name: "b"}
	deep := a.Flags.Bool("deep", false, "")
	names := func(args ...string) []string {
		job, file := vetJob(append(args, "x.cfg"), []*analysis.Analyzer{a, b})
		if job == nil {
			return nil
		}
		assert.Equal(t, "x.cfg", file)
		out := []string{}
		for _, a := range job.Analyzers {
			out = append(out, a.Name)
		}
		return out
	}
	assert.Equal(t, []string{"a", "b"}, names())
	assert.Equal(t, []string{"a", "b"}, names("-json", "-c=2"))
	assert.Equal(t, []string{"b"}, names("-b"))
	assert.Equal(t, []string{"b"}, names("-a=false"))
	assert.Equal(t, []string{"a"}, names("-a=true", "-b=false"))
	assert.False(t, *deep)
	assert.Equal(t, []string{"a", "b"}, names("-a.deep"))
	assert.True(t, *deep)
	for _, other := range []string{"-vet", "-fix", "-diff", "-printf", "-b=maybe"} {
		assert.Nil(t, names(other), other)
	}
	job, _ := vetJob([]string{"-V=full"}, nil)
	assert.Nil(t, job)
	t.Setenv("GOVERSION", "go1.27")
	assert.Nil(t, names())
}
