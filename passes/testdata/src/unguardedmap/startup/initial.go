package startup

import "sync"

type backend interface{ Load() []string }

// tankOk is made by its constructor and made ready by Init, as the framework wants it: nobody else uses it before.
type tankOk struct {
	mu    sync.Mutex
	store backend
	index map[string]int
	count map[string]int
}

func NewTankOk() *tankOk { return &tankOk{index: map[string]int{}, count: map[string]int{}} }

func (t *tankOk) Init(store backend) error {
	t.store = store
	for i, k := range t.store.Load() {
		t.index[k] = i
		t.note(k)
	}
	for k := range t.index {
		if k == "" {
			delete(t.index, k)
		}
	}
	return nil
}

func (t *tankOk) note(k string) { t.count[k]++ }

func (t *tankOk) Add(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.index[k]++
	t.note(k)
}

func (t *tankOk) Drop(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.index, k)
	delete(t.count, k)
}

func (t *tankOk) Reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.index)
	for _, k := range t.store.Load() {
		t.index[k] = 1
	}
}

// tankBad goes on after it has started what works on it.
type tankBad struct {
	mu    sync.Mutex
	store backend
	index map[string]int
}

func (t *tankBad) Start(store backend) {
	t.store = store
	go t.work()
	for i, k := range store.Load() {
		t.index[k] = i // want `map tankBad.index is written without tankBad.mu`
	}
}

func (t *tankBad) work() {
	for _, k := range t.store.Load() {
		t.mu.Lock()
		t.index[k]++
		t.mu.Unlock()
	}
}

func (t *tankBad) Drop(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.index, k)
}

// shelfBad opens one of many: nothing depends on its having been called.
type shelfBad struct {
	mu   sync.Mutex
	open map[string]int
}

func (s *shelfBad) OpenOne(k string) {
	s.open[k]++ // want `map shelfBad.open is written without shelfBad.mu`
}

func (s *shelfBad) Close(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[k]--
	if s.open[k] == 0 {
		delete(s.open, k)
	}
}

// rulesBad reloads, at any time, and is the only one to set what it has loaded.
type rulesBad struct {
	mu    sync.Mutex
	store backend
	rules map[string]int
}

func (r *rulesBad) Reload(store backend) {
	r.store = store
	for i, k := range store.Load() {
		r.rules[k] = i // want `map rulesBad.rules is written without rulesBad.mu`
	}
}

func (r *rulesBad) Size() int { return len(r.store.Load()) }

func (r *rulesBad) Add(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rules[k]++
	r.rules["all"]++
}

// nodeOk is made ready by a method that calls another one for a part of it, which is exported, too.
type nodeOk struct {
	mu    sync.Mutex
	store backend
	name  *string
	peers map[string]int
}

func (n *nodeOk) Init(name string, store backend) {
	n.name = &name
	n.InitPeers(store)
}

func (n *nodeOk) InitPeers(store backend) {
	n.store = store
	for i, k := range store.Load() {
		n.peers[k] = i
	}
}

func (n *nodeOk) Size() int { return len(n.store.Load()) + len(*n.name) }

func (n *nodeOk) Add(k string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.peers[k]++
	delete(n.peers, *n.name)
}

// nodeBad does the part again, whenever somebody joins.
type nodeBad struct {
	mu    sync.Mutex
	store backend
	name  *string
	peers map[string]int
}

func (n *nodeBad) Init(name string, store backend) {
	n.name = &name
	n.InitPeers(store)
}

func (n *nodeBad) Join() { n.InitPeers(n.store) }

func (n *nodeBad) InitPeers(store backend) {
	n.store = store
	for i, k := range store.Load() {
		n.peers[k] = i // want `map nodeBad.peers is written without nodeBad.mu`
	}
}

func (n *nodeBad) Size() int { return len(n.store.Load()) + len(*n.name) }

func (n *nodeBad) Add(k string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.peers[k]++
	delete(n.peers, *n.name)
}
