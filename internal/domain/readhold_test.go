package domain

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReadGuards(t *testing.T) {
	root := Root{Kind: Param, Type: Intern("p.S")}
	m := Of(root).Append(FieldSym("p.S", "m"))
	mu := Of(root).Append(FieldSym("p.S", "mu"))
	other := Of(Root{Kind: Param, Index: 1, Type: Intern("p.S")}).Append(FieldSym("p.S", "mu"))
	sibling := Of(root).Append(FieldSym("p.S", "t")).Append(FieldSym("p.T", "mu"))
	global := Of(Root{Kind: Global, Name: Intern("p.mu")})
	read := func(p Path) Lock { return Lock{Path: p, Mode: ReadMode} }
	tests := []struct {
		name  string
		locks Lockset
		want  int
	}{
		{"none", nil, 0},
		{"its own", Lockset{}.With(read(mu)), 1},
		{"of another instance", Lockset{}.With(read(other)), 0},
		{"of an object that it doesn't hang on", Lockset{}.With(read(sibling)), 0},
		{"a package variable", Lockset{}.With(read(global)), 1},
		{"another one exclusively", Lockset{}.With(read(mu)).With(Lock{Path: global, Mode: WriteMode}), 0},
		{"another one perhaps", Lockset{}.With(read(mu)).With(Lock{Path: global, Mode: ReadMode, Maybe: true}), 0},
		{"after what may have been done once", Lockset{}.With(read(mu)).With(Lock{Path: global, Mode: ReadMode, Once: true, Maybe: true}), 1},
		{"another instance's exclusively", Lockset{}.With(read(mu)).With(Lock{Path: other, Mode: WriteMode}), 1},
	}
	for _, test := range tests {
		a := Access{Terms: &Terms{Locks: test.locks}, Path: m, Kind: Write}
		assert.Len(t, a.ReadGuards(), test.want, test.name)
	}
}

func TestRefers(t *testing.T) {
	root := Root{Kind: Param, Type: Intern("p.S")}
	own := func(f string) Sym { return FieldSym("p.S", f) }
	mu := Lock{Path: Of(root).Append(own("mu")), Mode: ReadMode}
	tests := []struct {
		path Path
		want bool
	}{
		{Of(root).Append(own("m")), false},
		{Of(root).Append(own("m")).Append(Elem), false},
		{Of(root).Append(own("cache")).Append(FieldSym("p.LRU", "m")), false},
		{Of(root).Append(own("all")).Append(Elem).Append(FieldSym("p.Room", "users")), true},
		{Of(root).Append(own("l")).Append(Intern("(p.tally)")).Append(FieldSym("p.tally", "n")), true},
		{Of(root).Append(own("child")).Append(own("m")), true},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, mu.Refers(&test.path), test.path.String())
	}
}
