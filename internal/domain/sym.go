package domain

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// Sym is an interned string: a field, a global, an allocation site. The zero Sym is the empty string.
//
// The fields of named types have negative numbers, so that looking for one in a path needs no table.
//
// Symbols make paths small and comparable. Their numbers depend on the order of interning, so nothing that a person sees may
// be sorted by them: sort by String.
type Sym int32

type symEntry struct {
	text  string
	owner Sym // the named type that declares a field; 0 for everything else
	// inline: the field holds a struct, not a pointer to one.
	inline atomic.Bool
	// back: the field points from a part to the object that has all the parts.
	back atomic.Bool
}

// symKey tells a field from the package variable of the same full name.
type symKey struct {
	text  string
	field bool
}

// One table serves the process: golangci-lint runs the passes of several packages at once, and facts of one are
// read by another. Entries are read all the time, and without a lock: they are only ever appended.
var symbols = newTable()

type table struct {
	mu      sync.RWMutex
	ids     map[symKey]Sym // guarded by mu
	entries atomic.Pointer[[]*symEntry]
}

func newTable() *table {
	t := &table{ids: map[symKey]Sym{{}: 0}}
	t.entries.Store(&[]*symEntry{{}})
	return t
}

// Selections that are no fields. They are interned first, so that a range of numbers tells the indices.
var (
	// Elem selects any element of a map, slice, array or channel. Elements are not told apart, but for IndexBy.
	Elem = Intern("[]")
	// Deref is what a pointer points to, where that must be told from the pointer: at operands, see Kind.
	Deref = Intern("*")
	// Closed is the closing of a channel, which as a join key differs from a send on it.
	Closed = Intern("(closed)")
	// Repeated is a send in a loop: who hears one knows that nothing is over yet.
	Repeated = Intern("(repeated)")
	// Received is a receive from a channel, as a join key: whoever sends on one without a buffer comes after it.
	Received = Intern("(received)")
	// Encoded is what an encoder finds in a value that the caller supplied: the value is one if it is a map, and has some if it is a struct with maps in
	// exported fields. Printed is what a printer finds, in any field, and Decoded what a decoder fills, in exported ones.
	Encoded    = Intern("<encoded>")
	Printed    = Intern("<printed>")
	Decoded    = Intern("<decoded>")
	firstIndex = Intern("[P0]")
	lastIndex  = internIndices()
	// Drawn is the element of a number that each goroutine gets for itself, out of a counter or a channel: each has another.
	Drawn = Intern("[drawn]")
	// Own is the element that an activation has made itself, and put there: each activation has another.
	Own = Intern("[own]")
)

const maxIndex = 16

func internIndices() (last Sym) {
	for _, kind := range []string{"P", "F"} {
		for i := range maxIndex {
			last = Intern(fmt.Sprintf("[%s%d]", kind, i))
		}
	}
	return last
}

// FlagSet is the setting of an atomic flag, as a join key; FlagValue that to one value.
var FlagSet = FlagValue("")

// FlagValue returns the setting of a flag to the value that text spells.
func FlagValue(text string) Sym { return Intern("(set" + text + ")") }

// Role is what whoever finds a flag unset under a lock, and sets it there, has until it is unset: the part that one at a time plays.
var Role = Intern("(role)")

// IndexBy returns the selection of the element that parameter or captured variable r chooses: where each goroutine of a loop gets another
// value of it, each has another element.
func IndexBy(r Root) Sym {
	switch {
	case r.Index >= maxIndex:
	case r.Kind == Param:
		return firstIndex + Sym(r.Index)
	case r.Kind == FreeVar:
		return firstIndex + maxIndex + Sym(r.Index)
	}
	return Elem
}

// Index returns the root that chooses the element s, if s was made by IndexBy; for Drawn and Own it is no root that anybody passes.
func (s Sym) Index() (r Root, ok bool) {
	switch {
	case s == Drawn || s == Own:
		return Root{}, true
	case s < firstIndex || s > lastIndex:
		return Root{}, false
	case s < firstIndex+maxIndex:
		return Root{Kind: Param, Index: int16(s - firstIndex)}, true
	}
	return Root{Kind: FreeVar, Index: int16(s - firstIndex - maxIndex)}, true
}

// element reports whether s selects an element.
func (s Sym) element() bool {
	return s == Elem || s == Drawn || s == Own || s >= firstIndex && s <= lastIndex
}

// Intern returns the symbol of text.
func Intern(text string) Sym { return intern(text, 0) }

// FieldSym returns the selector of a field. Owner is the full name of the named type that declares it ("pkg/path.Type"), or empty
// for the field of an anonymous struct.
func FieldSym(owner, field string) Sym {
	if owner == "" {
		return Intern("." + field)
	}
	if s := member(owner, field, true); s != 0 {
		return s
	}
	return intern(owner+"."+field, Intern(owner))
}

// InternMember returns the symbol of owner.name, which is no field.
func InternMember(owner, name string) Sym {
	if s := member(owner, name, false); s != 0 {
		return s
	}
	return Intern(owner + "." + name)
}

// member returns the symbol of owner.name if there is one, 0 if not: to put the text together for each look at it would be garbage.
func member(owner, name string, field bool) Sym {
	var buf [128]byte
	text := append(append(append(buf[:0], owner...), '.'), name...)
	symbols.mu.RLock()
	defer symbols.mu.RUnlock()
	return symbols.ids[symKey{string(text), field}]
}

// InlineSym returns the selector of a field that holds a struct: the memory in it is part of the object that has the field.
func InlineSym(owner, field string) Sym {
	s := FieldSym(owner, field)
	s.setInline()
	return s
}

func (s Sym) setInline() {
	if !s.Inline() {
		s.entry().inline.Store(true)
	}
}

// Inline reports whether s is a field made by InlineSym.
func (s Sym) Inline() bool { return s.entry().inline.Load() }

// SetBack marks the field s as one that points from a part to the object that has all the parts: it leads out of the part.
func (s Sym) SetBack() {
	if !s.Back() {
		s.entry().back.Store(true)
	}
}

// Back reports whether s was marked by SetBack.
func (s Sym) Back() bool { return s.entry().back.Load() }

func intern(text string, owner Sym) Sym {
	key := symKey{text, owner != 0}
	symbols.mu.RLock()
	id, ok := symbols.ids[key]
	symbols.mu.RUnlock()
	if ok {
		return id
	}
	symbols.mu.Lock()
	defer symbols.mu.Unlock()
	if id, ok := symbols.ids[key]; ok {
		return id
	}
	entries := *symbols.entries.Load()
	id = Sym(len(entries))
	if owner != 0 {
		id = -id
	}
	symbols.ids[key] = id
	entries = append(entries, &symEntry{text: text, owner: owner})
	symbols.entries.Store(&entries)
	return id
}

func (s Sym) entry() *symEntry { return (*symbols.entries.Load())[max(s, -s)] }

// String returns the text.
func (s Sym) String() string { return s.entry().text }

// Name returns the last name of a location: that of the field, or of the package variable.
func (s Sym) Name() string {
	text := s.String()
	return text[strings.LastIndexByte(text, '.')+1:]
}

// IsField reports whether s is a field of a named type.
func (s Sym) IsField() bool { return s < 0 }

// Owner returns the named type that declares the field s, 0 if s is not such a field.
func (s Sym) Owner() Sym {
	if s >= 0 {
		return 0
	}
	return s.entry().owner
}
