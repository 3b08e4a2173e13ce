// Package holds has the shapes in which a value holds its lock and its maps.
package holds

import (
	"sync"
	"sync/atomic"
)

type inner struct {
	mu sync.RWMutex
	m  map[string]int
}

type nested struct {
	name string
	in   inner
}

func nestedBad(n nested) {} // want `nestedBad copies nested: its parameter n is a value, so the copy locks its own in.mu while both use the same map in.m`

type embedded struct {
	sync.Mutex
	m map[string]int
}

func (e embedded) AddBad(k string) { // want `AddBad copies embedded: its receiver is a value, so the copy locks its own Mutex while both write the same map m`
	e.Lock()
	defer e.Unlock()
	e.m[k]++
}

type sharded struct{ shards [4]inner }

func shardedBad(s *sharded) {
	for _, in := range s.shards { // want `the range variable in copies inner, so the copy locks its own mu while both use the same map m`
		in.mu.Lock()
	}
	t := *s // want `the assignment to t copies sharded, so the copy locks its own shards.mu while both use the same map shards.m`
	t.shards[0].mu.Lock()
}

// The lock next to the map is taken, the one further off not.
type two struct {
	other sync.Mutex
	in    inner
}

func twoBad(t two) {} // want `so the copy locks its own in.mu while both use the same map in.m`

// What the writers hold says which lock it is, wherever it stands.
type told struct {
	first  sync.Mutex
	second sync.Mutex
	m, n   map[string]int
}

func (t *told) add(k string) {
	t.second.Lock()
	defer t.second.Unlock()
	t.m[k]++
	t.n[k]++
}

func Told(t *told) {
	t.add("")
	u := *t // want `so the copy locks its own second while both write the same maps m and n`
	u.add("")
}

type many struct {
	mu         sync.Mutex
	a, b, c, d map[string]int
}

func manyBad(m many) {} // want `while both use the same maps a, b and 2 more`

func typeParamBad[T inner | nested](v T) {} // want `typeParamBad copies T: its parameter v is a value, so the copy locks its own mu while both use the same map m`

func typeParamOk[T *inner | *nested](v T) {}

type generic[K comparable, V any] struct {
	mu sync.Mutex
	m  map[K]V
}

func (g *generic[K, V]) Set(k K, v V) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.m[k] = v
}

func (g generic[K, V]) GetBad(k K) V { // want `GetBad copies generic\[K, V\]: its receiver is a value, so the copy locks its own mu while both write the same map m`
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.m[k]
}

// A lock without a map.
type counter struct {
	mu sync.Mutex
	n  int
}

func counterBad(c counter) {} // want `counterBad copies counter: its parameter c is a value, so the copy locks its own mu, which excludes nobody that uses the original`

func lockBad(mu sync.Mutex) {} // want `lockBad copies sync.Mutex: its parameter mu is a value, so whoever locks the copy excludes nobody that locks the original`

type waiter struct{ wg sync.WaitGroup }

func waiterBad(w waiter) {} // want `so the copy has its own wg, a sync.WaitGroup that the original knows nothing of`

func onceBad(o sync.Once) {} // want `onceBad copies sync.Once: its parameter o is a value, which must not be copied: the two know nothing of each other`

type hits struct{ n atomic.Int64 }

func hitsBad(h hits) {} // want `so the copy has its own n, a atomic.Int64 that the original knows nothing of`

func valueOk(v atomic.Value) {}

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

type marked struct {
	_ noCopy
	m map[string]int
}

func markedBad(m marked) {} // want `markedBad copies marked: its parameter m is a value, which _ marks as not to be copied`

type state struct{ DoNotCopy [0]sync.Mutex }

type message struct{ state state }

func messageBad(m message) {} // want `which state.DoNotCopy marks as not to be copied`

// A lock of one's own.
type spin struct{ held atomic.Bool }

func (s *spin) Lock() {
	for !s.held.CompareAndSwap(false, true) {
	}
}
func (s *spin) Unlock() { s.held.Store(false) }

type spun struct {
	lock spin
	m    map[string]int
}

func spunBad(s spun) {} // want `so the copy locks its own lock while both use the same map m`

// Behind a pointer or an interface there is one lock.
type byPointer struct {
	mu *sync.Mutex
	m  map[string]int
}

func byPointerOk(b byPointer) {}

type byInterface struct {
	sync.Locker
	m map[string]int
}

func byInterfaceOk(b byInterface) {}

type list struct{ items []inner }

func listOk(l list) {}
