package handed

import "sync"

// piece is one of many, all of which are locked in a callback, and unlocked when that is over.
type piece struct {
	mu   sync.RWMutex
	bits []byte
}

type archive struct {
	pieces map[string]*piece
	update func(func() error) error
}

func (a *archive) SaveOk() error {
	err := a.update(func() error {
		for _, p := range a.pieces {
			p.mu.RLock()
			println(len(p.bits))
		}
		return nil
	})
	for _, p := range a.pieces {
		p.mu.RUnlock()
	}
	return err
}

type page struct {
	mu   sync.RWMutex
	bits []byte
}

type folder struct {
	pages  map[string]*page
	update func(func() error) error
}

// The callback gives up what it takes.
func (f *folder) SaveBad() error {
	err := f.update(func() error {
		for _, p := range f.pages {
			p.mu.RLock()
			println(len(p.bits))
			p.mu.RUnlock()
		}
		return nil
	})
	for _, p := range f.pages {
		p.mu.RUnlock() // want `page.mu is released here, but nothing has taken it`
	}
	return err
}

func (f *folder) SizeOk(k string) int {
	p := f.pages[k]
	p.mu.RLock()
	defer p.mu.RUnlock()
	return len(p.bits)
}
