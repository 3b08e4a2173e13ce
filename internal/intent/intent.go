// Package intent reads what comments say of locks: which lock guards a field, what a lock protects, and which lock a function wants its caller to hold. It
// knows words, and nothing of types: what a name means is for the caller to find out.
//
// Comments in real code are loose. A form that is not known says nothing, and so does one with a "not" before it or an "until" behind it.
package intent

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// lazy compiles an expression when it is first wanted: most processes read no comments.
func lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// Guard is what the comment of a field says of its lock.
type Guard struct {
	Lock string // a name, perhaps with selectors: mu, s.mu
	// Exact: the comment says this and nothing else about it, so that a name that means nothing is a mistake.
	Exact bool
	// Following: the comment speaks of the fields that follow, too.
	Following bool
}

var (
	annotation = lazy(`^\+checklocks(?:read)?:(?:[\w.]+=)?([A-Za-z_][\w.]*)$`)
	guardedBy  = lazy(`(?i)^(.*?)\b(?:guarded|protected) by ["\x60\[]?([A-Za-z_][\w.]*)["\x60\]]?(.*)$`)
	negative   = lazy(`(?i)\b(?:not|never|no|without|isn't|aren't|needn't|un\w*)\b`)
	following  = lazy(`(?i)\b(?:following|below)\b`)
	clean      = lazy(`^\s*(?:[.;,)\]:]|$)`)
	conditions = lazy(`(?i)^['’]|^\s*(?:and|or|until|unless|while|when|if|before|after|once|during|only|for|as|in)\b`)
)

// OfField reads the comment of a field or variable.
func OfField(comment string) (Guard, bool) {
	if lock, _ := annotated(comment); lock != "" {
		return Guard{Lock: lock, Exact: true}, true
	}
	for _, s := range sentences(comment) {
		m := guardedBy().FindStringSubmatch(s)
		if m == nil {
			continue
		}
		before, lock, after := m[1], strings.TrimRight(m[2], "."), m[3]
		if negative().MatchString(before) || conditions().MatchString(after) || article(lock) {
			continue
		}
		return Guard{Lock: lock, Exact: Name(lock) && strings.TrimSpace(before) == "" && clean().MatchString(after), Following: following().MatchString(before)}, true
	}
	return Guard{}, false
}

// annotated returns the lock of an annotation for gVisor's checklocks.
func annotated(comment string) (lock string, read bool) {
	for line := range strings.Lines(comment) {
		line, _, _ = strings.Cut(line, "//")
		if m := annotation().FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			return m[1], strings.Contains(line, "+checklocksread")
		}
	}
	return "", false
}

// article reports whether a word is the first of several, such as in "guarded by the lock of the owner".
func article(word string) bool {
	switch strings.ToLower(word) {
	case "a", "an", "the", "its", "this", "that", "their", "our", "holding", "taking", "using", "both", "either":
		return true
	}
	return false
}

// Name reports whether a word can only be meant as the name of a lock: it is spelt like one, and is no English word.
func Name(word string) bool {
	last := word[strings.LastIndexByte(word, '.')+1:]
	switch strings.ToLower(last) {
	case "lock", "locks", "mutex", "mutexes", "rwmutex", "semaphore", "block", "clock":
		return strings.Contains(word, ".")
	}
	return lockLike().MatchString(last)
}

var lockLike = lazy(`^(?:mu|mtx|mut|mx|lk|lck|rwmu)$|(?:Mu|Mtx|Mut|Mutex|Lock|Lck|[a-z]mu|_mu|_lock|_mutex)$`)

// Protects is what the comment of a lock says.
type Protects struct {
	Names     []string // fields or variables
	Following bool     // those that follow, to the end of the paragraph
	All       bool     // those that follow, to the next lock
}

