package domain

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	muField  = FieldSym("p.T", "mu")
	muField2 = FieldSym("p.T", "mu2")
	mField   = FieldSym("p.T", "m")
	recv     = Of(Root{Kind: Param, Type: Intern("p.T")})
	other    = Of(Root{Kind: Param, Index: 1, Type: Intern("p.T")})
	global   = Of(Root{Kind: Global, Name: Intern("p.mu")})
)

// universe returns every lockset over three locks, each not held or held in one of the ways.
func universe() []Lockset {
	paths := []Path{recv.Append(muField), recv.Append(muField2), global}
	sets := []Lockset{nil}
	for _, p := range paths {
		for _, s := range slices.Clone(sets) {
			for _, l := range []Lock{
				{Path: p, Mode: ReadMode}, {Path: p, Mode: WriteMode}, {Path: p, Mode: WriteMode, Maybe: true},
			} {
				sets = append(sets, s.With(l))
			}
		}
	}
	return sets
}

func unknown(bool) int8 { return 0 }

func TestMeetIsASemilattice(t *testing.T) {
	all := universe()
	require.Len(t, all, 64)
	for _, a := range all {
		assert.Equal(t, a, a.Meet(a, unknown), "idempotent")
		for _, b := range all {
			ab := a.Meet(b, unknown)
			assert.Equal(t, ab, b.Meet(a, unknown), "commutative")
			for _, l := range ab.Sure() {
				for _, s := range []Lockset{a, b} {
					held, ok := s.Get(&l.Path)
					assert.True(t, ok && !held.Maybe && held.Mode >= l.Mode, "what the join holds both hold")
				}
			}
		}
	}
	for _, a := range all {
		for _, b := range all {
			for _, c := range all[:16] {
				if !assert.Equal(t, a.Meet(b, unknown).Meet(c, unknown), a.Meet(b.Meet(c, unknown), unknown), "associative: %v %v %v", a, b, c) {
					return
				}
			}
		}
	}
}

func TestMayRaceIsSymmetric(t *testing.T) {
	all := universe()
	for ka := Read; ka <= Store; ka++ {
		for kb := Read; kb <= Store; kb++ {
			assert.Equal(t, Conflict(ka, kb), Conflict(kb, ka))
			for _, la := range all {
				for _, lb := range all {
					a := Access{Path: recv.Append(mField), Kind: ka, Terms: &Terms{Locks: la}}
					b := Access{Path: recv.Append(mField), Kind: kb, Terms: &Terms{Locks: lb}}
					if MayRace(&a, &b) != MayRace(&b, &a) {
						t.Fatalf("%v and %v", a, b)
					}
				}
			}
		}
	}
}

func TestMayRace(t *testing.T) {
	access := func(k Kind, locks ...Lock) *Access {
		a := &Access{Terms: &Terms{}, Path: recv.Append(mField), Kind: k}
		for _, l := range locks {
			a.Locks = a.Locks.With(l)
		}
		return a
	}
	own := Lock{Path: recv.Append(muField), Mode: WriteMode}
	ownRead := Lock{Path: recv.Append(muField), Mode: ReadMode}
	second := Lock{Path: recv.Append(muField2), Mode: WriteMode}
	foreign := Lock{Path: other.Append(muField), Mode: WriteMode}
	for _, test := range []struct {
		name string
		a, b *Access
		want bool
	}{
		{"two reads", access(Read), access(Iterate), false},
		{"read and write", access(Read), access(Write), true},
		{"one lock at both", access(Read, ownRead), access(Write, own), false},
		{"read locks exclude nobody", access(Write, ownRead), access(Write, ownRead), true},
		{"two locks, one each", access(Read, second), access(Write, own), true},
		{"writers hold both, readers either", access(Read, second), access(Write, own, second), false},
		{"another instance's lock", access(Read, foreign), access(Write, own), true},
		{"a lock that may be held", access(Read, Lock{Path: own.Path, Mode: WriteMode, Maybe: true}), access(Write, own), false},
		{"a lock nobody can name", access(Read, Wild), access(Write), false},
		{"content and variable", access(Read), access(Replace), false},
		{"variable", access(Load), access(Replace), true},
	} {
		assert.Equal(t, test.want, MayRace(test.a, test.b), test.name)
	}
}

func TestPathForgetsTheRootNotTheEnd(t *testing.T) {
	p := recv
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		p = p.Append(FieldSym("p.T", name))
	}
	assert.Equal(t, Param, p.Root.Kind)
	p = p.Append(mField)
	assert.Equal(t, Unknown, p.Root.Kind)
	assert.Equal(t, "p.T.m", p.Loc().String())
	q := recv.Append(mField)
	assert.Equal(t, q.Append(mField), q, "a repeated selection is folded")
}

