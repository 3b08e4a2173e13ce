// Package oncely gives locks up by a sync.Once.
package oncely

import "sync"

type table struct {
	mu   sync.Mutex
	rows map[string]int
}

// At the end, if not before.
func (t *table) earlyOk(k string) int {
	t.mu.Lock()
	var once sync.Once
	defer once.Do(t.mu.Unlock)
	n, ok := t.rows[k]
	if !ok {
		return 0
	}
	once.Do(t.mu.Unlock)
	return slow(n)
}

// Taken again, with a new one.
func (t *table) againOk(k string) int {
	t.mu.Lock()
	once := new(sync.Once)
	defer once.Do(t.mu.Unlock)
	for {
		n, ok := t.rows[k]
		if ok {
			return n
		}
		once.Do(t.mu.Unlock)
		n = slow(n)
		t.mu.Lock()
		*once = sync.Once{}
		t.rows[k] = n
	}
}

func (t *table) callsOk() int {
	for range 3 {
		t.againOk("x")
	}
	return t.earlyOk("y") + t.againOk("z")
}

func slow(n int) int { return n + 1 }

// The lock is still held when it is asked for again.
func (t *table) relockBad() {
	t.mu.Lock()
	var once sync.Once
	defer once.Do(t.mu.Unlock)
	t.earlyOk("x") // want `table.mu is locked by table.earlyOk, which is called here, while it is held since line \d+`
}

type sheet struct {
	mu   sync.Mutex
	rows map[string]int
}

// One way out has forgotten it.
func (s *sheet) forgetBad(k string) int {
	s.mu.Lock() // want `sheet.mu is locked here and still held at the return on line \d+`
	var once sync.Once
	if n, ok := s.rows[k]; ok {
		return n
	}
	once.Do(s.mu.Unlock)
	return slow(0)
}

type leaf struct {
	mu   sync.Mutex
	rows map[string]int
}

func (l *leaf) literalOk() int {
	l.mu.Lock()
	var once sync.Once
	defer once.Do(func() { l.mu.Unlock() })
	if len(l.rows) > 0 {
		once.Do(func() { l.mu.Unlock() })
		return slow(1)
	}
	return 0
}

func (l *leaf) literalsOk() int { return l.literalOk() + l.literalOk() }

type book struct {
	mu   sync.Mutex
	rows map[string]int
}

// Given up by the call, and again without it.
func (b *book) twiceBad(k string) {
	b.mu.Lock()
	var once sync.Once
	once.Do(b.mu.Unlock)
	b.mu.Unlock() // want `book.mu is released here, but was released on line \d+ already`
}
