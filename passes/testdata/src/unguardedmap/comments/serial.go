package comments

import "sync"

// Packer writes one packet after another. The lock is for Stats alone.
type Packer struct {
	mu   sync.Mutex
	sent map[int]int
}

// WriteOk is not thread safe: packets have an order.
func (p *Packer) WriteOk(n int) {
	if p.sent[n] > 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent[n]++
}

func (p *Packer) ForgetOk(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.sent, n)
}

// LenBad may be called by anybody.
func (p *Packer) LenBad() int { return len(p.sent) } // want `map Packer.sent is measured without Packer.mu`

// Reader is not safe for concurrent use.
type Reader struct {
	mu   sync.Mutex
	seen map[int]int
	done chan struct{}
}

func (r *Reader) NoteOk(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen[n]++
}

func (r *Reader) ForgetOk(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.seen, n)
}

func (r *Reader) LenOk() int { return len(r.seen) }

// Poller is not safe for concurrent use, which its own goroutine can't know of.
type Poller struct {
	mu   sync.Mutex
	seen map[int]int
}

func (p *Poller) StartOk() {
	go func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.seen[0]++
	}()
}

func (p *Poller) ForgetOk(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.seen, n)
}

func (p *Poller) LenBad() int { return len(p.seen) } // want `map Poller.seen is measured without Poller.mu`
