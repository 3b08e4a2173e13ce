package locks

import "sync"

type hook func() error

// Hooks are the caller's.
type Hooks struct{ m map[string]hook }

func (h *Hooks) add(name string, f hook) { h.m[name] = f }

func (h *Hooks) run() error {
	for _, f := range h.m {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

var (
	registered   = map[string]hook{}
	registeredMu sync.Mutex
)

func RegisterOk(name string, f hook) {
	registeredMu.Lock()
	defer registeredMu.Unlock()
	registered[name] = f
}

// StartOk takes the lock for what is registered.
func StartOk(h *Hooks) error {
	registeredMu.Lock()
	for name, f := range registered {
		h.add(name, f)
	}
	registeredMu.Unlock()
	return h.run()
}

// CountBad reads the registry itself.
func CountBad() int { return len(registered) } // want `map registered is measured without registeredMu`

// Tally is guarded by a lock of the package, at each place but one.
type Tally struct{ m map[string]int }

var tallyMu sync.Mutex

func AddOk(t *Tally, k string) {
	tallyMu.Lock()
	defer tallyMu.Unlock()
	t.m[k]++
}

func SubOk(t *Tally, k string) {
	tallyMu.Lock()
	defer tallyMu.Unlock()
	t.m[k]--
}

func SumBad(t *Tally) (sum int) {
	for _, n := range t.m { // want `map Tally.m is iterated without tallyMu`
		sum += n
	}
	return sum
}
