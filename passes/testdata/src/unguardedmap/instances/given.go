package instances

import "sync"

// Objects of one type that a function has made, of which its goroutines were given some.

type shelf struct {
	mu    sync.Mutex
	books map[string][]int
}

func newShelf() *shelf { return &shelf{books: map[string][]int{}} }

func (s *shelf) put(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books[k] = append(s.books[k], 1)
}

func fill(s *shelf, names []string) {
	for _, k := range names {
		s.put(k)
	}
}

// The goroutines get elements of the one, and put what they find into the other.
func sortOk(names []string) *shelf {
	from, to := newShelf(), newShelf()
	fill(from, names)
	var wg sync.WaitGroup
	for k, books := range from.books {
		wg.Go(func() {
			if len(books) > 0 {
				to.put(k)
			}
		})
	}
	wg.Wait()
	return to
}

type rack struct {
	mu sync.Mutex
	m  map[string]int
}

func (r *rack) put(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.m[k]++
}

type racks struct{ all []*rack }

func (r *racks) fill() {
	for _, r := range r.all {
		r.put("a")
	}
}

type task struct{ run func() }

func (t *task) start() { go t.run() }

// Each goroutine gets to the object by another way.
func containerBad() int {
	r := &rack{m: map[string]int{}}
	all := &racks{all: []*rack{r}}
	go all.fill()
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

func appendedBad() int {
	r := &rack{m: map[string]int{}}
	var list []*rack
	list = append(list, r)
	go func() {
		for _, r := range list {
			r.put("a")
		}
	}()
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

func fieldBad() int {
	r := &rack{m: map[string]int{}}
	t := &task{run: func() { r.put("a") }}
	t.start()
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

func methodValueBad() int {
	r := &rack{m: map[string]int{}}
	put := r.put
	go put("a")
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

func mapBad() int {
	r := &rack{m: map[string]int{}}
	byName := map[string]*rack{}
	byName["a"] = r
	go byName["a"].put("a")
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

func setLaterBad() int {
	var r *rack
	ready := make(chan bool)
	go func() {
		<-ready
		r.put("a")
	}()
	r = &rack{m: map[string]int{}}
	close(ready)
	return len(r.m) // want `map rack.m is measured without rack.mu`
}

type leaf struct {
	mu sync.Mutex
	m  map[string]int
}

func (l *leaf) put() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.m["a"]++
}

type branch struct{ leaf *leaf }

func newBranch(l *leaf) *branch { return &branch{leaf: l} }

func (b *branch) fill() { b.leaf.put() }

// The goroutine that got it is over, the one that got what was made of it is not.
func secondBad() int {
	l := &leaf{m: map[string]int{}}
	var wg sync.WaitGroup
	wg.Go(l.put)
	wg.Wait()
	go newBranch(l).fill()
	return len(l.m) // want `map leaf.m is measured without leaf.mu`
}

type bud struct {
	mu sync.Mutex
	m  map[string]int
}

func (b *bud) put() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.m["a"]++
}

// The goroutine calls what a variable holds, which is set on two ways.
func chosenBad(twice bool) int {
	b := &bud{m: map[string]int{}}
	put := func() { b.put() }
	if twice {
		put = func() { b.put(); b.put() }
	}
	go func() { put() }()
	return len(b.m) // want `map bud.m is measured without bud.mu`
}