var (
	protects = lazy(`(?i)^(?:[A-Za-z_]\w* |used to |is used to |to |lock to |mutex to |mutex used to |lock used to )?(?:protects?|guards?)\b:?\s*(.*)$`)
	// What stands between the verb and the fields.
	filler = lazy(`(?i)^(?:(?:concurrent |all )?access(?:es)? to |all |everything |any |the |these |this |both |just |rw |fields? |variables? |vars? |members? |of |state )+`)
	suffix = lazy(`(?i)\s+(?:maps?|fields?|slices?|variables?|lists?|from concurrent access|against concurrent access)$`)
	ident  = lazy(`^[A-Za-z_]\w*$`)
	listed = lazy(`\s*(?:,\s*and\s+|,|\s+and\s+|\s*&\s*|/)\s*`)
)

// OfLock reads the comment of a lock. What restricts it ("guards writes to") is not understood.
func OfLock(comment string) (Protects, bool) {
	for _, s := range sentences(comment) {
		m := protects().FindStringSubmatch(s)
		if m == nil {
			continue
		}
		rest := m[1]
		body := filler().ReplaceAllString(rest, "")
		if followingOnly().MatchString(body) {
			return Protects{Following: true, All: all().MatchString(rest)}, true
		}
		if i := strings.IndexAny(body, ":;("); i >= 0 {
			body = body[:i]
		}
		var names []string
		for _, name := range listed().Split(strings.TrimSpace(suffix().ReplaceAllString(strings.TrimSpace(body), "")), -1) {
			name = strings.TrimPrefix(name, "the ")
			if !ident().MatchString(name) {
				return Protects{}, false
			}
			names = append(names, name)
		}
		return Protects{Names: names}, true
	}
	return Protects{}, false
}

var (
	followingOnly = lazy(`(?i)^(?:the )?(?:following|below|that follow)(?: (?:fields|variables|vars|members|maps|it|this|them))?\s*[:;.]?$`)
	all           = lazy(`(?i)\b(?:all|everything)\b`)
)

// Held is what the comment of a function says of its caller.
type Held struct {
	Lock string // a name, perhaps with selectors; empty for "the lock"
	Read bool   // held for reading is enough
	// Maybe: only under some condition.
	Maybe bool
	// Exact: see Guard.
	Exact bool
	// Within names the function in whose callbacks alone it may be called: the lock is that function's affair.
	Within string
}

const (
	lockName = `(?:the |its |an? )?(?:(read|write|client|server|account|series|own|exclusive|shared) )?(?:(?:\w+)['’]s )?([A-Za-z_]\w*(?:\.\w+)*)(?:['’]s)?(?: (?:lock|mutex|locked))?`
	must     = `(?:must|should|shall|needs? to|has to|have to|is expected to|are expected to|is required to|are required to|is assumed to|are assumed to)`
)

var needs = []func() *regexp.Regexp{
	lazy(`(?i)\bcallers? ` + must + ` (?:already |currently )?(?:hold|be holding|have locked|have acquired|own) ` + lockName + `\b`),
	lazy(`(?i)^(?:\w+: )?` + lockName + ` ` + must + ` (?:already )?be held\b`),
	lazy(`(?i)\b` + lockName + ` ` + must + ` (?:already )?be held by (?:the |its )?callers?\b`),
	lazy(`(?i)^` + lockName + `(?: is| must be)?(?: already)? held (?:by (?:the |its )?callers?|(?:up)?on entry)\b`),
	lazy(`(?i)\b(?:called|call|call this|invoked|used) (?:only )?(?:with|while|when) ` + lockName + `(?: is| being)?(?: already)? (?:held|locked)\b`),
	lazy(`(?i)\b(?:called|call|call this|invoked|used) (?:only )?(?:while|when) holding ` + lockName + `\b`),
	lazy(`(?i)^(?:\w+ )?(?:assumes?|requires?|expects?) (?:that )?` + lockName + `(?: is| to be)?(?: already)? (?:held|locked)\b`),
	lazy(`(?i)^must hold ` + lockName + `\b`),
	lazy(`(?i)\b(?:expects?|requires?|assumes?|relies on) ()(?:the |its )?callers? (?:to )?(?:handles?|does?|takes? care of) (?:the )?(lock)ing\b`),
}

