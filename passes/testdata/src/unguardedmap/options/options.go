// Package options has objects with locks that are set up in options, before a server makes objects of its own from them.
package options

import "sync"

type account struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (a *account) Assign(limits map[string]int) {
	a.mu.Lock()
	a.limits = limits
	a.mu.Unlock()
}

func (a *account) Reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limits = nil
}

func (a *account) Enabled() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.limits) > 0
}

// Options are made by a parser.
type Options struct{ Accounts []*account }

// Nobody but the parser has the options yet. That what is reached through them only has no other goroutine is not seen.
func (o *Options) FP_Validate() bool {
	for _, acc := range o.Accounts {
		if len(acc.limits) > 0 { // want `variable account.limits is read without account.mu, under which it is replaced`
			return false
		}
	}
	return true
}
