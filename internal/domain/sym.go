package domain

import "sync"

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
}

// symKey tells a field from the package variable of the same full name.
type symKey struct {
	text  string
	field bool
}

// One table serves the process: golangci-lint runs the passes of several packages at once, and facts of one are
// read by another.
var symbols = struct {
	mu      sync.RWMutex
	ids     map[symKey]Sym // guarded by mu
	entries []symEntry     // guarded by mu
}{ids: map[symKey]Sym{{}: 0}, entries: []symEntry{{}}}

// Intern returns the symbol of text.
func Intern(text string) Sym { return intern(text, 0) }

// FieldSym returns the selector of a field. Owner is the full name of the named type that declares it ("pkg/path.Type"), or empty
// for the field of an anonymous struct.
func FieldSym(owner, field string) Sym {
	if owner == "" {
		return Intern("." + field)
	}
	return intern(owner+"."+field, Intern(owner))
}

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
	id = Sym(len(symbols.entries))
	if owner != 0 {
		id = -id
	}
	symbols.ids[key] = id
	symbols.entries = append(symbols.entries, symEntry{text, owner})
	return id
}

func (s Sym) entry() symEntry {
	symbols.mu.RLock()
	defer symbols.mu.RUnlock()
	return symbols.entries[max(s, -s)]
}

// String returns the text.
func (s Sym) String() string { return s.entry().text }

// IsField reports whether s is a field of a named type.
func (s Sym) IsField() bool { return s < 0 }

// Owner returns the named type that declares the field s, 0 if s is not such a field.
func (s Sym) Owner() Sym {
	if s >= 0 {
		return 0
	}
	return s.entry().owner
}
