package domain

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStart(t *testing.T) {
	site := Intern("a.go:1:2")
	key := Of(Root{Kind: Param}).Append(FieldSym("p.T", "done"))
	first, second := Pos{File: Intern("b.go"), Line: 3, Col: 4}, Pos{File: Intern("b.go"), Line: 5, Col: 6}
	for name, same := range map[string][2]Sym{
		"before a signal and after":                 {site, After(site, []Path{key})},
		"after, of a helper":                        {AtCall(site, first), AtCall(After(site, []Path{key}), first)},
		"after, named at the call and then by part": {AtCall(site, first), After(AtCall(site, first), []Path{key})},
		"after, two calls deep":                     {AtCall(AtCall(site, first), second), AtCall(AtCall(After(site, []Path{key}), first), second)},
		"after, in a recursive call":                {Inner(site), Inner(After(site, []Path{key}))},
		"after, in a folder with marks in its name": {Intern("/x/~u/p@v1/a.go:1:2"), After(Intern("/x/~u/p@v1/a.go:1:2"), []Path{key})},
	} {
		assert.True(t, SameStart(same[0], same[1]), name)
	}
	assert.False(t, SameStart(AtCall(After(site, []Path{key}), first), AtCall(After(site, []Path{key}), second)), "two calls of a helper")
	assert.False(t, SameStart(site, Inner(After(site, []Path{key}))), "another activation")
	assert.False(t, SameStart(site, Intern("a.go:1:3")))
	called, part := AtCall(site, first), AtCall(After(site, []Path{key}), first)
	assert.Zero(t, testing.AllocsPerRun(10, func() { SameStart(called, part) }), "each call asks, for each goroutine")
}

func TestAtSomeCall(t *testing.T) {
	site, first, second := Intern("a.go:1:2"), Pos{File: Intern("b.go"), Line: 3, Col: 4}, Pos{File: Intern("b.go"), Line: 5, Col: 6}
	assert.True(t, AtSomeCall(AtCall(site, first), site))
	assert.True(t, AtSomeCall(AtCall(AtCall(site, first), second), site), "two calls deep")
	assert.False(t, AtSomeCall(site, site))
	assert.False(t, AtSomeCall(AtCall(Intern("a.go:1:23"), first), site), "another place")
}
