package lockbalance_test

import (
	"testing"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/lockbalance"
)

func TestFixtures(t *testing.T) { fixture.Run(t, lockbalance.Analyzer) }
