package startup

import (
	"sync"
	"time"
)

// Poller goes on for ever in a method called Start: that is no setting up.
type Poller struct {
	mu    sync.Mutex
	Files map[string]int
}

func NewFilePoller() *Poller { return &Poller{Files: map[string]int{}} }

func (p *Poller) Add(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Files[name]++
}

func (p *Poller) Remove(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.Files, name)
}

func (p *Poller) StartBad(list func() map[string]int) {
	for {
		if l := list(); len(l) > len(p.Files) { // want `variable Poller.Files is read without Poller.mu`
			p.Files = l // want `map Poller.Files is replaced without Poller.mu`
		}
		time.Sleep(time.Second)
	}
}

// Keeper makes its map ready and goes on for ever then.
type Keeper struct {
	mu    sync.Mutex
	files map[string]int
}

func (k *Keeper) Add(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files[name]++
}

func (k *Keeper) Remove(name string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.files, name)
}

func (k *Keeper) StartOk(list func() map[string]int) {
	k.files = map[string]int{}
	for name := range list() {
		k.files[name] = 1
	}
	for {
		time.Sleep(time.Second)
	}
}

// Roll is made ready in a loop that ends.
type Roll struct {
	mu    sync.Mutex
	names map[string]int
}

func (r *Roll) InitOk(parts []map[string]int) {
	for _, p := range parts {
		next := map[string]int{}
		for k := range r.names {
			next[k] = 1
		}
		for k := range p {
			next[k] = 1
		}
		r.names = next
	}
}

func (r *Roll) Get(k string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.names[k]
}

func (r *Roll) Put(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[k]++
}
