// Package flusher runs a function again and again until it is stopped, and waits for it then.
package flusher

import (
	"sync"
	"time"
)

type Periodic struct {
	period  time.Duration
	flush   func()
	stop    chan struct{}
	stopped chan struct{}
	once    sync.Once
}

func New(period time.Duration, flush func()) (*Periodic, error) {
	p := &Periodic{period: period, flush: flush, stop: make(chan struct{}), stopped: make(chan struct{})}
	go p.run()
	return p, nil
}

func (p *Periodic) run() {
	ticker := time.NewTicker(p.period)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			p.flush()
		case <-p.stop:
			p.flush()
			close(p.stopped)
			return
		}
	}
}

func (p *Periodic) Stop() {
	p.once.Do(func() { close(p.stop) })
	<-p.stopped
}

// Halt does not wait.
func (p *Periodic) Halt() { p.once.Do(func() { close(p.stop) }) }
