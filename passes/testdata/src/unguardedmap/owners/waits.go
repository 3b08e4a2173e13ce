package owners

import "sync"

// pump has a goroutine that works, and another one that comes after it.
type pump struct {
	wg   sync.WaitGroup
	seen map[string]int
}

func (p *pump) StartOk(in []string) {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		for _, k := range in {
			p.seen[k]++
		}
	}()
}

func (p *pump) TellOk(tell func(int)) {
	go func() {
		p.wg.Wait()
		tell(len(p.seen))
	}()
}


// hose tells before it has waited.
type hose struct {
	wg   sync.WaitGroup
	seen map[string]int
}

func (h *hose) Start(in []string) {
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		for _, k := range in {
			h.seen[k]++ // want `map hose.seen is written here and measured at waits.go:\d+ with no lock in common`
		}
	}()
}

func (h *hose) Tell(tell func(int)) {
	go func() {
		tell(len(h.seen))
		h.wg.Wait()
	}()
}
