package embeds

import (
	"sync"
	"time"
)

// What is embedded has its methods called on the whole.
type tags struct{ set map[string]string }

func (t *tags) SetTagBad(k, v string) {
	t.set[k] = v // want `map tags.set is written here and (read|written) at promoted.go:\d+ with no lock in common: the goroutine Device.poll`
}

func (t *tags) TagOk(k string) string { return t.set[k] }

type Device struct{ tags }

func NewDevice() *Device {
	d := &Device{tags{set: map[string]string{}}}
	go d.poll()
	return d
}

func (d *Device) poll() {
	for {
		time.Sleep(time.Second)
		d.SetTagBad("seen", time.Now().String())
	}
}

// By pointer, and with another goroutine than the writer's.
type names struct{ all map[int]string }

func (n *names) NameBad(i int) string {
	return n.all[i]
}

type Book struct {
	*names
	stop chan bool
}

func NewBook() *Book {
	b := &Book{&names{map[int]string{}}, make(chan bool)}
	go b.fillBad()
	return b
}

func (b *Book) fillBad() {
	for i := 0; ; i++ {
		select {
		case <-b.stop:
			return
		default:
			b.all[i] = "x" // want `map names.all is written here and read at promoted.go:\d+ with no lock in common`
		}
	}
}

// Whoever declares a method of that name has its own called, which locks here.
type marks struct{ m map[string]int }

func (c *marks) Mark(k string) { c.m[k]++ }

type Sheet struct {
	marks
	mu sync.Mutex
}

func NewSheet() *Sheet {
	s := &Sheet{marks: marks{m: map[string]int{}}}
	go func() {
		for range time.Tick(time.Second) {
			s.Mark("tick")
		}
	}()
	return s
}

func (s *Sheet) Mark(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks.Mark(k)
}

// Exported by habit: the package calls it with the lock held.
type votes struct{ m map[string]int }

func (c *votes) VoteOk(k string) { c.m[k]++ }

type Poll struct {
	votes
	mu sync.Mutex
}

func NewPoll() *Poll {
	p := &Poll{votes: votes{m: map[string]int{}}}
	go func() {
		for range time.Tick(time.Second) {
			p.add("tick")
		}
	}()
	return p
}

func (p *Poll) add(k string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.VoteOk(k)
}

// Another type that embeds it has no goroutine, and this one's is over.
type Paper struct{ sum }

type Tally struct{ sum }

type sum struct{ m map[string]int }

func (s *sum) AddOk(k string) { s.m[k]++ }

func CountOk(ks []string) *Tally {
	t := &Tally{sum{map[string]int{}}}
	done := make(chan bool)
	go func() {
		for _, k := range ks {
			t.AddOk(k)
		}
		close(done)
	}()
	<-done
	return t
}

// A part that an exported method returns is called by whoever has that from there.
type Register struct{ m map[string]int }

func (r *Register) EntriesBad() (n int) {
	for range r.m {
		n++
	}
	return n
}

type Till struct{ reg *Register }

func NewTill() *Till {
	t := &Till{&Register{map[string]int{}}}
	go t.loop()
	return t
}

func (t *Till) Register() *Register { return t.reg }

func (t *Till) loop() {
	for range time.Tick(time.Second) {
		t.reg.m["tick"]++ // want `map Register.m is written here and iterated at promoted.go:\d+ with no lock in common: the goroutine Till.loop`
	}
}

// Nobody gets this one: its methods are called on others.
type Ledger struct{ m map[string]int }

func (l *Ledger) LinesOk() (n int) {
	for range l.m {
		n++
	}
	return n
}

type Bank struct{ ledger *Ledger }

func NewBank() *Bank {
	b := &Bank{&Ledger{map[string]int{}}}
	go b.loop()
	return b
}

func (b *Bank) loop() {
	for range time.Tick(time.Second) {
		b.ledger.m["tick"]++
	}
}
