package rlockwrite_test

import (
	"testing"

	"github.com/mapguard/mapguard/internal/fixture"
	"github.com/mapguard/mapguard/passes/rlockwrite"
)

func TestFixtures(t *testing.T) { fixture.Run(t, rlockwrite.Analyzer) }
