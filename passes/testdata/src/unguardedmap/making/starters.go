package making

import "sync"

// Objects whose maker calls a method of theirs that starts a goroutine and goes on with the map: beside that goroutine it is the maker's own no more.

type stallBad struct{ stock map[string]int }

func newStallBad() *stallBad {
	s := &stallBad{stock: map[string]int{}}
	s.open()
	return s
}

func (s *stallBad) open() {
	s.stock["a"] = 1
	go s.sell()
	s.stock["b"] = 1 // want `map stallBad.stock is written here and read at starters.go:23 with no lock in common: the goroutine stallBad.sell starts at starters.go:17`
}

func (s *stallBad) sell() {
	for {
		s.stock["a"]--
	}
}

// stallOk has all in it before somebody else comes.
type stallOk struct{ stock map[string]int }

func newStallOk() *stallOk {
	s := &stallOk{stock: map[string]int{}}
	s.open()
	return s
}

func (s *stallOk) open() {
	s.stock["a"] = 1
	s.stock["b"] = 1
	go s.sell()
}

func (s *stallOk) sell() {
	for {
		s.stock["a"]--
	}
}

// stallLockedOk has a lock for it.
type stallLockedOk struct {
	mu    sync.Mutex
	stock map[string]int
}

func newStallLockedOk() *stallLockedOk {
	s := &stallLockedOk{stock: map[string]int{}}
	s.open()
	return s
}

func (s *stallLockedOk) open() {
	go s.sell()
	s.mu.Lock()
	s.stock["b"] = 1
	s.mu.Unlock()
}

func (s *stallLockedOk) sell() {
	for {
		s.mu.Lock()
		s.stock["a"]--
		s.mu.Unlock()
	}
}

// stallWaitsOk waits before it goes on.
type stallWaitsOk struct{ stock map[string]int }

func newStallWaitsOk() *stallWaitsOk {
	s := &stallWaitsOk{stock: map[string]int{}}
	s.open()
	return s
}

func (s *stallWaitsOk) open() {
	done := make(chan bool)
	go func() {
		s.stock["a"] = 1
		close(done)
	}()
	<-done
	s.stock["b"] = 1
}

// stallOtherOk starts a goroutine for another object.
type stallOtherOk struct{ stock map[string]int }

func newStallOtherOk(till *stallLockedOk) *stallOtherOk {
	s := &stallOtherOk{stock: map[string]int{}}
	s.open(till)
	return s
}

func (s *stallOtherOk) open(till *stallLockedOk) {
	go till.sell()
	s.stock["b"] = 1
}

// stallPartBad has the map in a part, and its method goes on for ever.
type stallPartBad struct{ part *stand }

type stand struct {
	mu    sync.Mutex
	stock map[string]int
}

func runStallBad(names []string) {
	s := &stallPartBad{part: &stand{stock: map[string]int{}}}
	s.work(names)
}

func (s *stallPartBad) work(names []string) {
	for {
		for _, name := range names {
			s.part.stock[name] = 1 // want `map stand.stock is written here and deleted from at starters.go:133 with no lock in common`
			go s.forget(name)
		}
	}
}

func (s *stallPartBad) forget(name string) {
	s.part.mu.Lock()
	defer s.part.mu.Unlock()
	delete(s.part.stock, name)
}

// Each turn has an object of its own.
func runEachOk(names []string) {
	for _, name := range names {
		s := &stallOk{stock: map[string]int{}}
		s.stock[name] = 1
		s.open()
	}
}

func StallsBad(names []string, till *stallLockedOk) []any {
	go runStallBad(names)
	runEachOk(names)
	return []any{newStallBad(), newStallOk(), newStallLockedOk(), newStallWaitsOk(), newStallOtherOk(till)}
}

// cartOk has its goroutine work on another cart.
type cartOk struct {
	mu    sync.Mutex
	goods map[string]int
	sold  chan bool
}

func (c *cartOk) run() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.goods["a"]++
}

func (c *cartOk) tell() { c.sold <- true }

func (c *cartOk) start(other *cartOk) {
	go c.tell()
	go other.run()
	c.goods["b"] = 1
}

func TwoCarts() {
	other := &cartOk{goods: map[string]int{}, sold: make(chan bool)}
	c := &cartOk{goods: map[string]int{}, sold: make(chan bool)}
	c.start(other)
}

// tentBad is started by a function, which it is the second argument of.
type tentBad struct {
	mu    sync.Mutex
	goods map[string]int
}

func (t *tentBad) run() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.goods["a"]++ // want `map tentBad.goods is written here and written at starters.go:192 with no lock in common`
}

func pitch(name string, t *tentBad) {
	go t.run()
	t.goods[name] = 1
}

func Tent(name string) {
	pitch(name, &tentBad{goods: map[string]int{}})
}

// sweepBad waits for its goroutines at the end: to its caller, which has made the object, they are over, but it goes on with the map beside them.
type broomBad struct {
	mu    sync.Mutex
	rooms map[string]int
}

func (b *broomBad) sweepBad(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		b.rooms[name] = 1
		wg.Add(1)
		go b.leave(name, &wg)
	}
	wg.Wait()
}

func (b *broomBad) leave(name string, wg *sync.WaitGroup) {
	defer wg.Done()
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.rooms, name) // want `map broomBad.rooms is deleted from here and written at starters.go:208 with no lock in common`
}

func SweepAll(names []string) {
	b := &broomBad{rooms: map[string]int{}}
	b.sweepBad(names)
}

// mopOk goes on with the map when its goroutines have done, and before they start.
type mopOk struct {
	mu    sync.Mutex
	rooms map[string]int
	other map[string]int
}

func (m *mopOk) mop(names []string) {
	m.rooms["first"] = 1
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go m.leave(name, &wg)
		m.other[name] = 1
	}
	wg.Wait()
	m.rooms["last"] = 1
}

func (m *mopOk) leave(name string, wg *sync.WaitGroup) {
	defer wg.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.rooms, name)
}

func MopAll(names []string) {
	m := &mopOk{rooms: map[string]int{}, other: map[string]int{}}
	m.mop(names)
}

// wipeOk has its goroutines work on another object than it goes on with.
func (m *wipeOk) wipe(next *wipeOk, names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go next.leave(name, &wg)
		m.rooms[name] = 1
	}
	wg.Wait()
}

type wipeOk struct {
	mu    sync.Mutex
	rooms map[string]int
}

func (m *wipeOk) leave(name string, wg *sync.WaitGroup) {
	defer wg.Done()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.rooms, name)
}

func WipeAll(names []string) {
	m, next := &wipeOk{rooms: map[string]int{}}, &wipeOk{rooms: map[string]int{}}
	m.wipe(next, names)
}
