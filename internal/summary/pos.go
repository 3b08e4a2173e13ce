package summary

import (
	"go/token"

	"github.com/mapguard/mapguard/internal/domain"
)

// pos records a position in the form that facts carry.
func (u *unit) pos(p token.Pos) domain.Pos {
	at := u.pass.Fset.Position(p)
	out := domain.Pos{File: domain.Intern(at.Filename), Line: int32(at.Line), Col: int32(at.Column)}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.where[out] = p
	return out
}

// at returns the position in this package's files that p was recorded for, NoPos if there is none.
func (u *unit) at(p domain.Pos) token.Pos {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.where[p]
}

// ours reports whether p lies in this package.
func (u *unit) ours(p domain.Pos) bool {
	u.mu.RLock()
	defer u.mu.RUnlock()
	_, ok := u.where[p]
	return ok
}
