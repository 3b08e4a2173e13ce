package joins

import (
	"errors"
	"sync"
)

type binary struct {
	kind   string
	names  map[string]int
	types  map[string]int
	images []*image
}

type image struct{ path string }

func (b *binary) loadNames(i *image, wg *sync.WaitGroup) {
	defer wg.Done()
	if b.names == nil {
		b.names = make(map[string]int)
	}
	b.names[i.path]++
}

func (b *binary) loadTypes(i *image, wg *sync.WaitGroup, done func()) {
	if wg != nil {
		defer wg.Done()
	}
	if b.types == nil {
		b.types = make(map[string]int)
	}
	b.types[i.path]++
	if done != nil {
		done()
	}
}

func loadElf(b *binary, i *image, wg *sync.WaitGroup) error {
	if i.path == "" {
		return errors.New("no path")
	}
	wg.Add(2)
	go b.loadNames(i, wg)
	go b.loadTypes(i, wg, nil)
	return nil
}

func loadPE(b *binary, i *image, wg *sync.WaitGroup) error {
	wg.Add(2)
	go b.loadNames(i, wg)
	go b.loadTypes(i, wg, nil)
	return nil
}

func load(b *binary, i *image) error {
	var wg sync.WaitGroup
	defer wg.Wait()
	switch b.kind {
	case "elf":
		return loadElf(b, i, &wg)
	case "pe":
		return loadPE(b, i, &wg)
	}
	return errors.New("unknown")
}

// AddOk waits for what it starts.
func (b *binary) AddOk(path string) error {
	i := &image{path}
	b.images = append(b.images, i)
	return load(b, i)
}

func (b *binary) LoadOk(path string) error { return b.AddOk(path) }

type shelf struct {
	names map[string]int
}

func (s *shelf) load(path string, wg *sync.WaitGroup) {
	defer wg.Done()
	s.names[path]++ // want `map shelf.names is written here and read at handedwg.go:\d+ with no lock in common`
}

func (s *shelf) start(path string, wg *sync.WaitGroup) {
	wg.Add(1)
	go s.load(path, wg)
}

func (s *shelf) add(path string) {
	var wg sync.WaitGroup
	s.start(path, &wg)
	s.names["all"]++
	wg.Wait()
}

// AddBad works while it is running.
func (s *shelf) AddBad(path string) { s.add(path) }

type rack struct {
	names map[string]int
}

func (r *rack) load(path string, wg *sync.WaitGroup) {
	defer wg.Done()
	r.names[path]++ // want `map rack.names is written here by several goroutines at once with no lock`
}

func (r *rack) start(path string, wg *sync.WaitGroup) {
	wg.Add(1)
	go r.load(path, wg)
}

func (r *rack) add(path string) {
	var wg sync.WaitGroup
	r.start(path, &wg)
	wg.Wait()
}

func (r *rack) Add(path string) { r.add(path) }

// LeaveBad does not wait.
func (r *rack) LeaveBad(path string) { r.start(path, new(sync.WaitGroup)) }
