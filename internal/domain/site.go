package domain

import "strings"

// A spawn site is named by where it stands. The part of the goroutine after it has signalled is a site of its own, since whoever waits for the signal is
// not ordered after that; a helper's site gets another name at each call that has it start something else; and what further activations of a recursive
// function start has one of its own. Names are taken apart again, also those that come with facts, so that the marks hold what no file name does.

const (
	mark      = "\x00"
	afterMark = mark + "~"
	callMark  = mark + "@"
	innerMark = mark + "^"
	eachMark  = mark + "!"
)

// After names the part of the goroutines of site after they have signalled the keys.
func After(site Sym, keys []Path) Sym {
	text := site.String() + afterMark
	for _, k := range keys {
		text += k.String() + " "
	}
	return Intern(text)
}

// AtCall names the site of a helper for one call of it.
func AtCall(site Sym, call Pos) Sym { return Intern(site.String() + callMark + call.String()) }

// OfCall reports whether AtCall has named the site: a helper starts there what it was given.
func OfCall(site Sym) bool { return strings.Contains(site.String(), callMark) }

// AtSomeCall reports whether AtCall has named inner for a call, be it of a call: the function that starts it, and what that calls, know it as site.
func AtSomeCall(inner, site Sym) bool {
	return strings.HasPrefix(inner.String(), site.String()+callMark)
}

// Inner names what stands for all that further activations of a recursive function start at site, at any depth.
func Inner(site Sym) Sym {
	if strings.HasSuffix(site.String(), innerMark) {
		return site
	}
	return Intern(site.String() + innerMark)
}

// SameStart reports whether two sites are parts of one goroutine, at the same call or activation: what After was given is the same.
func SameStart(a, b Sym) bool {
	if a == b {
		return true
	}
	headA, tailA := start(a)
	headB, tailB := start(b)
	if len(headA) > len(headB) {
		headA, tailA, headB, tailB = headB, tailB, headA, tailA
	}
	more := len(headB) - len(headA)
	return len(tailA) == more+len(tailB) && headB[:len(headA)] == headA && headB[len(headA):] == tailA[:more] && tailA[more:] == tailB
}

// start returns what is left of a site without the part that After has added: what comes before that, and what comes after.
func start(site Sym) (head, tail string) {
	head, rest, ok := strings.Cut(site.String(), afterMark)
	if !ok {
		return head, ""
	}
	if i := strings.Index(rest, mark); i >= 0 {
		tail = rest[i:]
	}
	return head, tail
}

// ForEachCall names, for callers, the lock in a local variable of a function that leaves goroutines running which take it: each call of the function has another one. AtCall names that of
// one call.
func ForEachCall(local Sym) Sym {
	if IsForEachCall(local) {
		return local
	}
	return Intern(local.String() + eachMark)
}

// IsForEachCall reports whether ForEachCall has named the lock.
func IsForEachCall(local Sym) bool { return strings.Contains(local.String(), eachMark) }

// OfOneCall reports whether two locks may be the one that a call of a function has in a local variable: as that function names it, and as a caller does.
func OfOneCall(a, b Sym) bool {
	inner, outer := a.String(), b.String()
	if len(inner) > len(outer) {
		inner, outer = outer, inner
	}
	more, ok := strings.CutPrefix(outer, inner)
	return ok && (strings.HasPrefix(more, eachMark) || strings.HasPrefix(more, callMark))
}
