package handed

import (
	"errors"
	"os"
	"sync"
)

// A lock by key: who has got one that was taken away meanwhile tries again, and comes back with the new one.
type keyed struct{ m sync.Map }

func (k *keyed) LockOk(key string) {
	mine := &sync.Mutex{}
	got, _ := k.m.LoadOrStore(key, mine)
	mu := got.(*sync.Mutex)
	mu.Lock()
	if mu != mine {
		mu.Unlock()
		k.LockOk(key)
		return
	}
}

// Every way back holds it: those that don't try again.
type slots struct {
	mu   sync.Mutex
	free []int
}

func (s *slots) waitOk(step func()) int {
	for {
		s.mu.Lock()
		if len(s.free) > 0 {
			return s.free[0]
		}
		s.mu.Unlock()
		step()
	}
}

func (s *slots) takeBad(step func()) int {
	for {
		s.mu.Lock() // want `slots.mu is locked here and still held at the return on line 45; other paths release it`
		if len(s.free) > 0 {
			return s.free[0]
		}
		s.mu.Unlock()
		if step(); s == nil {
			return 0
		}
	}
}

var envMu sync.Mutex

// Who has got the old settings gives them back, and the lock with them.
func setEnvOk(env map[string]string) ([]string, error) {
	envMu.Lock()
	if len(env) == 0 {
		return nil, nil
	}
	old := os.Environ()
	for k, v := range env {
		if os.Setenv(k, v) != nil {
			restoreEnv(old)
			return nil, errors.New(k)
		}
	}
	return old, nil
}

func restoreEnv(old []string) {
	os.Clearenv()
	envMu.Unlock()
}

func WithEnvOk(env map[string]string, f func()) error {
	old, err := setEnvOk(env)
	if err != nil {
		return err
	}
	defer restoreEnv(old)
	f()
	return nil
}