// TestOneNameBehindAnInterface: what is in an object has the same path, whether it is reached by an interface or not.
func TestOneNameBehindAnInterface(t *testing.T) {
	box := Of(Root{Kind: Local, Name: Intern("f#1"), Type: Intern("p.Box")})
	assert.Equal(t, recv.Append(mField), recv.Append(TypeTag(Intern("p.T"))).Append(mField))
	assert.NotEqual(t, recv.Append(mField), recv.Append(TypeTag(Intern("p.U"))).Append(mField), "of another type")
	assert.NotEqual(t, global.Append(mField), global.Append(TypeTag(Intern("p.T"))).Append(mField), "an interface holds it")
	in := box.Append(FieldSym("p.Box", "of"))
	assert.NotEqual(t, in.Append(mField), in.Append(TypeTag(Intern("p.T"))).Append(mField), "a field does, which may be one")
	assert.True(t, TypeTag(Intern("p.T")).IsTypeTag())
	assert.False(t, mField.IsTypeTag())
}

func TestDepthCountsTheFieldsOutsideOfEntries(t *testing.T) {
	hooks, run := FieldSym("p.T", "hooks"), FieldSym("p.hook", "run")
	for want, p := range []Path{recv, recv.Append(hooks), recv.Append(mField).Append(hooks)} {
		assert.Equal(t, want, p.Depth(), p)
	}
	inEntry := recv.Append(hooks).Append(Elem).Append(run)
	assert.Equal(t, 1, inEntry.Depth())
}

func TestElectGuard(t *testing.T) {
	write := func(locks ...Lock) *Access {
		a := &Access{Terms: &Terms{}, Path: recv.Append(mField), Kind: Write}
		for _, l := range locks {
			a.Locks = a.Locks.With(l)
		}
		return a
	}
	own := Lock{Path: recv.Append(muField), Mode: WriteMode}
	second := Lock{Path: recv.Append(muField2), Mode: WriteMode}
	read := &Access{Terms: &Terms{}, Path: recv.Append(mField), Kind: Read}
	assert.Equal(t, "p.T.mu", ElectGuard([]*Access{write(own), read, read, read}).Loc.String(), "reads don't vote")
	assert.Equal(t, "p.T.mu", ElectGuard([]*Access{write(own), write(own, second), write()}).Loc.String(), "two thirds")
	assert.Zero(t, ElectGuard([]*Access{write(own), write()}).Loc, "one of two is no agreement")
	assert.Zero(t, ElectGuard([]*Access{write(Lock{Path: own.Path, Mode: ReadMode})}).Loc, "a read lock guards no write")
	assert.Zero(t, ElectGuard([]*Access{read}).Loc, "no writes")

	inner, outer := Frame{Func: Intern("p.T.drop"), Pos: Pos{Line: 1}}, Frame{Func: Intern("p.T.Get"), Pos: Pos{Line: 2}}
	dropped, gotAndDropped := write(), write()
	dropped.Pos, gotAndDropped.Pos = Pos{Line: 3}, Pos{Line: 3}
	dropped.Chain, gotAndDropped.Chain = []Frame{inner}, []Frame{outer, inner}
	assert.Equal(t, "p.T.mu", ElectGuard([]*Access{write(own), write(own), dropped, gotAndDropped}).Loc.String(), "who calls a function that writes bare does what that does")
	assert.Zero(t, ElectGuard([]*Access{write(own), write(own), dropped, write()}).Loc, "another bare write")

	taken := &Access{Terms: &Terms{}, Path: recv.Append(mField), Kind: Write, Under: []Path{own.Path}}
	got := ElectGuard([]*Access{taken, read})
	assert.Equal(t, "p.T.mu", got.Loc.String(), "who took the map out under the lock meant to guard it")
	assert.True(t, got.Taken)
	got = ElectGuard([]*Access{write(own), taken})
	assert.Equal(t, 2, got.Writes)
	assert.False(t, got.Taken)
	element := &Access{Terms: &Terms{}, Path: recv.Append(mField).Append(Elem), Kind: Write, Under: []Path{own.Path}}
	assert.Zero(t, ElectGuard([]*Access{element}).Loc, "each goroutine may look up its own element")
}

