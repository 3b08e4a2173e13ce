package intent_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/internal/intent"
)

func TestBare(t *testing.T) {
	for _, text := range []string{
		"The lack of a lock is intentional.", "Deliberately done without the mutex.", "No lock is needed: main has not started anybody.", "no locking required",
		"Locks are not needed\nhere", "no need to lock", "There is no need to hold the lock", "no need for a mutex", "We don't need to take the lock here, nobody has it yet",
		"Does not lock, since only the loop calls it", "It is only called at the start, in a single-threaded way",
		"Access to measures is already guarded by a lock in produce.",
		"Sets a tag.\n+checklocksignore — not yet shared",
	} {
		assert.True(t, intent.Bare(text), text)
	}
	for _, text := range []string{
		"", "takes the lock", "The lock is needed", "TODO: no lock needed?", "no lock needed if the caller is alone", "Not called without the lock", "without the lock this was slow",
		"should not lock here", "don't lock twice", "no lock is held here", "is not single-threaded", "unlocks first", "+checklocks:mu", "already guarded, says the log", "if it is already guarded by a lock",
	} {
		assert.False(t, intent.Bare(text), text)
	}
}
