package domain

import "strings"

// A spawn site is named by where it stands. The part of the goroutine after it has signalled is a site of its own, since whoever waits for the signal is
// not ordered after that; and a helper's site gets another name at each call that has it start something else.

const (
	afterMark = "~"
	callMark  = "@"
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

// Start names the start of the goroutine that site is a part of: what After was given, at the same call.
func Start(site Sym) string {
	text := site.String()
	head, rest, ok := strings.Cut(text, afterMark)
	if !ok {
		return text
	}
	if i := strings.Index(rest, callMark); i >= 0 {
		return head + rest[i:]
	}
	return head
}
