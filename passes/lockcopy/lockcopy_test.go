package lockcopy_test

import (
	"testing"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/lockcopy"
)

func TestFixtures(t *testing.T) { fixture.Run(t, lockcopy.Analyzer) }
