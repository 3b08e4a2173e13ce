package summary_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/mapguard/mapguard/internal/summary"
)

// TestFacts checks what other packages are told, as text, and that they use it.
func TestFacts(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), summary.Analyzer, "facts/lib", "facts/use")
}
