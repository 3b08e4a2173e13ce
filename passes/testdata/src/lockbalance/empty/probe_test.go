package empty

import (
	"sync"
	"testing"
	"time"
)

func TestReadableOk(t *testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	readable := make(chan struct{})
	go func() {
		mu.RLock()
		mu.RUnlock()
		close(readable)
	}()
	select {
	case <-readable:
	case <-time.After(time.Second):
		t.Fatal("held exclusively")
	}
	mu.RUnlock()
}
