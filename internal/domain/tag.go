package domain

import "strings"

// TypeTag is the selection of an object of the concrete type t behind an interface: objects of two types are two objects, whatever holds them.
func TypeTag(t Sym) Sym { return Intern("(" + t.String() + ")") }

// IsTypeTag reports whether s was made by TypeTag.
func (s Sym) IsTypeTag() bool { return !s.IsField() && strings.HasPrefix(s.String(), "(") }

// tags reports whether s is the tag of type t.
func (s Sym) tags(t Sym) bool {
	text, of := s.String(), t.String()
	return len(text) == len(of)+2 && text[0] == '(' && text[1:len(text)-1] == of
}
