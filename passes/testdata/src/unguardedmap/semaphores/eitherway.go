package semaphores

import "sync"

// feed tells on one branch and waits on the other: its channel is no lock, though it has room for one.
type feed struct {
	table map[string]int
	ready chan bool
}

func (f *feed) runBad(kind string) {
	switch kind {
	case "a":
		f.ready <- true
	case "b":
		<-f.ready
	}
	f.table[kind]++ // want `map feed.table is written here by several goroutines at once with no lock`
}

// turnstile lets one in at a time.
type turnstile struct {
	table map[string]int
	sem   chan bool
}

func (t *turnstile) runOk(kind string) {
	if kind == "" {
		return
	}
	t.sem <- true
	t.table[kind]++
	if kind == "b" {
		t.table["b"] = 0
	}
	<-t.sem
}

func feedAll() {
	f := &feed{table: map[string]int{}, ready: make(chan bool, 1)}
	t := &turnstile{table: map[string]int{}, sem: make(chan bool, 1)}
	var wg sync.WaitGroup
	for _, k := range []string{"a", "b"} {
		wg.Go(func() { f.runBad(k) })
		wg.Go(func() { t.runOk(k) })
	}
	wg.Wait()
}

var _ = feedAll
