package domain

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// JoinIf is a join key that is waited for if a condition holds: where it does not, there is nobody to wait for.
type JoinIf struct {
	If  Sym
	Key Path
}

const negation = "!"

// Not returns the negation of a condition.
func Not(c Sym) Sym {
	if text, ok := strings.CutPrefix(c.String(), negation); ok {
		return Intern(text)
	}
	return Intern(negation + c.String())
}

// JoinedIf is the location of what has been waited for under a condition, see Context.Joined.
func (j *JoinIf) JoinedIf() Sym {
	loc := j.Key.Loc()
	if loc == 0 {
		return 0
	}
	return joinedIf(loc, j.If)
}

func joinedIf(loc, cond Sym) Sym {
	key := [2]Sym{loc, cond}
	if s, ok := conditional.Load(key); ok {
		return s.(Sym)
	}
	s := Intern(loc.String() + " if " + cond.String())
	conditional.Store(key, s)
	return s
}

// conditional holds the symbols of joinedIf: to spell one takes longer than all else that is done with it.
var conditional sync.Map

func compareJoinIf(a, b JoinIf) int {
	return cmp.Or(cmp.Compare(a.If, b.If), a.Key.Compare(&b.Key))
}

// InsertJoinIf returns the sorted set with j added.
func InsertJoinIf(set []JoinIf, j JoinIf) []JoinIf { return insert(set, j, compareJoinIf) }

// HasJoinIf reports whether the sorted set holds j.
func HasJoinIf(set []JoinIf, j JoinIf) bool { return has(set, j, compareJoinIf) }

// JoinedKey is what Context.Joined holds of a key that was waited for: its location or, for a channel, WaitGroup or flag that is itself a parameter or a variable, that.
// It is 0 for other keys that only the function can name.
func (p *Path) JoinedKey() Sym {
	if loc := p.Loc(); loc != 0 {
		return loc
	}
	if p.n > 1 || p.n == 1 && !p.Flag() {
		return 0
	}
	switch p.Root.Kind {
	case Param, FreeVar:
		if s := IndexBy(p.Root); s != Elem {
			return s
		}
	case Local:
		return p.Root.Name
	}
	return 0
}

// Plain splits a join key into the channel and how it is signalled: Closed, Repeated, or 0.
func (p Path) Plain() (Path, Sym) {
	if p.n == 0 {
		return p, 0
	}
	mark := p.sel[p.n-1]
	if mark != Closed && mark != Repeated {
		return p, 0
	}
	p.n--
	p.sel[p.n] = 0
	return p, mark
}

// Flag reports whether the join key p is the setting of a flag.
func (p *Path) Flag() bool {
	return p.n > 0 && !p.sel[p.n-1].IsField() && strings.HasPrefix(p.sel[p.n-1].String(), "(set")
}

// IsChannel reports whether the join key p, which is a parameter or a variable itself, is a channel: one receive hears of one of those that send.
func (p *Path) IsChannel() bool { return p.Root.Type == 0 && !p.Flag() }

// Over reports whether the goroutine is over for whoever has waited for the keys at the sorted locations.
func (sp *Spawn) Over(joined []Sym) bool {
	if len(joined) == 0 {
		return false
	}
	for _, k := range sp.Signals {
		k, _ = k.Plain()
		loc := k.Loc()
		if loc == 0 {
			continue
		}
		if HasSym(joined, loc) || slices.ContainsFunc(sp.When, func(c Sym) bool { return HasSym(joined, joinedIf(loc, c)) }) {
			return true
		}
	}
	return false
}
