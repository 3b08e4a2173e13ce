package owners

import "sync"

// fan has a loop that starts a goroutine, and waits for it before it goes.
type fan struct {
	mu   sync.Mutex
	in   chan string
	news chan string
	quit chan struct{}
	outs map[string]int
}

func (f *fan) Start() { go f.loop() }

func (f *fan) add(k string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.outs[k]++
}

func (f *fan) loop() {
	var wg sync.WaitGroup
	defer func() {
		for k := range f.outs { // want `map fan.outs is iterated without fan.mu`
			println(k)
		}
		close(f.quit)
		wg.Wait()
		for k := range f.outs { // over
			println(k)
		}
		f.outs = nil
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		for {
			select {
			case k := <-f.news:
				f.add(k)
			case <-f.quit:
				return
			}
		}
	}()
	for k := range f.in {
		f.mu.Lock()
		f.outs[k]++
		f.mu.Unlock()
	}
}
