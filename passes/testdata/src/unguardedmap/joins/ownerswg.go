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
func (w *ward) FP_Count() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, b := range w.beds {
		n += len(b.log) // want `map bed.log is measured without bed.mu`
	}
	return n
}
