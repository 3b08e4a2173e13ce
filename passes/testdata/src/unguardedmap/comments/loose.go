package comments

import "sync"

// Partial collects what went wrong.
type Partial struct {
	errs map[string]error

	// Fields can be accessed without holding this lock, but only after all have ended.
	mu sync.Mutex
}

func (p *Partial) SetOk(who string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errs[who] = err
}

func (p *Partial) ForgetOk(who string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.errs, who)
}

func (p *Partial) FailedOk() bool { return len(p.errs) > 0 }

// The comment says nothing of writing.
func (p *Partial) ResetBad() {
	clear(p.errs) // want `map Partial.errs is cleared without Partial.mu`
}

// Whole has no time at which that is so.
type Whole struct {
	errs map[string]error

	// Fields must not be accessed without holding this lock.
	mu sync.Mutex
}

func (w *Whole) SetOk(who string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.errs[who] = err
}

func (w *Whole) ForgetOk(who string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.errs, who)
}

func (w *Whole) FailedBad() bool { return len(w.errs) > 0 } // want `map Whole.errs is measured without Whole.mu`
