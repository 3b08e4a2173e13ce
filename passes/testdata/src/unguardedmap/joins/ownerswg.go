package joins

import "sync"

// crew has one WaitGroup, to which each of its hands points.
type crew struct {
	wg    sync.WaitGroup
	hands []*hand
}

type hand struct {
	wg   *sync.WaitGroup
	work map[string]int
}

func newCrew(n int) *crew {
	c := &crew{}
	for range n {
		c.hands = append(c.hands, &hand{wg: &c.wg, work: map[string]int{}})
	}
	return c
}

func (h *hand) run(jobs chan string) {
	defer h.wg.Done()
	for j := range jobs {
		h.work[j]++
	}
}

// What they signal is what this waits for, by another name.
func (c *crew) RunOk(jobs chan string) map[string]int {
	total := map[string]int{}
	for _, h := range c.hands {
		c.wg.Add(1)
		go h.run(jobs)
	}
	c.wg.Wait()
	for _, h := range c.hands {
		for k, n := range h.work {
			total[k] += n
		}
	}
	return total
}

// gang has a channel, which a constructor gives to its members.
type gang struct {
	over    chan bool
	members []*member
}

type member struct {
	over chan bool
	work map[string]int
}

func newMember(over chan bool) *member { return &member{over: over, work: map[string]int{}} }

func (g *gang) hire() { g.members = append(g.members, newMember(g.over)) }

func (m *member) run(jobs chan string) {
	for j := range jobs {
		m.work[j]++
	}
	m.over <- true
}

func (g *gang) RunOk(jobs chan string) map[string]int {
	total := map[string]int{}
	for _, m := range g.members {
		go m.run(jobs)
	}
	for range g.members {
		<-g.over
	}
	for _, m := range g.members {
		for k, n := range m.work {
			total[k] += n
		}
	}
	return total
}

// shift has two, and its workers point to either.
type shift struct {
	day, night sync.WaitGroup
	workers    []*worker
}

type worker struct {
	wg   *sync.WaitGroup
	work map[string]int
}

func (s *shift) hire(late bool) {
	w := &worker{wg: &s.day, work: map[string]int{}}
	if late {
		w.wg = &s.night
	}
	s.workers = append(s.workers, w)
}

func (w *worker) run(jobs chan string) {
	defer w.wg.Done()
	for j := range jobs {
		w.work[j]++ // want `map worker.work is written here and iterated at ownerswg.go:\d+ with no lock in common`
	}
}

// Those of the night are not waited for.
func (s *shift) RunBad(jobs chan string) map[string]int {
	total := map[string]int{}
	for _, w := range s.workers {
		w.wg.Add(1)
		go w.run(jobs)
	}
	s.day.Wait()
	for _, w := range s.workers {
		for k, n := range w.work {
			total[k] += n
		}
	}
	return total
}

// yard is as crew.
type yard struct {
	Wg   sync.WaitGroup
	guys []*Guy
}

// Guy can be made to point elsewhere by other packages.
type Guy struct {
	Wg   *sync.WaitGroup
	work map[string]int
}

func (y *yard) hire() { y.guys = append(y.guys, &Guy{Wg: &y.Wg, work: map[string]int{}}) }

func (g *Guy) run(jobs chan string) {
	defer g.Wg.Done()
	for j := range jobs {
		g.work[j]++ // want `map Guy.work is written here and iterated at ownerswg.go:\d+ with no lock in common`
	}
}

func (y *yard) RunBad(jobs chan string) map[string]int {
	total := map[string]int{}
	for _, g := range y.guys {
		y.Wg.Add(1)
		go g.run(jobs)
	}
	y.Wg.Wait()
	for _, g := range y.guys {
		for k, n := range g.work {
			total[k] += n
		}
	}
	return total
}

// ward has a lock, which its beds share.
type ward struct {
	mu   sync.Mutex
	beds []*bed
}

type bed struct {
	mu  *sync.Mutex
	log map[string]int
}

func (w *ward) add() { w.beds = append(w.beds, &bed{mu: &w.mu, log: map[string]int{}}) }

func (b *bed) Note(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.log[k]++
}

// The lock is the same.
func (w *ward) CountOk() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.beds {
		n += len(b.log)
	}
	return n
}

func (w *ward) CountBad() (n int) {
	for _, b := range w.beds {
		n += len(b.log) // want `map bed.log is measured without bed.mu`
	}
	return n
}

// cot has the lock of a room, by a constructor and as a sync.Locker.
type cot struct {
	mu  sync.Locker
	log map[string]int
}

type room struct {
	names sync.RWMutex
	cots  sync.RWMutex
	all   []*cot
}

func newCot(mu sync.Locker) *cot { return &cot{mu: mu, log: map[string]int{}} }

func (r *room) lock() sync.Locker { return &r.cots }

func (r *room) add() { r.all = append(r.all, newCot(&r.cots), newCot(r.lock())) }

func (c *cot) Note(k string) {
	c.mu.Lock()
	c.log[k]++
	c.mu.Unlock()
}

func (r *room) SumOk() (n int) {
	r.cots.RLock()
	defer r.cots.RUnlock()
	for _, c := range r.all {
		n += len(c.log)
	}
	return n
}

// The other lock of the room.
func (r *room) SumBad() (n int) {
	r.names.Lock()
	defer r.names.Unlock()
	for _, c := range r.all {
		n += len(c.log) // want `map cot.log is measured without cot.mu`
	}
	return n
}

// Given up by its one name it is given up by the other.
func (c *cot) MoveBad(r *room) int {
	c.mu.Lock()
	r.all = append(r.all, c)
	c.mu.Unlock()
	return c.log["moved"] // want `map cot.log is read without cot.mu`
}

// crib has the lock of a room or that of a ward.
type crib struct {
	mu  sync.Locker
	log map[string]int
}

func (r *room) crib() *crib { return &crib{mu: &r.cots, log: map[string]int{}} }
func (w *ward) crib() *crib { return &crib{mu: &w.mu, log: map[string]int{}} }

func (c *crib) Note(k string) {
	c.mu.Lock()
	c.log[k]++
	c.mu.Unlock()
}

func (r *room) LookBad(c *crib) int {
	r.cots.Lock()
	defer r.cots.Unlock()
	return len(c.log) // want `map crib.log is measured without crib.mu`
}

// latch is a lock with a map of its own.
type latch struct {
	in   sync.Mutex
	done map[string]bool
}

func (l *latch) Lock()   { l.in.Lock(); l.done = map[string]bool{} }
func (l *latch) Unlock() { l.done = nil; l.in.Unlock() }

type attic struct {
	mu    latch
	boxes []*box
}

type box struct {
	mu  sync.Locker
	log map[string]int
}

func (a *attic) add() { a.boxes = append(a.boxes, &box{mu: &a.mu, log: map[string]int{}}) }

func (b *box) Note(k string) {
	b.mu.Lock()
	b.log[k]++
	b.mu.Unlock()
}

// Behind a sync.Locker it is not known to be what its methods lock.
func (a *attic) FP_Count() (n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, b := range a.boxes {
		n += len(b.log) // want `map box.log is measured without box.mu`
	}
	return n
}
