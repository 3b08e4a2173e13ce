package dispatch

import "sync"

// Router is told by a loop what comes in.
type Router interface {
	JoinOk(id string)
	RouteOk(id string) int
	Leave(id string)
}

// Loop tells a router.
type Loop struct {
	in     chan string
	evals  chan func()
	router Router
}

// NewLoop starts the loop.
func NewLoop(r Router) *Loop {
	l := &Loop{make(chan string), make(chan func()), r}
	go l.run()
	return l
}

func (l *Loop) run() {
	for {
		select {
		case id := <-l.in:
			l.router.JoinOk(id)
			l.router.RouteOk(id)
			l.router.Leave(id)
		case f := <-l.evals:
			f()
		}
	}
}

// Ask has the loop ask the router.
func (l *Loop) Ask(id string) int {
	got := make(chan int, 1)
	l.evals <- func() { got <- l.router.RouteOk(id) }
	return <-got
}

// Leave goes to the router itself.
func (l *Loop) Leave(id string) { l.router.Leave(id) }

// Flood has its methods exported because the interface wants them so: the loop calls them.
type Flood struct {
	peers map[string]int
	gone  map[string]bool
	seen  map[string]bool
}

func (f *Flood) JoinOk(id string)      { f.peers[id] = 0 }
func (f *Flood) RouteOk(id string) int { f.peers[id]++; f.seen[id] = true; return len(f.peers) } // want `map Flood.seen is written here and iterated at`

// Leave is called by the loop and by whoever calls Loop.Leave.
func (f *Flood) Leave(id string) { f.gone[id] = true } // want `map Flood.gone is written here and written at`

// SeenBad is in no interface.
func (f *Flood) SeenBad() (ids []string) {
	for id := range f.seen {
		ids = append(ids, id)
	}
	return ids
}

// Table is a router with a lock of its own: it is for anybody.
type Table struct {
	mu    sync.Mutex
	peers map[string]int
}

func (t *Table) JoinOk(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.peers[id] = 0
}

func (t *Table) Leave(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.peers, id)
}

func (t *Table) RouteOk(string) int { return len(t.peers) } // want `map Table.peers is measured without Table.mu`

// NewFlood starts a loop with a router.
func NewFlood() *Loop {
	return NewLoop(&Flood{map[string]int{}, map[string]bool{}, map[string]bool{}})
}
