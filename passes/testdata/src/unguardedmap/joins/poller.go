package joins

import "sync"

// A goroutine that starts others and waits for them may read without the lock what only they and it write, once they are over.

type feedsOk struct {
	mu    sync.RWMutex
	feeds map[string]int
}

func newFeedsOk() *feedsOk {
	f := &feedsOk{feeds: map[string]int{}}
	f.sync([]string{"a"})
	go f.poll()
	go f.watch()
	return f
}

func (f *feedsOk) watch() {}

func (f *feedsOk) get(name string) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.feeds[name]
}

func (f *feedsOk) Get(name string) int { return f.get(name) }

func (f *feedsOk) drop(name string) {
	f.mu.Lock()
	delete(f.feeds, name)
	f.mu.Unlock()
}

func (f *feedsOk) sync(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		f.mu.Lock()
		f.feeds[name] = 1
		f.mu.Unlock()
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.drop(name)
		}()
	}
	wg.Wait()
	for name := range f.feeds {
		if name == "" {
			f.drop(name)
		}
	}
}

func (f *feedsOk) poll() {
	for {
		f.sync([]string{"b"})
	}
}

// While they are running.
type feedsBad struct {
	mu    sync.RWMutex
	feeds map[string]int
}

func newFeedsBad() *feedsBad {
	f := &feedsBad{feeds: map[string]int{}}
	go f.poll()
	return f
}

func (f *feedsBad) Get(name string) int {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.feeds[name]
}

func (f *feedsBad) drop(name string) {
	f.mu.Lock()
	delete(f.feeds, name)
	f.mu.Unlock()
}

func (f *feedsBad) sync(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.drop(name)
		}()
	}
	for range f.feeds { // want `map feedsBad.feeds is iterated without feedsBad.mu`
	}
	wg.Wait()
}

func (f *feedsBad) poll() {
	for {
		f.sync([]string{"b"})
	}
}

// Two goroutines do it.
type feedsTwiceBad struct {
	mu    sync.RWMutex
	feeds map[string]int
}

func newFeedsTwiceBad() *feedsTwiceBad {
	f := &feedsTwiceBad{feeds: map[string]int{}}
	go f.poll()
	go f.sync([]string{"c"})
	return f
}

func (f *feedsTwiceBad) drop(name string) {
	f.mu.Lock()
	delete(f.feeds, name)
	f.mu.Unlock()
}

func (f *feedsTwiceBad) sync(names []string) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.drop(name)
		}()
	}
	wg.Wait()
	for range f.feeds { // want `map feedsTwiceBad.feeds is iterated without feedsTwiceBad.mu`
	}
}

func (f *feedsTwiceBad) poll() {
	for {
		f.sync([]string{"b"})
	}
}
