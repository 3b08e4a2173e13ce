package dispatch

import "sync"

// Handlers that stand in a table of the function that subscribes them, as a field of its entries.

type topic struct {
	name string
	run  func(body string)
}

type delivery struct {
	to   *topic
	body string
}

type brokerBad struct {
	topics []*topic
	queue  chan delivery
	seen   map[string]int
}

func (b *brokerBad) subscribe() {
	entries := []struct {
		name string
		run  func(body string)
	}{
		{"seen", b.mark},
		{"ask", b.ask},
	}
	for _, e := range entries {
		t := &topic{name: e.name, run: e.run}
		b.topics = append(b.topics, t)
	}
}

func (b *brokerBad) Start() {
	b.subscribe()
	for range 4 {
		go b.work()
	}
}

func (b *brokerBad) work() {
	for d := range b.queue {
		d.to.run(d.body)
	}
}

func (b *brokerBad) mark(body string) {
	b.seen[body]++ // want `map brokerBad.seen is written here by several goroutines at once with no lock: the callback brokerBad.mark is called by several goroutines at once`
}

func (b *brokerBad) ask(body string) { _ = b.seen[body] }

type brokerOk struct {
	mu     sync.Mutex
	topics []*topic
	queue  chan delivery
	seen   map[string]int
}

func (b *brokerOk) Start() {
	entries := []topic{{"seen", b.mark}}
	for _, e := range entries {
		b.topics = append(b.topics, &topic{name: e.name, run: e.run})
	}
	for range 4 {
		go b.work()
	}
}

func (b *brokerOk) work() {
	for d := range b.queue {
		d.to.run(d.body)
	}
}

func (b *brokerOk) mark(body string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.seen[body]++
}
