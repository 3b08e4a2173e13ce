package intent_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/intent"
)

func TestOfField(t *testing.T) {
	tests := map[string]intent.Guard{
		"guarded by mu":                                 {Lock: "mu", Exact: true},
		"Guarded by mu.":                                {Lock: "mu", Exact: true},
		"Guarded by `mu`.":                              {Lock: "mu", Exact: true},
		"guarded by [Server.mu].":                       {Lock: "Server.mu", Exact: true},
		"protected by s.mu":                             {Lock: "s.mu", Exact: true},
		"guarded by streamsState.sendMu":                {Lock: "streamsState.sendMu", Exact: true},
		"+checklocks:mu":                                {Lock: "mu", Exact: true},
		"sessions by id.\n+checklocks:mu":               {Lock: "mu", Exact: true},
		"closed when done; guarded by mu":               {Lock: "mu", Exact: true},
		"by id (guarded by wmu)":                        {Lock: "wmu", Exact: true},
		"conns is guarded by mu":                        {Lock: "mu"},
		"protected by mutex":                            {Lock: "mutex"},
		"guarded by mu // want more":                    {Lock: "mu", Exact: true},
		"guarded by once":                               {Lock: "once"},
		"All the fields below are protected by mu.":     {Lock: "mu", Following: true},
		"The following fields are\nprotected by rcvMu.": {Lock: "rcvMu", Following: true},
	}
	for text, want := range tests {
		got, ok := intent.OfField(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{
		"", "Not guarded by mu.", "This needs not be protected by mu.", "It isn't guarded by mu", "guarded by mu until Start", "guarded by mu or by gate",
		"protected by the Agent mutex", "protected by a mutex", "protected by aggregator's mutex", "unprotected by mu", "guards mu", "the guard", "never protected by mu",
	} {
		_, ok := intent.OfField(text)
		assert.False(t, ok, text)
	}
}

func TestOfLock(t *testing.T) {
	tests := map[string]intent.Protects{
		"protects m, n":                     {Names: []string{"m", "n"}},
		"protects m":                        {Names: []string{"m"}},
		"Protects the pending map":          {Names: []string{"pending"}},
		"guards urls and picked":            {Names: []string{"urls", "picked"}},
		"mu protects lines, count and cur.": {Names: []string{"lines", "count", "cur"}},
		"to protect entries":                {Names: []string{"entries"}},
		"guards peers: handlers read it":    {Names: []string{"peers"}},
		"protects access to conns":          {Names: []string{"conns"}},
		"protects following":                {Following: true},
		"protects the following fields":     {Following: true},
		"protects the following fields.":    {Following: true},
		"protects the fields below":         {Following: true},
		"guards all fields below":           {Following: true, All: true},
		"guards everything following.":      {Following: true, All: true},
		"mutex protects variables below":    {Following: true},
	}
	for text, want := range tests {
		got, ok := intent.OfLock(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{
		"", "guards writes to all following fields", "protects concurrent writes to the stream", "serialises Close", "protect against concurrent use",
		"Only one write at a time to protect from overwrites", "protects the token field from being replaced while it is used",
	} {
		_, ok := intent.OfLock(text)
		assert.False(t, ok, text)
	}
}

func TestOfFunc(t *testing.T) {
	tests := map[string]intent.Held{
		"Caller must hold s.mu.":                               {Lock: "s.mu", Exact: true},
		"drop removes k. The caller must hold the s.mu lock.":  {Lock: "s.mu", Exact: true},
		"Callers should already hold mu":                       {Lock: "mu", Exact: true},
		"c.mu must be held by the caller":                      {Lock: "c.mu"},
		"mu must be held.":                                     {Lock: "mu"},
		"drop: s.mu must be held":                              {Lock: "s.mu"},
		"drop expects the caller to handle locking":            {},
		"It relies on its caller to take care of the locking.": {},
		"Lock should be held.":                                 {},
		"The lock must be held":                                {},
		"Read lock should be held.":                            {Read: true},
		"Server lock is held on entry.":                        {},
		"Lock held on entry":                                   {},
		"must be called with fh.mu held":                       {Lock: "fh.mu"},
		"Call with the mutex held":                             {},
		"It must be called while holding s.mu":                 {Lock: "s.mu"},
		"drop assumes the lock is already held":                {},
		"If shared is set, the caller must hold s.mu":          {Lock: "s.mu", Maybe: true},
		"Requires mu to be held.":                              {Lock: "mu"},
		"Drop is to be used within Walk.":                      {Within: "Walk"},
		"To be used within loops. Callers must hold s.mu.":     {Lock: "s.mu", Exact: true},
		"It must only be called from inside callbacks of Walk": {Within: "Walk"},
		"+checklocks:s.mu":                                     {Lock: "s.mu", Exact: true},
		"+checklocksread:s.mu":                                 {Lock: "s.mu", Read: true, Exact: true},
	}
	for text, want := range tests {
		got, ok := intent.OfFunc(text)
		assert.True(t, ok, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{
		"Drop can be used within Walk, too", "Drop may be called inside Walk", "It is not to be used within Walk",
		"", "Put takes s.mu.", "No lock held on entry.", "Lock should not be held.", "The caller must NOT hold s.mu", "Called without holding s.mu",
		"Lock MUST NOT be held upon entry.", "Close waits while the lock is held by others", "It is held in memory",
	} {
		_, ok := intent.OfFunc(text)
		assert.False(t, ok, text)
	}
}

func TestHeldByName(t *testing.T) {
	for _, name := range []string{"getLocked", "GetLocked", "getWithLockHeld", "unlockedGet", "UnlockedGet"} {
		assert.True(t, intent.HeldByName(name), name)
	}
	for _, name := range []string{"get", "getUnlocked", "isLocked", "NotLocked", "unlocked", "Unlocked", "unlock", "unlockedness"} {
		assert.False(t, intent.HeldByName(name), name)
	}
}
