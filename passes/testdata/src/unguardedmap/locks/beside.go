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

// Loaded is made with the lock held where somebody asks for it, at the end of many ways to one place, and without where it is only checked. The lock is for what is
// loaded last, which anybody gets a copy of.
type Loaded struct{ parts map[string][]string }

var (
	lastMu sync.Mutex
	last   Loaded
)

// addOk touches the map twice, at one place.
func (l Loaded) addOk(id, part string) { l.parts[id] = append(l.parts[id], part) }

// Parsers make them, who knows how.
var Parsers []func(part string) any

func load(part string) (l Loaded) {
	for _, p := range Parsers {
		l, _ = p(part).(Loaded)
		l.addOk("a", part)
	}
	return l
}

func LoadOk(part string) {
	lastMu.Lock()
	defer lastMu.Unlock()
	last = load(part)
}

func ReloadOk(part string) {
	lastMu.Lock()
	defer lastMu.Unlock()
	last = load(part + "!")
}

func RestoreOk(part string) {
	lastMu.Lock()
	defer lastMu.Unlock()
	last = load(part + "?")
}

func CheckOk(part string) { load(part) }

// PartsOk is for whoever has one.
func (l Loaded) PartsOk() (n int) {
	for range l.parts {
		n++
	}
	return n
}

func LastOk() Loaded { return last }
