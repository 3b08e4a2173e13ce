package joins

import "sync"

// A goroutine that waits for others, and looks then; its function's caller has the object.

type trackerOk struct {
	mu   sync.Mutex
	msgs map[string][]string
	seen map[string]bool
}

func TrackOk(names []string) {
	t := &trackerOk{msgs: map[string][]string{}, seen: map[string]bool{}}
	done := make(chan bool)
	t.start(names, done)
	<-done
}

func (t *trackerOk) start(names []string, done chan bool) {
	var wg sync.WaitGroup
	for _, n := range names {
		wg.Add(1)
		go t.run(n, t.seen, &wg)
	}
	go func() {
		wg.Wait()
		t.show(names)
		done <- true
	}()
}

func (t *trackerOk) run(n string, seen map[string]bool, wg *sync.WaitGroup) {
	defer wg.Done()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.msgs[n] = append(t.msgs[n], "added")
	delete(seen, n)
}

func (t *trackerOk) show(names []string) {
	for _, n := range names {
		println(len(t.msgs[n]))
	}
}

type trackerBad struct {
	mu   sync.Mutex
	msgs map[string][]string
	seen map[string]bool
}

func TrackBad(names []string) {
	t := &trackerBad{msgs: map[string][]string{}, seen: map[string]bool{}}
	done := make(chan bool)
	t.start(names, done)
	<-done
}

func (t *trackerBad) start(names []string, done chan bool) {
	for _, n := range names {
		go t.run(n, t.seen)
	}
	go func() {
		t.show(names)
		done <- true
	}()
}

func (t *trackerBad) run(n string, seen map[string]bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.msgs[n] = append(t.msgs[n], "added")
	delete(seen, n)
}

func (t *trackerBad) show(names []string) {
	for _, n := range names {
		println(len(t.msgs[n])) // want `map trackerBad.msgs is read without trackerBad.mu`
	}
}
