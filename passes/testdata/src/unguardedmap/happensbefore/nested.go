package happensbefore

import "sync"

// A goroutine that another goroutine starts and waits for says itself when it is done.

type column struct {
	mu    sync.Mutex
	ready chan struct{}
	rows  map[int]string
}

func (c *column) fill() {
	c.mu.Lock()
	defer func() {
		close(c.ready)
		c.mu.Unlock()
	}()
	c.rows[1] = "a"
}

type sheet struct {
	mu      sync.RWMutex
	columns map[string]*column
}

func (s *sheet) prepare(names []string) {
	s.mu.Lock()
	for _, n := range names {
		if s.columns[n] == nil {
			s.columns[n] = &column{ready: make(chan struct{}), rows: map[int]string{}}
			go s.columns[n].fill()
		}
	}
	for _, n := range names {
		c := s.columns[n]
		s.mu.Unlock()
		<-c.ready
		s.mu.Lock()
	}
	s.mu.Unlock()
}

func (s *sheet) visit(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.columns[name]
	<-c.ready
	return c.rows[1]
}

// FindOk prepares on a goroutine, and reads when the columns are ready.
func (s *sheet) FindOk(names []string) string {
	done := make(chan bool)
	go func() {
		s.prepare(names)
		close(done)
	}()
	<-done
	return s.visit(names[0])
}

type strip struct {
	mu    sync.Mutex
	ready chan struct{}
	rows  map[int]string
}

func (c *strip) fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.ready)
	c.rows[1] = "a"
}

type board struct {
	mu     sync.RWMutex
	strips map[string]*strip
}

func (b *board) prepare(names []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range names {
		if b.strips[n] == nil {
			b.strips[n] = &strip{ready: make(chan struct{}), rows: map[int]string{}}
			go b.strips[n].fill()
		}
	}
	for _, n := range names {
		<-b.strips[n].ready
	}
}

func (b *board) visit(name string) string {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.strips[name]
	<-c.ready
	return c.rows[1] // want `read without strip.mu`
}

// FindBad reads when the columns are said to be ready, which is too early.
func (b *board) FindBad(names []string) string {
	done := make(chan bool)
	go func() {
		b.prepare(names)
		close(done)
	}()
	<-done
	return b.visit(names[0])
}
