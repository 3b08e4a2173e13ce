package handed

import "sync"

type services struct {
	mu      *sync.Mutex
	running map[string]int
}

var (
	all      services
	stopping bool
)

// While it stops it does not wait.
func (s services) find(name string) (int, bool) {
	if stopping {
		if s.mu.TryLock() {
			defer s.mu.Unlock()
		}
	} else {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	n, ok := s.running[name]
	return n, ok
}

// What a function that calls itself has given up in the end is not known; that is no sign that it gives up what others took.
func connect(name string) int {
	if stopping {
		return 0
	}
	if n, ok := all.find(name); ok && n > 1 {
		return connect(name)
	}
	return 1
}

func idleBad(name string) {
	all.mu.Lock() // want `services.mu is locked here and still held at the return on line \d+; other paths release it`
	if all.running[name] > 0 {
		return
	}
	all.mu.Unlock()
	connect(name)
}

type levels struct {
	mu sync.Mutex
	n  int
}

// One that does give it up, however often it calls itself, has it from its callers.
func (l *levels) lowerOk() {
	if l.n == 0 {
		l.mu.Unlock()
		return
	}
	l.n--
	l.lowerOk()
}

func (l *levels) emptyOk() {
	l.mu.Lock()
	l.lowerOk()
}
