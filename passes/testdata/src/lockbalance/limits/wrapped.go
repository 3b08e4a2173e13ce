package limits

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

// FP_Next leaves the lock to the writer that it returns.
func (w *wire) FP_Next() (io.WriteCloser, error) {
	w.mu.Lock() // want `wire.mu is locked here and still held`
	next, err := w.open()
	if err != nil {
		w.mu.Unlock()
		return nil, err
	}
	w.sent["a"]++
	return newLockedWriter(w.mu, next), nil
}
