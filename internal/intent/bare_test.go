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

func TestLoose(t *testing.T) {
	for _, text := range []string{
		"Fields can be accessed without holding this lock, but only after Close returns.", "errs may be read without the lock once all have ended",
		"mu protects writes to conns", "guards updates", "Reading needs no lock.", "rows can safely be used without a mutex then",
	} {
		assert.True(t, intent.Loose(text), text)
	}
	for _, text := range []string{
		"", "protects rows", "rows must not be read without the lock", "TODO: can be read without the lock?", "cannot be accessed without holding this lock",
		"can be written without the lock", "guards reads and writes", "may be used", "should be read without the lock",
	} {
		assert.False(t, intent.Loose(text), text)
	}
}

func TestSerial(t *testing.T) {
	for _, text := range []string{
		"It is not thread safe and order is required", "Buffer is not safe for concurrent use.", "This is not goroutine-safe", "must not be called concurrently", "It is not itself safe for concurrent access",
		"can't be used by several goroutines at once",
	} {
		assert.True(t, intent.Serial(text), text)
	}
	for _, text := range []string{
		"", "is safe for concurrent use", "thread safe", "It is not thread safe if the lock is not held", "TODO: not thread safe?", "not safe", "was not thread safe once", "may be called concurrently",
	} {
		assert.False(t, intent.Serial(text), text)
	}
}