func sample() *Summary {
	ctx := Context{Terms: Terms{Locks: universe()[40], Running: []Sym{Intern("a:1:2")}}, Pos: Pos{Intern("f.go"), 3, 4}, Chain: []Frame{{Intern("g"), Pos{Intern("f.go"), 5, 6}}}}
	return &Summary{
		Accesses:   []Access{{Terms: &ctx.Terms, Pos: ctx.Pos, Chain: ctx.Chain, Path: recv.Append(mField), Kind: Delete, Fresh: true, Under: []Path{global}}},
		Calls:      []FuncCall{{Context: ctx, Path: other, Args: [][]Path{{recv}}}},
		Spawns:     []Spawn{{Site: Intern("a:1:2"), Func: Intern("h"), Signals: []Path{recv}, Kind: Timer}},
		LockEffect: LockEffect{Acquired: universe()[9], Released: []Path{recv.Append(muField)}},
		Unlockers:  []Unlocker{{Result: 1, LockEffect: LockEffect{Released: []Path{global}}}},
		Results:    []ResultInfo{{Fresh: true, Made: []Sym{Intern("L")}}},
		Publishes:  []Path{recv, other.Append(mField)},
		Gives:      []Path{recv},
		Puts:       []Put{{2, recv.Append(mField).Append(Elem)}},
		NoReturn:   true,
	}
}

func TestSummarySurvivesEncoding(t *testing.T) {
	want := sample()
	data := want.Encode()
	assert.Equal(t, data, want.Encode(), "the same bytes each time")
	got, err := Decode(data)
	require.NoError(t, err)
	assert.Equal(t, want.String(), got.String())
	assert.Equal(t, data, got.Encode())
}

func TestFactsGiveWhatFunctionsHaveCaptured(t *testing.T) {
	s := sample()
	s.Heard = []Heard{{other.Append(mField), Intern("node.handle")}}
	fact := s.ForFacts(func(*Access) bool { return true })
	assert.Equal(t, []Path{recv, other.Append(mField)}, fact.Gives, "other packages do not know the function")
	assert.Empty(t, fact.Heard)
	assert.Equal(t, []Path{recv}, s.Gives, "in its own package it is known")
}

func TestFlagsOnSomeWaysAreNoLocks(t *testing.T) {
	flag := Lock{Path: recv.Append(muField), Mode: ReadMode, Once: true, Maybe: true}
	assert.False(t, Lockset{flag}.Unsure())
	flag.Once = false
	assert.True(t, Lockset{flag}.Unsure())
}

func FuzzDecode(f *testing.F) {
	f.Add(sample().Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data)
		if err == nil {
			_ = s.String()
		}
	})
}

func TestApart(t *testing.T) {
	trailer := FieldSym("p.Stream", "trailer")
	in := func(sel ...Sym) Path {
		p := Of(Root{Kind: Param})
		for _, s := range append(sel, trailer) {
			p = p.Append(s)
		}
		return p
	}
	client, server := in(InlineSym("p.Client", "Stream")), in(InlineSym("p.Server", "Stream"))
	pointer := in(FieldSym("p.Reader", "Stream"))
	outer := in(FieldSym("p.Conn", "client"), InlineSym("p.Client", "Stream"))
	bare := in()
	for _, c := range []struct {
		p, q Path
		want bool
	}{{client, server, true}, {client, pointer, false}, {client, outer, false}, {server, outer, true}, {client, bare, false}, {client, client, false}} {
		assert.Equal(t, c.want, Apart(&c.p, &c.q), "%s and %s", c.p, c.q)
		assert.Equal(t, c.want, Apart(&c.q, &c.p), "%s and %s", c.q, c.p)
	}
}

// TestMembersTakeNoMemory once they are known: fields are named again and again. A field is not the package variable of its full name.
func TestMembersTakeNoMemory(t *testing.T) {
	field, variable := FieldSym("example.com/p.T", "field"), InternMember("example.com/p", "T.field")
	assert.NotEqual(t, field, variable)
	assert.Equal(t, "example.com/p.T.field", variable.String())
	assert.Equal(t, field.String(), variable.String())
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		assert.True(t, FieldSym("example.com/p.T", "field") == field && InternMember("example.com/p", "T.field") == variable)
	}))
}

func TestKeysTellLocksApart(t *testing.T) {
	plain := Lockset{{Path: Of(Root{Kind: Param}), Mode: WriteMode}}
	keyed := Lockset{plain[0]}
	keyed[0].Keyed = true
	assert.NotEqual(t, plain.Key(), keyed.Key())
	assert.NotEqual(t, (&Terms{Locks: plain}).Key(), (&Terms{Locks: keyed}).Key())
}
