// Package making has objects that are made on a goroutine.
package making

import (
	"sync"
	"sync/atomic"
	"time"
)

type StoreOk struct {
	mu     sync.Mutex
	blocks map[int]string
	beats  atomic.Int64
}

func (s *StoreOk) beat() { s.beats.Add(1) }

func (s *StoreOk) recover(n int) bool {
	if n > 0 {
		s.blocks[n] = "recovered"
	}
	return n > 0
}

// The timer has the store, and touches no map. Nobody else has it before it is returned.
func openOk(n int) *StoreOk {
	s := &StoreOk{blocks: map[int]string{}}
	time.AfterFunc(time.Second, s.beat)
	if !s.recover(n) {
		s.blocks = old()
		s.recover(1)
	}
	return s
}

func old() map[int]string { return oldBlocks }

var oldBlocks map[int]string

func (s *StoreOk) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks[n] = "put"
}

func (s *StoreOk) Drop(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.blocks, n)
}

// KeepOk makes a store on a goroutine.
func KeepOk(n int, out chan *StoreOk) {
	go func() { out <- openOk(n) }()
}

type StoreBad struct {
	mu     sync.Mutex
	blocks map[int]string
}

func (s *StoreBad) expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.blocks)
}

// The timer touches the map.
func openBad(n int) *StoreBad {
	s := &StoreBad{blocks: map[int]string{}}
	time.AfterFunc(time.Second, s.expire)
	s.blocks[n] = "made" // want `map StoreBad.blocks is written without StoreBad.mu, held at 2 of its 2 other accesses`
	return s
}

func (s *StoreBad) Put(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks[n] = "put"
}

func KeepBad(n int, out chan *StoreBad) {
	go func() { out <- openBad(n) }()
}

// The list that others read has the store before the map is filled.
type listBad struct {
	mu     sync.Mutex
	stores []*entryBad
}

type entryBad struct {
	mu   sync.Mutex
	rows map[int]string
}

func (e *entryBad) Put(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.rows[n] = "put" // want `map entryBad.rows is written here and written at making.go:\d+ with no lock in common`
}

func (l *listBad) addBad(n int) {
	e := &entryBad{rows: map[int]string{}}
	l.mu.Lock()
	l.stores = append(l.stores, e)
	l.mu.Unlock()
	e.rows[n] = "late"
}

func RunBad(in chan int) {
	l := &listBad{}
	go func() {
		for n := range in {
			l.addBad(n)
		}
	}()
	go func() {
		for n := range in {
			l.mu.Lock()
			all := l.stores
			l.mu.Unlock()
			for _, e := range all {
				e.Put(n)
			}
		}
	}()
}

// Which of the two locks is held, one condition says.
type CacheOk struct {
	mu    sync.RWMutex
	rows  map[string]int
	sums  map[string]int
	cache bool
}

func (c *CacheOk) FindOk(k string) int {
	if c.cache {
		c.mu.Lock()
	} else {
		c.mu.RLock()
	}
	n := c.rows[k]
	if c.cache {
		c.sums[k] = n
	}
	if c.cache {
		c.mu.Unlock()
	} else {
		c.mu.RUnlock()
	}
	return n
}

func ServeOk(c *CacheOk, in chan string) {
	for range 2 {
		go func() {
			for k := range in {
				c.FindOk(k)
			}
		}()
	}
}
