// Package percall has methods that start a goroutine for each call.
package percall

import "sync"

// Broker is called for one key after the other.
type Broker struct {
	seen  map[int]bool
	names map[string]int
	mu    sync.Mutex
	safe  map[int]bool
}

func (b *Broker) Handle(key int) {
	go func() {
		b.seen[key] = true // want `map Broker.seen is written here by several goroutines at once with no lock: the goroutine Broker.Handle\$1`
	}()
}

type event struct{ name string }

// Through a method, with a part of the argument as the key.
func (b *Broker) Notify(e *event) { go b.note(e) }

func (b *Broker) note(e *event) {
	b.names[e.name]++ // want `map Broker.names is written here by several goroutines at once`
}

func (b *Broker) SafeOk(key int) {
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.safe[key] = true
	}()
}

// Service is started once, whatever it is called with.
type Service struct {
	conns map[string]int
	in    chan string
}

func (s *Service) Start(addr string) {
	go func() {
		println(addr)
		for c := range s.in {
			s.conns[c] = 1
		}
	}()
}

// Waiter waits for the goroutine.
type Waiter struct{ seen map[int]bool }

func (w *Waiter) HandleOk(key int) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.seen[key] = true
	}()
	<-done
}

// The key is made from the argument.
type named interface{ Name() string }

// Cache forgets each by itself.
type Cache struct{ names map[string]int }

func (c *Cache) Expire(of named) {
	name := "x" + of.Name()
	go func() {
		delete(c.names, name) // want `map Cache.names is deleted from here by several goroutines at once`
	}()
}

// Counter has keys that it draws itself: a call says nothing of them.
type Counter struct {
	slots map[int]int
	last  int
}

func (c *Counter) next() int { return c.last }

func (c *Counter) StartOk(in chan int) {
	slot := c.next()
	go func() {
		for n := range in {
			c.slots[slot] = n
		}
	}()
}
