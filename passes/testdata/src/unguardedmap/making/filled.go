package making

import "sync"

type shelf struct {
	of   *library
	name string
}

// library is filled by goroutines that its constructor waits for, under a lock of the constructor's. Later on goroutines go over it.
type library struct{ shelves map[string]*shelf }

func (l *library) shelf(name string) *shelf { return &shelf{of: l, name: name} }

func NewLibraryOk(names []string) *library {
	l := &library{shelves: map[string]*shelf{}}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, n := range names {
		wg.Go(func() {
			s := l.shelf(n)
			mu.Lock()
			defer mu.Unlock()
			l.shelves[n] = s
		})
	}
	wg.Wait()
	return l
}

func (l *library) Each(f func(*shelf)) {
	var wg sync.WaitGroup
	for _, s := range l.shelves {
		wg.Go(func() { f(s) })
	}
	wg.Wait()
}

func (l *library) CountOk() {
	l.Each(func(*shelf) {
		for range l.shelves {
		}
	})
}

// archive is filled by goroutines that go on when its constructor has returned.
type archive struct{ boxes map[string]int }

func NewArchive(names []string) *archive {
	a := &archive{boxes: map[string]int{}}
	var mu sync.Mutex
	for _, n := range names {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			a.boxes[n]++ // want `map archive.boxes is written here and iterated at`
		}()
	}
	return a
}

func (a *archive) Count() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range a.boxes {
		}
	})
	wg.Wait()
}

// museum is known to others before its goroutines are done.
type museum struct{ rooms map[string]int }

var museums = make(chan *museum, 8)

func NewMuseum(names []string) {
	m := &museum{rooms: map[string]int{}}
	museums <- m
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, n := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			m.rooms[n]++ // want `map museum.rooms is written here and iterated at`
		})
	}
	wg.Wait()
}

func (m *museum) Count() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range m.rooms {
		}
	})
	wg.Wait()
}

// depot is put where others can reach it when its goroutines are done.
type depot struct{ bays map[string]int }

var depots = make(chan *depot, 8)

func NewDepotOk(names []string) {
	d := &depot{bays: map[string]int{}}
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, n := range names {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			d.bays[n]++
		})
	}
	wg.Wait()
	depots <- d
}

func (d *depot) CountOk() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range d.bays {
		}
	})
	wg.Wait()
}
