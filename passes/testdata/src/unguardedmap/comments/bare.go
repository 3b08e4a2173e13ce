package comments

import "sync"

// Book says where it wants no lock. The guard is no evidence there, a goroutine in sight is.
type Book struct {
	mu    sync.Mutex
	pages map[string]int
}

func (b *Book) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.pages[k] = 1
}

func (b *Book) Drop(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.pages, k)
}

func (b *Book) DumpOk() (n int) {
	// The absence of a lock is deliberate. This is only used at the end, when nothing else runs.
	for range b.pages {
		n++
	}
	return n
}

// LoadOk fills the book. No lock is needed: it is called once, at the start.
func (b *Book) LoadOk(all []string) {
	for _, k := range all {
		b.pages[k] = 1
	}
}

func (b *Book) LenOk() int {
	return len(b.pages) // no locking needed
}

// What stands after it is none of the comment's business.
func (b *Book) SizesBad() (int, int) {
	n := len(b.pages) // no locking needed
	m := len(b.pages) // want `map Book.pages is measured without Book.mu`
	return n, m
}

// A question is no answer.
func (b *Book) SizeBad() int {
	// TODO: no lock needed?
	return len(b.pages) // want `map Book.pages is measured without Book.mu`
}

// Whatever the comment says, this goroutine runs beside the others.
type Diary struct {
	mu    sync.Mutex
	pages map[string]int
}

func (d *Diary) Put(k string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pages[k] = 1
}

func (d *Diary) WatchBad() {
	go func() {
		// No lock is needed, since we only look.
		_ = len(d.pages) // want `map Diary.pages is measured without Diary.mu`
	}()
}
