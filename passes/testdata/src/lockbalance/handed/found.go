package handed

import (
	"errors"
	"sync"
)

type expectation interface {
	Lock()
	Unlock()
	done() bool
}

type common struct {
	sync.Mutex
	triggered bool
}

func (c *common) done() bool { return c.triggered }

type expectClose struct {
	common
	err error
}

type mockDB struct{ expected []expectation }

// What is found is left locked, and released by the name of its type.
func (m *mockDB) CloseOk() error {
	var found *expectClose
	var ok bool
	for _, next := range m.expected {
		next.Lock()
		if next.done() {
			next.Unlock()
			continue
		}
		if found, ok = next.(*expectClose); ok {
			break
		}
		next.Unlock()
		return errors.New("not expected")
	}
	if found == nil {
		return errors.New("all done")
	}
	found.triggered = true
	found.Unlock()
	return found.err
}

// Nothing else is released.
func (m *mockDB) CloseBad() error {
	for _, next := range m.expected {
		next.Lock() // want `mockDB.expected\[\] is locked here and still held at the return on line 60; other paths release it`
		if next.done() {
			next.Unlock()
			continue
		}
		return errors.New("not expected")
	}
	return nil
}

// Whoever has it, or nobody: after this it is free.
func (c *common) ForceOk() {
	c.TryLock()
	c.Unlock()
}

func (c *common) ForceBad() {
	if c.TryLock() {
		c.triggered = true
	}
	c.Unlock() // want `common.Mutex is released here, but is not held on every path to this place`
}

// What is released is another, of whoever calls.
func (m *mockDB) FN_Close(other *common) error {
	defer other.Unlock()
	for _, next := range m.expected {
		next.Lock()
		if next.done() {
			next.Unlock()
			continue
		}
		return errors.New("not expected")
	}
	return nil
}
