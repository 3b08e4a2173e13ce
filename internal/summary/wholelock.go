package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/models"
)

// wholeLock returns the lock that v is, or that it is the inside of: a struct that is locked, and that has nothing else which a lock could be for, is one lock as a
// whole. So it has the name of the field that it is in. By the name of its own field all of its type, wherever they are, would be one lock, and it could guard
// nothing beside it. Structs that declare the methods themselves are told by lockType.
func (u *unit) wholeLock(v ssa.Value) ssa.Value {
	for {
		field, ok := v.(*ssa.FieldAddr)
		if !ok || !u.isLockAlone(deref(field.X.Type())) {
			return v
		}
		v = field.X
	}
}

func (u *unit) isLockAlone(t types.Type) bool {
	alone, known := u.locksAlone[t]
	if !known {
		alone = models.IsLockAlone(t)
		u.locksAlone[t] = alone
	}
	return alone
}
