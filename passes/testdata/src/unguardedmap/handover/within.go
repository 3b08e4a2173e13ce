package handover

import "sync"

// Slip is made on a goroutine, and goes through a channel that only the call has which waits for the goroutine.
type Slip struct{ Lines map[string]string }

func (s *Slip) FP_set(k, v string) {
	s.Lines[k] = v // want `map Slip.Lines is written here and `
}

type Clerk struct{ done chan []*Slip }

func (c *Clerk) write(slips chan *Slip) {
	s := &Slip{Lines: map[string]string{}}
	slips <- s
	s.FP_set("a", "b")
}

func (c *Clerk) handle() {
	slips := make(chan *Slip, 2)
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		c.write(slips)
	}()
	wg.Wait()
	close(slips)
	var all []*Slip
	for s := range slips {
		all = append(all, s)
	}
	c.done <- all
}

func (c *Clerk) Serve() { go c.handle() }

type Printer struct{ n int }

func (p *Printer) Print(s *Slip) {
	for range s.Lines {
		p.n++
	}
}
