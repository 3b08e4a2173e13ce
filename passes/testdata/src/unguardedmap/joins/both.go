package joins

import "sync"

// index has two maps, which are kept by a goroutine each. Who has them kept holds the lock, and waits.
type index struct {
	names map[string]int
	sizes map[int]string
}

func (x *index) add(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for i, n := range names {
			x.names[n] = i
		}
	})
	wg.Go(func() {
		for _, n := range names {
			x.sizes[len(n)] = n
		}
	})
	wg.Wait()
}

func (x *index) drop(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, n := range names {
			delete(x.names, n)
		}
	})
	wg.Go(func() {
		for _, n := range names {
			delete(x.sizes, len(n))
		}
	})
	wg.Wait()
}

func newIndex(names []string) *index {
	x := &index{names: map[string]int{}, sizes: map[int]string{}}
	x.add(names)
	return x
}

type libraryOk struct {
	mu    sync.Mutex
	index *index
}

func NewLibraryOk(names []string) *libraryOk { return &libraryOk{index: newIndex(names)} }

func (l *libraryOk) Add(names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index.add(names)
}

func (l *libraryOk) Drop(names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index.drop(names)
}

// register is the same, but who drops has forgotten the lock.
type register struct{ names map[string]int }

func (r *register) add(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for i, n := range names {
			r.names[n] = i
		}
	})
	wg.Wait()
}

func (r *register) drop(names []string) {
	var wg sync.WaitGroup
	wg.Go(func() {
		for _, n := range names {
			delete(r.names, n) // want `map register.names is deleted from without libraryBad.mu`
		}
	})
	wg.Wait()
}

type libraryBad struct {
	mu  sync.Mutex
	reg *register
}

func (l *libraryBad) Add(names []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reg.add(names)
	l.reg.names["all"]++
}

func (l *libraryBad) Drop(names []string) {
	l.reg.drop(names)
}
