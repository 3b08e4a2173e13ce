package callbacks

import (
	"sync"

	"unguardedmap/callbacks/bus"
)

// nodes is written out by a batch, which is then replayed to something that tidies up. All that happens under the lock.
type nodes struct {
	mu    sync.Mutex
	dirty map[string]int
}

func (n *nodes) Set(k string, v int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dirty[k] = v
	n.dirty["last"] = v
}

func (n *nodes) CommitOk(b bus.Batch) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t := &tidier{n}
	n.commit(b, t)
	b.Replay(t)
}

func (n *nodes) commit(b bus.Batch, t *tidier) {
	if b.Full() {
		b.Replay(t)
	}
}

// tidier is made under the lock.
type tidier struct{ n *nodes }

func (t *tidier) Put(k string) { delete(t.n.dirty, k) }

// leaves is as nodes, but for one commit that forgets the lock.
type leaves struct {
	mu    sync.Mutex
	dirty map[string]int
}

func (l *leaves) Set(k string, v int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.dirty[k] = v
	l.dirty["last"] = v
}

func (l *leaves) Commit(b bus.Batch) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b.Replay(&sweeper{l})
}

func (l *leaves) CommitBad(b bus.Batch) {
	b.Replay(&sweeper{l})
}

type sweeper struct{ l *leaves }

func (s *sweeper) Put(k string) { delete(s.l.dirty, k) } // want `map leaves.dirty is deleted from without leaves.mu`

// roots lets a bus keep something that it makes under the lock, and call it later. It is taken to be called at once.
type roots struct {
	mu    sync.Mutex
	dirty map[string]int
}

func (r *roots) Set(k string, v int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.dirty[k] = v
	r.dirty["last"] = v
}

func (r *roots) FN_Watch() {
	r.mu.Lock()
	defer r.mu.Unlock()
	bus.Subscribe(&rootWatcher{r})
}

type rootWatcher struct{ r *roots }

func (w *rootWatcher) Added(k string) { w.r.dirty[k] = 0 }

func (w *rootWatcher) Removed(k string) { delete(w.r.dirty, k) }
