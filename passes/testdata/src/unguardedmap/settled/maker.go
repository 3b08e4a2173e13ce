package settled

import "sync"

// A helper that locks is called by who makes the object, too, before anybody else has it: that is no caller beside whom the object's own goroutine would need
// the lock to look at what it alone changes.

type listsOk struct {
	mu    sync.RWMutex
	lists map[string]int
}

func NewListsOk(names []string) *listsOk {
	l := newLists()
	return l
}

func newLists() *listsOk {
	l := &listsOk{lists: map[string]int{}}
	l.sync()
	go l.poll()
	return l
}

func (l *listsOk) Get(name string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.lists[name]
}

func (l *listsOk) poll() {
	for {
		l.sync()
	}
}

func (l *listsOk) sync() {
	l.set("a")
	for name := range l.lists {
		if name == "" {
			l.drop(name)
		}
	}
}

func (l *listsOk) set(name string) {
	l.mu.Lock()
	l.lists[name] = 1
	l.mu.Unlock()
}

func (l *listsOk) drop(name string) {
	l.mu.Lock()
	delete(l.lists, name)
	l.mu.Unlock()
}

// Others call the helper as well.
type listsBad struct {
	mu    sync.RWMutex
	lists map[string]int
}

func NewListsBad(names []string) *listsBad {
	l := &listsBad{lists: map[string]int{}}
	l.sync()
	go l.poll()
	return l
}

func (l *listsBad) Get(name string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.lists[name]
}

func (l *listsBad) Drop(name string) { l.drop(name) }

func (l *listsBad) poll() {
	for {
		l.sync()
	}
}

func (l *listsBad) sync() {
	for name := range l.lists { // want `map listsBad.lists is iterated without listsBad.mu`
		if name == "" {
			l.drop(name)
		}
	}
}

func (l *listsBad) drop(name string) {
	l.mu.Lock()
	delete(l.lists, name)
	l.mu.Unlock()
}

// The object is known to others when the maker calls.
type listsLateBad struct {
	mu    sync.RWMutex
	lists map[string]int
}

var late *listsLateBad

func NewListsLateBad() {
	l := &listsLateBad{lists: map[string]int{}}
	late = l
	go l.poll()
	l.drop("a")
}

func (l *listsLateBad) poll() {
	for {
		for name := range l.lists { // want `map listsLateBad.lists is iterated without listsLateBad.mu`
			if name == "" {
				l.drop(name)
			}
		}
	}
}

func (l *listsLateBad) drop(name string) {
	l.mu.Lock()
	delete(l.lists, name)
	l.mu.Unlock()
}
