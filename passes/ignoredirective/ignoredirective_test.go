package ignoredirective_test

import (
	"testing"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes"
)

// The checks are those that there are, so the analyzer is taken from their list.
func TestFixtures(t *testing.T) { fixture.Run(t, passes.All[len(passes.All)-1]) }
