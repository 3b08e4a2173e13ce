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

// Inner names what stands for all that further activations of a recursive function start at site, at any depth.
func Inner(site Sym) Sym {
	if strings.HasSuffix(site.String(), innerMark) {
		return site
	}
	return Intern(site.String() + innerMark)
}

// Start names the start of the goroutine that site is a part of: what After was given, at the same call or activation.
func Start(site Sym) string {
	text := site.String()
	head, rest, ok := strings.Cut(text, afterMark)
	if !ok {
		return text
	}
	if i := strings.Index(rest, mark); i >= 0 {
		return head + rest[i:]
	}
	return head
}
