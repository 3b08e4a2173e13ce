package handed

import (
	"io"
	"sync"
)

type lockedWriter struct {
	io.WriteCloser
	l *sync.Mutex
}

func newLockedWriter(l *sync.Mutex, w io.WriteCloser) *lockedWriter { return &lockedWriter{w, l} }

func (w *lockedWriter) Close() error {
	defer w.l.Unlock()
	return w.WriteCloser.Close()
}

type wire struct {
	mu   *sync.Mutex
	open func() (io.WriteCloser, error)
	sent map[string]int
}

// nextOk leaves the lock to the writer that it returns.
func (w *wire) nextOk() (io.WriteCloser, error) {
	w.mu.Lock()
	next, err := w.open()
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	w.sent["a"]++
	return newLockedWriter(w.mu, next), nil
}

// So does a literal, and one behind an interface.
func (w *wire) literalOk() (io.Closer, error) {
	w.mu.Lock()
	next, err := w.open()
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	w.sent["a"]++
	return &lockedWriter{WriteCloser: next, l: w.mu}, nil
}

// What is returned knows nothing of the lock.
func (w *wire) bareBad() (io.WriteCloser, error) {
	w.mu.Lock() // want `wire.mu is locked here and still held at the return on line \d+; other paths release it`
	next, err := w.open()
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	w.sent["a"]++
	return next, nil
}

func count(l *sync.Mutex, sent map[string]int) int { return len(sent) }

// A number can't give the lock up.
func (w *wire) countBad(all bool) int {
	w.mu.Lock() // want `wire.mu is locked here and still held at the return on line \d+; other paths release it`
	if all {
		return count(w.mu, w.sent)
	}
	w.mu.Unlock()
	return 0
}

// The writer has the lock in any case, so that nobody can know whether it is held.
func (w *wire) eitherBad(now bool) *lockedWriter {
	w.mu.Lock() // want `wire.mu is locked here and still held at the return on line \d+; other paths release it`
	next, _ := w.open()
	if now {
		return newLockedWriter(w.mu, next)
	}
	w.sent["a"]++
	w.mu.Unlock()
	return newLockedWriter(w.mu, next)
}
