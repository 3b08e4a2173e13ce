package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// A lock that is made by the call at hand, and that nobody else gets, keeps nobody out: each call has another one. Taken for a lock that we don't know, it silenced
// what is done under it.

// privateLock reports whether v is a lock that its function makes, and does nothing with but take it and give it up.
func privateLock(v ssa.Value) bool {
	made, ok := v.(*ssa.Alloc)
	if !ok {
		return false
	}
	return !slices.ContainsFunc(*made.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
			return false
		case *ssa.Store:
			return ref.Addr != ssa.Value(made)
		case ssa.CallInstruction:
			_, starts := ref.(*ssa.Go)
			return starts || !usesLock(ref.Common(), made)
		}
		return true
	})
}

// usesLock reports whether c takes the lock, or gives it up.
func usesLock(c *ssa.CallCommon, lock ssa.Value) bool {
	return len(c.Args) == 1 && c.Args[0] == lock && slices.ContainsFunc(effectsOf(c), func(e models.Effect) bool { return e.Kind == models.Acquire || e.Kind == models.Release })
}
