package comments

import "sync"

// Ledger can be locked by those who have it. It is no lock itself: that is its mu.
type Ledger struct {
	mu    sync.Mutex
	pages map[string]int
}

func (l *Ledger) Lock()   { l.mu.Lock() }
func (l *Ledger) Unlock() { l.mu.Unlock() }

func (l *Ledger) note(k string) { l.pages[k]++ }

// Clerk locks the ledger for all that it does.
type Clerk struct {
	ledger *Ledger
	seen   map[string]bool // guarded by ledger
}

func (c *Clerk) NoteOk(k string) {
	c.ledger.Lock()
	defer c.ledger.Unlock()
	c.ledger.note(k)
	c.seen[k] = true
}

func (c *Clerk) ForgetOk(k string) {
	c.ledger.Lock()
	defer c.ledger.Unlock()
	delete(c.ledger.pages, k)
	delete(c.seen, k)
}

// SweepOk notes the end. The ledger lock must be held when calling this method.
func (c *Clerk) SweepOk() { c.ledger.note("end") }

// SweepBad notes the end.
func (c *Clerk) SweepBad() { c.ledger.note("end") } // want `map Ledger.pages is written without Ledger.mu, held at \d of its \d other accesses \(in Ledger.note, which is called here\)`

// FN_Seen looks without the lock: the comment of the field names the object, and not what that locks.
func (c *Clerk) FN_Seen(k string) bool { return c.seen[k] }
