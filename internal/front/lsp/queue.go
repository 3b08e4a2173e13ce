package lsp

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// queue holds what is to be analysed: packages, by directory, and then whole modules, by any directory in them. What is added supersedes what is running, which comes
// back into the queue.
type queue struct {
	wake chan struct{}

	mu     sync.Mutex
	dirs   map[string]bool // guarded by mu; whether the module is to follow
	homes  map[string]bool // guarded by mu
	due    time.Time       // guarded by mu; nothing begins before
	cancel func()          // guarded by mu; of what is running
	closed bool            // guarded by mu; nothing is to be done any more
}

// task is what to do next: some directories of packages, or all of the module of one directory. It ends early when ctx does.
type task struct {
	ctx  context.Context
	dirs map[string]bool // whether the module is to follow
	home string
}

func newQueue() *queue {
	return &queue{wake: make(chan struct{}, 1), dirs: map[string]bool{}, homes: map[string]bool{}, cancel: func() {}}
}

// saved puts packages and modules into the queue, to begin after a pause. The modules of the packages are to follow.
func (q *queue) saved(pause time.Duration, dirs, homes []string) {
	follow := map[string]bool{}
	for _, d := range dirs {
		follow[d] = true
	}
	q.add(pause, follow, homes)
}

// typed is saved for a buffer that is not: its package will do.
func (q *queue) typed(pause time.Duration, dir string) {
	q.add(pause, map[string]bool{dir: false}, nil)
}

func (q *queue) add(pause time.Duration, dirs map[string]bool, homes []string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(dirs, homes)
	q.due = time.Now().Add(pause)
	q.cancel()
}

// put adds to the sets. q.mu must be held.
func (q *queue) put(dirs map[string]bool, homes []string) {
	if q.closed {
		return
	}
	for d, follow := range dirs {
		q.dirs[d] = q.dirs[d] || follow
	}
	for _, h := range homes {
		q.homes[h] = true
	}
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// close empties the queue for good and ends what is running.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	clear(q.dirs)
	clear(q.homes)
	q.cancel()
}

// next waits for something to do. ok is false when ctx ends.
func (q *queue) next(ctx context.Context) (t task, ok bool) {
	for ctx.Err() == nil {
		t, wait := q.take(ctx)
		if t.ctx != nil {
			return t, true
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-ctx.Done():
		case <-q.wake:
		case <-timer:
		}
	}
	return task{}, false
}

// take returns what is due, or else how long that will be, 0 if there is nothing to wait for.
func (q *queue) take(ctx context.Context) (t task, wait time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.dirs) == 0 && len(q.homes) == 0 {
		return t, 0
	}
	if wait = time.Until(q.due); wait > 0 {
		return t, wait
	}
	if len(q.dirs) > 0 {
		t.dirs = maps.Clone(q.dirs)
		clear(q.dirs)
	} else {
		t.home = slices.Min(slices.Collect(maps.Keys(q.homes)))
		delete(q.homes, t.home)
	}
	t.ctx, q.cancel = context.WithCancel(ctx)
	return t, 0
}

// done ends a task, and puts what it was superseded in back.
func (q *queue) done(t task) (superseded bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	superseded = t.ctx.Err() != nil
	q.cancel()
	q.cancel = func() {}
	if superseded {
		q.put(t.dirs, t.whole())
	}
	return superseded
}

// then adds homes without haste: it supersedes nothing.
func (q *queue) then(homes []string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.put(nil, homes)
}

// whole returns the home of t as a list.
func (t task) whole() []string {
	if t.home == "" {
		return nil
	}
	return []string{t.home}
}
