package lockforms

import (
	"errors"
	"sync"
)

var errShut = errors.New("shut")

// till is locked by helpers that say by their result whether they have.
type till struct {
	mu    sync.Mutex
	shut  bool
	coins map[string]int
	cents map[string]int
	notes map[string]int
	bills map[string]int
}

func (t *till) acquire() error {
	t.mu.Lock()
	if t.shut {
		t.mu.Unlock()
		return errShut
	}
	return nil
}

func (t *till) AddOk(name string) error {
	if err := t.acquire(); err != nil {
		return err
	}
	defer t.mu.Unlock()
	t.coins[name]++
	return nil
}

func (t *till) CountOk(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.coins[name] + t.cents[name] + t.notes[name] + t.bills[name]
}

func (t *till) SubOk(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.coins[name]--
	t.cents[name]--
	t.notes[name]--
	t.bills[name]--
}

func (t *till) ResetOk(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.cents, name)
	delete(t.bills, name)
}

func (t *till) AddBad(name string) error {
	err := t.acquire()
	if err != nil {
		t.cents[name]++ // want `map till.cents is written without till.mu`
		return err
	}
	t.mu.Unlock()
	return nil
}

func (t *till) check(n int) error {
	if n < 0 {
		return errShut
	}
	return nil
}

// open has one return, and a variable that says what came of it.
func (t *till) open(n int) (err error) {
	defer func() {
		if err == nil {
			println("open")
		}
	}()
	t.mu.Lock()
	err = t.check(n)
	if err != nil {
		t.mu.Unlock()
	}
	return
}

func (t *till) PayOk(name string) {
	if t.open(1) != nil {
		return
	}
	t.notes[name]++
	t.mu.Unlock()
}

// tell asks anew after the lock was given up or not, so that what it returns says nothing of it.
func (t *till) tell(n int) (err error) {
	defer func() { println("told") }()
	t.mu.Lock()
	err = t.check(n)
	if err != nil {
		t.mu.Unlock()
	}
	err = t.check(n + 1)
	return
}

func (t *till) PayBad(name string) {
	if t.tell(1) != nil {
		return
	}
	t.bills[name]++ // want `map till.bills is written without till.mu`
}

// drawer is the same with true for an answer.
type drawer struct {
	mu    sync.Mutex
	shut  bool
	spoon map[string]int
	fork  map[string]int
}

func (d *drawer) lockOpen() (string, bool) {
	if !d.mu.TryLock() {
		return "busy", false
	}
	if d.shut {
		d.mu.Unlock()
		return "shut", false
	}
	return "", true
}

func (d *drawer) try() bool { return d.mu.TryLock() }

func (d *drawer) PutOk(name string) string {
	why, ok := d.lockOpen()
	if !ok {
		return why
	}
	defer d.mu.Unlock()
	d.spoon[name]++
	return ""
}

func (d *drawer) TryOk(name string) {
	if d.try() {
		d.spoon[name]++
		d.fork[name]++
		d.mu.Unlock()
	}
}

func (d *drawer) GetOk(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fork[name] = 0
	return d.spoon[name] + d.fork[name]
}

func (d *drawer) PutBad(name string) string {
	why, ok := d.lockOpen()
	if ok {
		d.mu.Unlock()
		return ""
	}
	d.fork[name]++ // want `map drawer.fork is written without drawer.mu`
	return why
}

// register is a broker whose clients are entered by a deferred function, which looks at the error, too.
type register struct {
	mu      sync.Mutex
	find    func(id string) (old *string, err error)
	clients map[string]int
	gone    map[string]int
}

func (r *register) lockOld(id string) (old *string, err error) {
	for {
		r.mu.Lock()
		old, err = r.find(id)
		if err != nil {
			r.mu.Unlock()
			return
		}
		if old == nil || r.clients[*old] == 0 {
			break
		}
		r.mu.Unlock()
	}
	return
}

func (r *register) EnterOk(id string) (err error) {
	var old *string
	old, err = r.lockOld(id)
	if err != nil {
		return
	}
	defer func() {
		if err == nil {
			r.clients[id]++
		}
		r.mu.Unlock()
	}()
	if old != nil {
		delete(r.clients, *old)
		r.gone[*old]++
	}
	return
}

// Between the call and the look at its error, something else is put there.
func (r *register) EnterBad(id string) (err error) {
	_, err = r.lockOld(id)
	err = check(id)
	if err != nil {
		return
	}
	defer func() { println(err) }()
	r.gone[id]++ // want `map register.gone is written without register.mu`
	return
}

func (r *register) LenOk() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.gone, "")
	return len(r.clients) + len(r.gone)
}

func check(string) error
