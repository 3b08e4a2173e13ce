package owners

import "sync"

// Two sorts of firewalls, each of which keeps its rules under a lock of its own. The package calls one of them with a lock of its own besides, mostly.

type chain struct{ rules map[string]int }

type firewall interface {
	Insert(k string)
	Drop(k string)
	Clean() int
}

var (
	firewallMu sync.Mutex
	current    firewall
)

func SetFirewall(modern bool) {
	if modern {
		current = &nft{chains: map[string]chain{}}
	} else {
		current = &ipt{chains: map[string]chain{}}
	}
}

func Allow(k string) {
	firewallMu.Lock()
	defer firewallMu.Unlock()
	current.Insert(k)
}

func Forbid(k string) {
	firewallMu.Lock()
	defer firewallMu.Unlock()
	current.Drop(k)
}

func CleanOk() int { return current.Clean() }

type ipt struct {
	mu     sync.Mutex
	chains map[string]chain
}

func (i *ipt) Insert(k string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.chains[k].rules[k] = 1
}

func (i *ipt) Drop(k string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	delete(i.chains[k].rules, k)
}

func (i *ipt) Clean() (n int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	for _, c := range i.chains {
		for range c.rules {
			n++
		}
	}
	return n
}

type nft struct {
	mu     sync.Mutex
	chains map[string]chain
}

func (f *nft) Insert(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.chains[k].rules[k] = 1
}

func (f *nft) Drop(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.chains[k].rules, k)
}

func (f *nft) Clean() (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.chains {
		for range c.rules {
			n++
		}
	}
	return n
}

// Count takes neither.
func (f *nft) CountBad(k string) int { return len(f.chains[k].rules) } // want `map chain.rules is measured without firewallMu`
