package difftest

import (
	"slices"
	"strings"
)

// lockKind is what the lock is. In the texts $l is the lock as the code at hand names it.
type lockKind struct {
	name                     string
	typ                      string
	init                     string // what the zero value lacks
	acquire, release         string
	acquireRead, releaseRead string
	pointer                  string // the type of a parameter; the lock's address is passed if it differs from typ
	try                      bool   // has TryLock
	embedded, global         bool   // in a struct only
	channel                  bool
}

var lockKinds = []lockKind{
	mutex, mutex, mutex,
	rw, rw, rw,
	{name: "pointer", typ: "*sync.Mutex", pointer: "*sync.Mutex", init: "$l = new(sync.Mutex)", acquire: "$l.Lock()", release: "$l.Unlock()", try: true},
	{name: "Locker", typ: "sync.Locker", pointer: "sync.Locker", init: "$l = new(sync.Mutex)", acquire: "$l.Lock()", release: "$l.Unlock()"},
	{name: "cond", typ: "*sync.Cond", pointer: "*sync.Cond", init: "$l = sync.NewCond(new(sync.Mutex))", acquire: "$l.L.Lock()", release: "$l.L.Unlock()"},
	{name: "channel", typ: "chan struct{}", pointer: "chan struct{}", init: "$l = make(chan struct{}, 1)", acquire: "$l <- struct{}{}", release: "<-$l", channel: true},
	as(mutex, func(k *lockKind) { k.name, k.embedded = "embedded mutex", true }),
	as(rw, func(k *lockKind) { k.name, k.embedded = "embedded RWMutex", true }),
	as(mutex, func(k *lockKind) { k.name, k.global = "global", true }),
}

var (
	mutex = lockKind{name: "mutex", typ: "sync.Mutex", pointer: "*sync.Mutex", acquire: "$l.Lock()", release: "$l.Unlock()", try: true}
	rw    = lockKind{
		name: "RWMutex", typ: "sync.RWMutex", pointer: "*sync.RWMutex", acquire: "$l.Lock()", release: "$l.Unlock()",
		acquireRead: "$l.RLock()", releaseRead: "$l.RUnlock()", try: true,
	}
)

func as(k lockKind, change func(*lockKind)) lockKind {
	change(&k)
	return k
}

func (k lockKind) fits(l location) bool {
	return l.fields || !k.embedded && !k.global
}

// wraps are the ways to take and give up a lock around an access.
var wraps = []string{
	"inline", "inline", "inline", "deferred", "deferred", "helpers", "withLock", "TryLock", "spin", "unlocker", "deferred unlocker", "lock alias", "method value",
}

// wraps reports whether the lock can be used so.
func (k lockKind) wraps(w string) bool {
	switch w {
	case "TryLock", "spin", "lock alias":
		return k.try && !k.embedded
	case "method value":
		return !k.channel
	}
	return true
}

// locked returns body with the lock of c held around it.
func (w *writer) locked(c ctx, mode hold, body string) string {
	k := w.plan.lock
	acquire, release := k.acquire, k.release
	if mode == shared {
		acquire, release = k.acquireRead, k.releaseRead
	}
	text := func(s string) string { return strings.ReplaceAll(s, "$l", c.lock) }
	// Helpers are called by name; their bodies see the lock by the name it has there.
	helper := func(name, params, result, format string) string {
		return w.routine(w.names.get(name), params, result, c, func(in ctx) string {
			return strings.NewReplacer("ACQUIRE", strings.ReplaceAll(acquire, "$l", in.lock), "RELEASE", strings.ReplaceAll(release, "$l", in.lock)).Replace(format)
		})
	}
	switch w.wrapFor(c) {
	case "deferred":
		return "func() {\n" + text(acquire) + "\n" + deferred(text(release)) + "\n" + body + "\n}()"
	case "helpers":
		lock, unlock := helper("lock", "", "", "ACQUIRE"), helper("unlock", "", "", "RELEASE")
		return lock + "\n" + body + "\n" + unlock
	case "withLock":
		f := helper("withLock", "f func()", "", "ACQUIRE\n"+deferred("RELEASE")+"\nf()")
		return f[:len(f)-1] + sep(f) + "func() {\n" + body + "\n})"
	case "TryLock":
		return "if " + c.lock + ".TryLock() {\n" + body + "\n" + text(release) + "\n}"
	case "spin":
		return "for !" + c.lock + ".TryLock() {\nruntime.Gosched()\n}\n" + body + "\n" + text(release)
	case "unlocker":
		u := w.names.fresh("unlock")
		return u + " := " + helper("acquire", "", "func()", "ACQUIRE\nreturn func() { RELEASE }") + "\n" + body + "\n" + u + "()"
	case "deferred unlocker":
		return "func() {\ndefer " + helper("acquire", "", "func()", "ACQUIRE\nreturn func() { RELEASE }") + "()\n" + body + "\n}()"
	case "lock alias":
		l := w.names.fresh("l")
		addr := "&"
		if k.pointer == k.typ || c.params {
			addr = ""
		}
		in := func(s string) string { return strings.ReplaceAll(s, "$l", l) }
		return l + " := " + addr + c.lock + "\n" + in(acquire) + "\n" + body + "\n" + in(release)
	case "method value":
		l, u := w.names.fresh("lock"), w.names.fresh("unlock")
		value := func(s string) string { return strings.TrimSuffix(text(s), "()") }
		return l + ", " + u + " := " + value(acquire) + ", " + value(release) + "\n" + l + "()\n" + body + "\n" + u + "()"
	}
	return text(acquire) + "\n" + body + "\n" + text(release)
}

// wrapFor returns the way to lock at c. Helpers lock the map's own lock only, and a TryLock that fails loads nothing.
func (w *writer) wrapFor(c ctx) string {
	if c.plainLock && slices.Contains([]string{"helpers", "withLock", "unlocker", "deferred unlocker", "TryLock"}, w.plan.wrap) {
		return "inline"
	}
	return w.plan.wrap
}

func deferred(release string) string {
	if strings.HasPrefix(release, "<-") || release == "RELEASE" {
		return "defer func() { " + release + " }()"
	}
	return "defer " + release
}

// sep separates a further argument from the ones a call has.
func sep(call string) string {
	if strings.HasSuffix(call, "()") {
		return ""
	}
	return ", "
}
