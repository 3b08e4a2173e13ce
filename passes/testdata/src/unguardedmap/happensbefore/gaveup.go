package happensbefore

import (
	"context"
	"fmt"
)

// patient waits until its goroutine is done, or gives up.
type patient struct {
	done chan struct{}
	m    map[string]int
}

func newPatient() *patient {
	p := &patient{done: make(chan struct{}), m: map[string]int{}}
	go p.run()
	return p
}

func (p *patient) run() {
	defer close(p.done)
	p.m["a"] = 1
}

func (p *patient) wait(ctx context.Context) error {
	select {
	case <-p.done:
	case <-ctx.Done():
		return fmt.Errorf("gave up: %w", ctx.Err())
	}
	return nil
}

func patientOk(ctx context.Context) int {
	p := newPatient()
	if err := p.wait(ctx); err != nil {
		return 0
	}
	return len(p.m)
}

// hasty looks although it gave up.
type hasty struct {
	done chan struct{}
	m    map[string]int
}

func (p *hasty) run() {
	defer close(p.done)
	p.m["a"] = 1 // want `map hasty.m is written here and measured`
}

func (p *hasty) wait(ctx context.Context) error {
	select {
	case <-p.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func hastyBad(ctx context.Context) int {
	p := &hasty{done: make(chan struct{}), m: map[string]int{}}
	go p.run()
	if err := p.wait(ctx); err != nil {
		return len(p.m)
	}
	return 0
}

// lenient does not say whether it gave up.
type lenient struct {
	done chan struct{}
	m    map[string]int
}

func (p *lenient) run() {
	defer close(p.done)
	p.m["a"] = 1 // want `map lenient.m is written here and measured`
}

func (p *lenient) wait(ctx context.Context) error {
	select {
	case <-p.done:
	case <-ctx.Done():
	}
	return nil
}

func lenientBad(ctx context.Context) int {
	p := &lenient{done: make(chan struct{}), m: map[string]int{}}
	go p.run()
	if err := p.wait(ctx); err != nil {
		return 0
	}
	return len(p.m)
}

// deferring has something to do in the end, however it comes out.
type deferring struct {
	done chan struct{}
	m    map[string]int
}

func (p *deferring) run() {
	defer close(p.done)
	p.m["a"] = 1
}

func (p *deferring) wait(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	select {
	case <-p.done:
	case <-ctx.Done():
		return fmt.Errorf("gave up: %w", ctx.Err())
	}
	return nil
}

func deferringOk(ctx context.Context) int {
	p := &deferring{done: make(chan struct{}), m: map[string]int{}}
	go p.run()
	if err := p.wait(ctx); err != nil {
		return 0
	}
	return len(p.m)
}
