package handover

import (
	"context"
	"sync"
)

type bagKey struct{}

type otherKey struct{}

// A map in a context is there for all who have the context.
func noteBad(ctx context.Context, k string) {
	bag, _ := ctx.Value(bagKey{}).(map[string]int)
	bag[k]++ // want `map Context.bagKey is written here by several goroutines at once with no lock`
}

func NotesBad(ctx context.Context, names []string) {
	ctx = context.WithValue(ctx, bagKey{}, map[string]int{})
	for _, n := range names {
		go noteBad(ctx, n)
	}
}

// One context for each.
func noteOk(ctx context.Context, k string) {
	bag, _ := ctx.Value(otherKey{}).(map[string]int)
	bag[k]++
}

func NotesOk(ctx context.Context, names []string) {
	for _, n := range names {
		go noteOk(context.WithValue(ctx, otherKey{}, map[string]int{}), n)
	}
}

type lockedKey struct{}

var bagMu sync.Mutex

func addOk(ctx context.Context, k string) {
	bagMu.Lock()
	defer bagMu.Unlock()
	ctx.Value(lockedKey{}).(map[string]int)[k]++
}

func AddsOk(ctx context.Context, names []string) {
	for _, n := range names {
		go addOk(ctx, n)
	}
}

type kind int

const (
	reads kind = iota
	writes
)

// Two keys are two maps.
func fillOk(ctx context.Context) { ctx.Value(writes).(map[string]int)["a"] = 1 }

func lookOk(ctx context.Context) int { return ctx.Value(reads).(map[string]int)["a"] }

func FillsOk(ctx context.Context) {
	go fillOk(ctx)
	lookOk(ctx)
}

// So are two keys of one value, and two types.
type sorting int

type ordering int

const (
	first  sorting  = 1
	firsts ordering = 1
)

func fillSortOk(ctx context.Context) { ctx.Value(first).(map[string]int)["a"] = 1 }

func FillOrderOk(ctx context.Context) {
	go fillSortOk(ctx)
	ctx.Value(firsts).(map[string]int)["a"] = 2
}

type rank int

const last rank = 1

func fillRankBad(ctx context.Context) {
	ctx.Value(last).(map[string]int)["a"] = 1 // want `map Context.rank\(1\) is written here and written at contexts.go:[0-9]+ with no lock`
}

func FillRankBad(ctx context.Context) {
	go fillRankBad(ctx)
	ctx.Value(last).(map[string]int)["a"] = 2
}

// The one who puts the map into a context goes on with it by itself.
func FN_Keep(ctx context.Context) {
	bag := map[string]int{}
	go keepNote(context.WithValue(ctx, keptKey, bag))
	bag["b"]++
}

type keyOf struct{ name string }

var keptKey = &keyOf{"kept"}

func keepNote(ctx context.Context) { ctx.Value(keptKey).(map[string]int)["a"]++ }

// The key is a package variable, and the helper returns the map.
var heldKey = &keyOf{"held"}

func held(ctx context.Context) (map[string]int, bool) {
	m, ok := ctx.Value(heldKey).(map[string]int)
	return m, ok
}

func holdBad(ctx context.Context, k string) {
	if m, ok := held(ctx); ok {
		m[k]++ // want `map Context.heldKey is written here by several goroutines at once with no lock`
	}
}

func HoldsBad(ctx context.Context, names []string) {
	for _, n := range names {
		go holdBad(ctx, n)
	}
}

// A request's own context.
func serveOk(ctx context.Context, in <-chan string) {
	for n := range in {
		one := context.WithValue(ctx, heldKey, map[string]int{})
		holdOk(one, n)
		holdOk(one, n+n)
	}
}

func holdOk(ctx context.Context, k string) { ctx.Value(heldKey).(map[string]int)[k]++ }

func ServesOk(ctx context.Context, in <-chan string) {
	go serveOk(ctx, in)
	go serveOk(ctx, in)
}
