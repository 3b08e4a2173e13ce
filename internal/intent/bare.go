package intent

import (
	"regexp"
	"slices"
	"strings"
)

// Bare reports whether a comment says that the code it stands at wants no lock: on purpose, or because nothing else runs then.
func Bare(comment string) bool {
	if strings.Contains(comment, "+checklocksignore") { // gVisor's
		return true
	}
	if !speaksOf(comment, "lock", "mutex", "synchroni", "threaded") {
		return false
	}
	return slices.ContainsFunc(sentences(comment), func(s string) bool {
		return !doubtful().MatchString(s) && slices.ContainsFunc(bare, func(re func() *regexp.Regexp) bool { return re().MatchString(s) })
	})
}

// Loose reports whether the comment of a lock, or of what it guards, says that there are times at which that is read without the lock.
func Loose(comment string) bool {
	if !speaksOf(comment, "lock", "mutex", "synchroni", "protect", "guard") {
		return false
	}
	return slices.ContainsFunc(sentences(comment), func(s string) bool {
		return !unsettled().MatchString(s) && slices.ContainsFunc(loose, func(re func() *regexp.Regexp) bool { return re().MatchString(s) })
	})
}

// Serial reports whether the comment of a function or type says that it is not to be called by two goroutines at once: ordering them is for its callers.
func Serial(comment string) bool {
	if !speaksOf(comment, "safe", "concurrently", "parallel", "simultaneously", "goroutines") {
		return false
	}
	return slices.ContainsFunc(sentences(comment), func(s string) bool { return serial().MatchString(s) && !doubtful().MatchString(s) })
}

const aLock = `(?:an? |the |any |its |this |extra )?(?:lock|locks|locking|mutex|mutexes|synchroni[sz]ation)`

var (
	serial = lazy(`(?i)\bnot (?:be )?(?:thread|goroutine|concurrency)[- ]?safe\b|\bnot (?:itself |be )?safe (?:for|to be called in) (?:concurrent|parallel|simultaneous|multi-?threaded)\b|` +
		`\b(?:must not|may not|cannot|can't|never) be (?:called|used|accessed|invoked) (?:concurrently|in parallel|simultaneously|by (?:two|several|multiple|different) goroutines)\b`)
	doubtful  = lazy(`(?i)\b(?:todo|fixme|xxx|bug|should|shouldn't|if|unless|isn't|was|were)\b|\?`)
	unsettled = lazy(`(?i)\b(?:todo|fixme|xxx|bug|should|shouldn't|must|cannot|never|not be)\b|\?`)
	loose     = []func() *regexp.Regexp{
		lazy(`(?i)\b(?:can|may) (?:also |then |safely )*be (?:safely )?(?:accessed|read|used|inspected) (?:safely )?without (?:(?:holding|taking|acquiring|having) )?` + aLock + `\b`),
		lazy(`(?i)\b(?:reading|reads|readers|read access) (?:needs?|requires?|takes?|wants?) no ` + aLock + `\b`),
		lazy(`(?i)\b(?:protects?|guards?|synchroni[sz]es) (?:only (?:the )?)?(?:writes|writers|writing|updates|modifications|mutations?)\b`),
	}
	bare = []func() *regexp.Regexp{
		lazy(`(?i)\b(?:absence|lack) of ` + aLock + `\b.*\b(?:deliberate|intentional|intended|on purpose)\b`),
		lazy(`(?i)\b(?:deliberately|intentionally)\b.* (?:not|no|without) .*\b` + aLock + `\b`),
		lazy(`(?i)\bno ` + aLock + ` (?:here |is |are )*(?:needed|required|necessary)\b`),
		lazy(`(?i)\b` + aLock + ` (?:is |are )?not (?:needed|required|necessary)\b`),
		lazy(`(?i)\bno need (?:to (?:lock|synchroni[sz]e|(?:take|hold|acquire|grab) ` + aLock + `)|for ` + aLock + `)\b`),
		lazy(`(?i)\b(?:doesn't|does not|don't|do not|needn't|need not) (?:(?:need|have|require)(?: to)? )?(?:lock|(?:hold|take|acquire|grab) ` + aLock + `|need ` + aLock + `)\b(?:.*)\b(?:because|since|as|here)\b`),
		lazy(`(?i)\balready (?:guarded|protected|covered|synchroni[sz]ed)\b.*\b` + aLock + `\b`),
		lazy(`(?i)\b(?:only|always) .*\b(?:in|from) a single[- ]threaded\b`),
	}
)
