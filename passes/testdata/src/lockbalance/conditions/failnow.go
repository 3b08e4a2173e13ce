package conditions

import (
	"fmt"
	"sync"
)

type tester interface {
	Errorf(format string, args ...any)
	FailNow()
	Fail()
}

type mock struct {
	mu    sync.Mutex
	test  tester
	calls map[string]int
}

// It never returns: it panics, or ends the test.
func (m *mock) fail(text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.test == nil {
		panic(fmt.Sprint(text))
	}
	m.test.Errorf(text)
	m.test.FailNow()
}

func (m *mock) CalledOk(name string) {
	m.mu.Lock()
	n, found := m.calls[name]
	if !found {
		if n > 0 {
			m.mu.Unlock()
			m.fail("too often")
		}
		m.mu.Unlock()
		m.fail("unexpected")
	}
	m.calls[name]++
	m.mu.Unlock()
}

// Fail marks the test as failed, and goes on.
func (m *mock) CalledBad(name string) {
	m.mu.Lock()
	if m.calls[name] == 0 {
		m.mu.Unlock()
		m.test.Fail()
	}
	m.calls[name]++
	m.mu.Unlock() // want `mock.mu is released here, but was released on line 50 already`
}
