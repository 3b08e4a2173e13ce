// Package meetings has maps of locks and of channels. Nobody in sight calls their methods on a goroutine.
package meetings

import "sync"

type Keyed struct{ locks map[string]*sync.Mutex }

func (k *Keyed) LockBad(name string) {
	l, ok := k.locks[name]
	if !ok {
		l = &sync.Mutex{}
		k.locks[name] = l // want `map Keyed.locks is written here with no lock: Keyed.LockBad may be called by several goroutines at once, for which Keyed.locks is made`
	}
	l.Lock()
}

type Broker struct{ topics map[string][]chan int }

func (b *Broker) SubscribeBad(topic string) <-chan int {
	ch := make(chan int, 1)
	b.topics[topic] = append(b.topics[topic], ch) // want `map Broker.topics is written here with no lock: Broker.SubscribeBad may be called by several goroutines at once, for which Broker.topics is made`
	return ch
}

func (b *Broker) Unsubscribe(topic string) { delete(b.topics, topic) }

func (b *Broker) Publish(topic string, n int) {
	for _, ch := range b.topics[topic] {
		ch <- n
	}
}

type Clients struct{ out map[chan string]bool }

func (c *Clients) AddBad(ch chan string) {
	c.out[ch] = true // want `map Clients.out is written here with no lock`
}

func (c *Clients) Remove(ch chan string) { delete(c.out, ch) }

// Channels that are only added: a registry.
type Feeds struct{ by map[string]chan string }

func (f *Feeds) AddOk(name string) <-chan string {
	f.by[name] = make(chan string, 1)
	return f.by[name]
}

func (f *Feeds) SendOk(name, what string) { f.by[name] <- what }

var waiting = map[string]chan int{}

func WaitBad(name string) {
	ch := make(chan int)
	waiting[name] = ch // want `map waiting is written here with no lock: WaitBad may be called by several goroutines at once, for which waiting is made`
	<-ch
	delete(waiting, name)
}

type Guarded struct {
	mu    sync.Mutex
	locks map[string]*sync.Mutex
}

func (g *Guarded) LockOk(name string) {
	g.mu.Lock()
	l, ok := g.locks[name]
	if !ok {
		l = &sync.Mutex{}
		g.locks[name] = l
	}
	g.mu.Unlock()
	l.Lock()
}

type Fixed struct{ locks map[string]*sync.Mutex }

// NewFixedOk fills the table, which is then only read.
func NewFixedOk(names []string) *Fixed {
	f := &Fixed{locks: map[string]*sync.Mutex{}}
	for _, name := range names {
		f.locks[name] = &sync.Mutex{}
	}
	return f
}

func (f *Fixed) LockOk(name string) { f.locks[name].Lock() }

// Loop is one goroutine's: nobody else has its methods.
type loop struct {
	in  chan string
	out map[string]chan string
}

func StartOk() chan<- string {
	l := &loop{in: make(chan string), out: map[string]chan string{}}
	go l.runOk()
	return l.in
}

func (l *loop) runOk() {
	for name := range l.in {
		l.addOk(name)
	}
}

func (l *loop) addOk(name string) { l.out[name] = make(chan string) }

// Counts has neither.
type Counts struct{ n map[string]int }

func (c *Counts) AddOk(name string) { c.n[name]++ }

// Crew starts and stops, as its owner tells it.
type Crew struct{ stops map[string]chan struct{} }

func (c *Crew) StartOk(name string, work func()) {
	stop := make(chan struct{})
	c.stops[name] = stop
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				work()
			}
		}
	}()
}

func (c *Crew) StopOk() {
	for _, stop := range c.stops {
		close(stop)
	}
}

// Pools are made ready.
type Pools struct{ by map[string]*sync.Pool }

func (p *Pools) ProvideOk(name string) { p.by[name] = &sync.Pool{} }
