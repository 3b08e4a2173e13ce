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
		h.work[j]++ // want `map hand.work is written here and iterated at ownerswg.go:\d+ with no lock in common`
	}
}

// What they signal is what this waits for, by another name: where the field was set is not looked at.
func (c *crew) FP_Run(jobs chan string) map[string]int {
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

// RunOk waits for each by its own name.
func (c *crew) RunOk(jobs chan string) map[string]int {
	total := map[string]int{}
	h := &mate{work: map[string]int{}}
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		h.run(jobs)
	}()
	c.wg.Wait()
	for k, n := range h.work {
		total[k] += n
	}
	return total
}

type mate struct{ work map[string]int }

func (m *mate) run(jobs chan string) {
	for j := range jobs {
		m.work[j]++
	}
}