// within is what a function says that is there for the callbacks of another one. What may be called there, too, says nothing of elsewhere.
var within = lazy(`\b(?:to be|must be|must only be|should be|should only be|only be|only) (?:used|called|invoked) (?:only )?(?:within|inside|from within|from inside) (?:the )?(?:(?:callbacks?|functions?) (?:of|for|passed to) )?([A-Za-z_]\w*)`)

func onlyWithin(comment string) string {
	if !speaksOf(comment, "within", "inside") {
		return ""
	}
	for _, s := range sentences(comment) {
		if m := within().FindStringSubmatchIndex(s); m != nil && !negative().MatchString(s[:m[1]]) {
			return s[m[2]:m[3]]
		}
	}
	return ""
}

// OfFunc reads the comment of a function.
func OfFunc(comment string) (Held, bool) {
	if lock, read := annotated(comment); lock != "" {
		return Held{Lock: lock, Read: read, Exact: true}, true
	}
	if held, ok := heldByCallers(comment); ok {
		return held, true
	}
	name := onlyWithin(comment)
	return Held{Within: name}, name != ""
}

// heldByCallers reads what a comment says of the lock that callers hold.
func heldByCallers(comment string) (Held, bool) {
	if !speaksOf(comment, "lock", "hold", "held", "caller") {
		return Held{}, false
	}
	for _, s := range sentences(comment) {
		if refuses().MatchString(s) {
			continue
		}
		for i, re := range needs {
			m := re().FindStringSubmatch(s)
			if m == nil {
				continue
			}
			h := Held{Lock: m[2], Read: strings.EqualFold(m[1], "read") || strings.EqualFold(m[1], "shared") || readLocked().MatchString(s)}
			h.Maybe = conditional().MatchString(s)
			if generic[strings.ToLower(h.Lock)] {
				h.Lock = ""
			}
			h.Exact = i == 0 && !h.Maybe && Name(m[2])
			return h, true
		}
	}
	return Held{}, false
}

var (
	// "No lock held on entry" wants the opposite of what its words suggest.
	refuses     = lazy(`(?i)\b(?:not|never|no|without|n't|unlocked)\b.*\b(?:held|hold|holding|lock|locked)\b|\b(?:held|hold|holding)\b.*\bnot\b`)
	conditional = lazy(`(?i)\b(?:if|unless|with (?:true|false))\b`)
	readLocked  = lazy(`(?i)\bat least\b|\bfor read(?:ing)?\b|\.RLock\b`)
	generic     = map[string]bool{"lock": true, "locks": true, "mutex": true, "mutexes": true, "rwmutex": true, "receiver": true, "object": true}
)

// speaksOf reports whether a comment has one of these words, or parts of words. Nearly no comment does, and looking for an expression takes as long as
// parsing the comment.
func speaksOf(comment string, words ...string) bool {
	low := strings.ToLower(comment)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(low, w) })
}

// sentences splits a comment into its sentences, with their line breaks taken out. A second // begins another remark.
func sentences(comment string) []string {
	text := strings.Join(strings.Fields(comment), " ")
	var out []string
	for {
		i := sentenceEnd().FindStringIndex(text)
		if i == nil {
			break
		}
		out = append(out, strings.TrimSpace(text[:i[0]]))
		text = text[i[1]:]
	}
	out = append(out, strings.TrimSuffix(strings.TrimSpace(text), "."))
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

var sentenceEnd = lazy(`[.!?;](?: |$)| ?//| \(|\)(?: |$)|, (?:but|so) `)

// HeldByName reports whether the name of a function says that its caller holds the lock: getLocked, unlockedGet. What ends in Unlocked may be either.
func HeldByName(name string) bool {
	return heldName().MatchString(name) && !unheldName().MatchString(name)
}

var (
	heldName   = lazy(`(?:Locked|WithLockHeld|LockHeld)$|^[uU]nlocked[A-Z]`)
	unheldName = lazy(`(?:Un|un|Not|Is|is|Be|Are)[lL]ocked$`)
)
