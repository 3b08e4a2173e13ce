package runners

import "sync"

// crewFN, which FN_NewDock makes, asks by a function in a field, under its own lock alone: nobody is taken to run that.
type crewFN struct {
	mu    sync.Mutex
	count func(k string) int
	sizes map[string]int
}

func newCrewFN(count func(k string) int) *crewFN {
	return &crewFN{count: count, sizes: map[string]int{}}
}

func (c *crewFN) Run(ports chan string) {
	go func() {
		for k := range ports {
			c.assign(k)
		}
	}()
}

func (c *crewFN) assign(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.balance(k)
}

func (c *crewFN) balance(k string) { c.sizes[k] = c.count(k) }

type dockFN struct {
	mu    sync.Mutex
	ships map[string]map[string]int
	crew  *crewFN
}

func FN_NewDock() *dockFN {
	d := &dockFN{ships: map[string]map[string]int{}}
	d.crew = newCrewFN(d.countOf)
	return d
}

func (d *dockFN) ofPort(k string) map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ships[k]
}

func (d *dockFN) Enter(k, ship string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ships[k][ship] = 1
}

func (d *dockFN) countOf(k string) int { return len(d.ofPort(k)) }
