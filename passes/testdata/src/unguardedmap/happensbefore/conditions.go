package happensbefore

import "sync"

// optional starts its goroutine, and waits for it, if it was made to.
type optional struct {
	background bool
	wg         sync.WaitGroup
	m          map[string]int
}

func newOptional(background bool) *optional {
	o := &optional{m: map[string]int{}}
	o.background = background
	return o
}

func (o *optional) start() {
	if !o.background {
		return
	}
	o.wg.Add(1)
	go func() {
		defer o.wg.Done()
		o.m["a"] = 1
	}()
}

func (o *optional) stop() {
	if !o.background {
		return
	}
	o.wg.Wait()
}

func optionalOk(background bool) int {
	o := newOptional(background)
	o.start()
	o.stop()
	return len(o.m)
}

type limited struct {
	limit int
	wg    sync.WaitGroup
	m     map[string]int
}

func (l *limited) RunOk() {
	if l.limit > 0 {
		l.wg.Go(func() { l.m["b"] = 1 })
	}
	if l.limit <= 0 {
		return
	}
	l.wg.Wait()
	l.m["c"] = 1
}

type counted struct {
	limit int
	wg    sync.WaitGroup
	m     map[string]int
}

func (l *counted) CountOk() int {
	if l.limit > 0 {
		l.wg.Go(func() { l.m["b"] = 1 })
	}
	if l.limit > 0 {
		l.wg.Wait()
	}
	return len(l.m)
}

// always starts its goroutine, whether or not it waits.
type always struct {
	background bool
	wg         sync.WaitGroup
	m          map[string]int
}

func (o *always) start() {
	o.wg.Add(1)
	go func() {
		defer o.wg.Done()
		o.m["a"] = 1 // want `map always.m is written here and measured`
	}()
}

func (o *always) stop() {
	if o.background {
		o.wg.Wait()
	}
}

func alwaysBad() int {
	o := &always{m: map[string]int{}}
	o.start()
	o.stop()
	return len(o.m)
}

// another waits under another condition.
type another struct {
	background, patient bool
	wg                  sync.WaitGroup
	m                   map[string]int
}

func anotherBad(background, patient bool) int {
	o := &another{background: background, patient: patient, m: map[string]int{}}
	o.start()
	o.stop()
	return len(o.m)
}

func (o *another) start() {
	if o.background {
		o.wg.Go(func() {
			o.m["a"] = 1 // want `map another.m is written here and measured`
		})
	}
}

func (o *another) stop() {
	if o.patient {
		o.wg.Wait()
	}
}

// settable may have been told otherwise in between.
type settable struct {
	background bool
	wg         sync.WaitGroup
	m          map[string]int
}

func (o *settable) setBackground(b bool) { o.background = b }

func settableBad() int {
	o := &settable{m: map[string]int{}}
	o.setBackground(true)
	o.start()
	o.setBackground(false)
	o.stop()
	return len(o.m)
}

func (o *settable) start() {
	if o.background {
		o.wg.Go(func() {
			o.m["a"] = 1 // want `map settable.m is written here and measured`
		})
	}
}

func (o *settable) stop() {
	if o.background {
		o.wg.Wait()
	}
}

// pipeline has stages, each with a goroutine, one after another.
type pipeline struct {
	renames bool
	wg      sync.WaitGroup
	mu      sync.Mutex
	files   map[string]int
}

func PipelineOk(renames bool) {
	p := &pipeline{renames: renames, files: map[string]int{}}
	p.run()
}

func (p *pipeline) run() {
	p.startRenames()
	p.put("a")
	p.stopRenames()
	p.sweep()
}

func (p *pipeline) startRenames() {
	if p.renames {
		p.wg.Add(1)
		go p.rename(&p.wg)
	}
}

func (p *pipeline) stopRenames() {
	if !p.renames {
		return
	}
	p.wg.Wait()
}

func (p *pipeline) rename(wg *sync.WaitGroup) {
	defer wg.Done()
	p.drop("a")
}

func (p *pipeline) put(k string) {
	p.mu.Lock()
	p.files[k] = 1
	p.mu.Unlock()
}

func (p *pipeline) drop(k string) {
	p.mu.Lock()
	delete(p.files, k)
	p.mu.Unlock()
}

func (p *pipeline) sweep() {
	done := make(chan bool)
	go func() {
		for range p.files {
		}
		done <- true
	}()
	<-done
}

// leaky sweeps before it has waited.
type leaky struct {
	renames bool
	wg      sync.WaitGroup
	mu      sync.Mutex
	files   map[string]int
}

func LeakyBad(renames bool) {
	p := &leaky{renames: renames, files: map[string]int{}}
	p.run()
}

func (p *leaky) run() {
	p.startRenames()
	p.put("a")
	p.sweep()
	p.stopRenames()
}

func (p *leaky) startRenames() {
	if p.renames {
		p.wg.Add(1)
		go p.rename(&p.wg)
	}
}

func (p *leaky) stopRenames() {
	if !p.renames {
		return
	}
	p.wg.Wait()
}

func (p *leaky) rename(wg *sync.WaitGroup) {
	defer wg.Done()
	p.drop("a")
}

func (p *leaky) put(k string) {
	p.mu.Lock()
	p.files[k] = 1
	p.mu.Unlock()
}

func (p *leaky) drop(k string) {
	p.mu.Lock()
	delete(p.files, k)
	p.mu.Unlock()
}

func (p *leaky) sweep() {
	done := make(chan bool)
	go func() {
		for range p.files { // want `map leaky.files is iterated without leaky.mu`
		}
		done <- true
	}()
	<-done
}

// open can be swept by others, too.
type open struct {
	wg    sync.WaitGroup
	mu    sync.Mutex
	files map[string]int
}

func OpenBad() *open {
	p := &open{files: map[string]int{}}
	go p.run()
	return p
}

func (p *open) Sweep() { p.sweep() }

func (p *open) run() {
	p.wg.Go(func() { p.drop("a") })
	p.wg.Wait()
	p.sweep()
}

func (p *open) drop(k string) {
	p.mu.Lock()
	delete(p.files, k)
	p.mu.Unlock()
}

func (p *open) sweep() {
	done := make(chan bool)
	go func() {
		for range p.files { // want `map open.files is iterated without open.mu`
		}
		done <- true
	}()
	<-done
}
