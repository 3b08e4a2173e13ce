package summary

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/domain"
)

// Calls share their locks with the summary that they are of, and with others.
func TestExecutedInsteadChangesNoCall(t *testing.T) {
	f := domain.Of(domain.Root{Kind: domain.Param})
	turn := domain.Lock{Path: domain.Of(domain.Root{Kind: domain.Global, Name: domain.Intern("p.turns")}), Mode: domain.WriteMode}
	sent := domain.FuncCall{Path: f, Context: domain.Context{Terms: domain.Terms{Site: domain.Intern("a.go:1:1"), Locks: domain.Lockset{turn}}}}
	v := &view{sum: &domain.Summary{Calls: []domain.FuncCall{sent, {Path: f}}}}

	assert.Empty(t, v.executedInstead(0))
	got := v.executedInstead(1)
	assert.Len(t, got, 1)
	assert.True(t, got[0].Maybe)
	assert.False(t, v.sum.Calls[0].Locks[0].Maybe)
}
