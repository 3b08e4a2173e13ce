package unguardedmap_test

import (
	"testing"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/unguardedmap"
)

func TestFixtures(t *testing.T) { fixture.Run(t, unguardedmap.Analyzer) }

func TestMended(t *testing.T) { fixture.Mended(t, unguardedmap.Analyzer) }

func TestGuards(t *testing.T) { fixture.Run(t, unguardedmap.Guards) }
