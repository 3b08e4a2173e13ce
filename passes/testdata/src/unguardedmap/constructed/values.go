package constructed

import (
	"errors"
	"maps"
	"sync"
	"time"
)

// Constructors that return the object itself, not a pointer to it.

type tallyBad struct{ seen map[string]bool }

func newTallyBad() tallyBad { return tallyBad{seen: map[string]bool{}} }

func (t *tallyBad) note(wg *sync.WaitGroup, k string) {
	defer wg.Done()
	t.seen[k] = true // want `map tallyBad.seen is written here by several goroutines at once with no lock`
}

func TallyBad(keys []string) {
	t := newTallyBad()
	var wg sync.WaitGroup
	for _, k := range keys {
		wg.Add(1)
		go t.note(&wg, k)
	}
	wg.Wait()
}

type tallyOk struct{ seen map[string]bool }

func newTallyOk() tallyOk { return tallyOk{seen: map[string]bool{}} }

func (t *tallyOk) run() {
	for range time.Tick(time.Second) {
		t.seen["n"] = true
	}
}

// Each goroutine has another, and the function has one that no goroutine has.
func TallyOk(n int) {
	for range n {
		t := newTallyOk()
		go t.run()
	}
	t := newTallyOk()
	t.seen["a"] = true
}

func openTallyBad(bad bool) (tallyErrBad, error) {
	if bad {
		return tallyErrBad{}, errors.New("bad")
	}
	return tallyErrBad{map[string]bool{}}, nil
}

type tallyErrBad struct{ seen map[string]bool }

func (t tallyErrBad) run() {
	for range time.Tick(time.Second) {
		t.seen["n"] = true // want `map tallyErrBad.seen is written here and written at values.go:\d+ with no lock in common`
	}
}

func OpenBad() {
	t, err := openTallyBad(false)
	if err != nil {
		return
	}
	go t.run()
	t.seen["a"] = true
}

type optsBad struct{ by map[string]int }

func newOptsBad() optsBad { return optsBad{map[string]int{}} }

// What is returned is a copy of the options, and has their map.
func (o optsBad) with(k string) optsBad {
	o.by[k] = 1 // want `map optsBad.by is written here by several goroutines at once with no lock`
	return o
}

func WithBad(n int) {
	base := newOptsBad()
	for range n {
		go func() { println(len(base.with("a").by)) }()
	}
}

type optsOk struct{ by map[string]int }

func newOptsOk() optsOk { return optsOk{map[string]int{}} }

// What is returned has a map of its own.
func (o optsOk) with(k string) optsOk {
	o.by = maps.Clone(o.by)
	o.by[k] = 1
	return o
}

func WithOk(n int) {
	base := newOptsOk()
	for range n {
		go func() {
			o := base.with("a")
			o.by["b"] = 2
		}()
	}
}

type FN_deskPart struct{ seen map[string]int }

func newDeskPart() FN_deskPart { return FN_deskPart{map[string]int{}} }

func (p *FN_deskPart) run() { p.seen["n"]++ }

type desk struct{ left, right FN_deskPart }

// One of two parts that are values: what a field of a field was copied from has another name.
func FN_Parts() {
	d := desk{newDeskPart(), newDeskPart()}
	go d.left.run()
	d.left.seen["x"] = 1
}
