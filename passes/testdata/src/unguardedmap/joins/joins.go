// Package joins has parents that wait for their goroutines before they touch the map, and parents that don't.
package joins

import (
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

func price(k string) int { return len(k) }

// Workers write under a lock, the parent reads bare after Wait.
func TotalOk(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k)
		}()
	}
	wg.Wait()
	return len(out)
}

// The parent measures before it waits.
func TotalBad(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k) // want `map out is written here and measured at joins.go:\d+ with no lock in common`
		}()
	}
	n := len(out)
	wg.Wait()
	return n
}

// The spawning loop writes, too, from the second turn on beside the workers.
func SkipKeyBad(keys []string) map[string]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	for _, k := range keys {
		if k != "" {
			wg.Add(1)
			go func() {
				defer wg.Done()
				mu.Lock()
				defer mu.Unlock()
				out[k] = price(k) // want `map out is written here and written at joins.go:\d+ with no lock in common`
			}()
			continue
		}
		out[k] = 0
	}
	wg.Wait()
	return out
}

// The spawning loop takes the workers' lock.
func SkipKeyOk(keys []string) map[string]int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	for _, k := range keys {
		if k == "" {
			mu.Lock()
			out[k] = 0
			mu.Unlock()
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k)
		}()
	}
	wg.Wait()
	return out
}

// All are joined, but they race with each other.
func SiblingsBad(keys []string) map[string]int {
	out := map[string]int{}
	done := make(chan bool)
	for _, k := range keys {
		go func() {
			out[k] = price(k) // want `map out is written here by several goroutines at once with no lock`
			done <- true
		}()
	}
	for range keys {
		<-done
	}
	return out
}

type priced struct {
	key string
	n   int
}

// Workers send, only the parent touches the map.
func SiblingsOk(keys []string) map[string]int {
	out := map[string]int{}
	results := make(chan priced)
	for _, k := range keys {
		go func() { results <- priced{k, price(k)} }()
	}
	for range keys {
		r := <-results
		out[r.key] = r.n
	}
	return out
}

// One path returns without having waited.
func HurryBad(fast bool) int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		out["a"] = 1 // want `map out is written here and measured at joins.go:\d+ with no lock in common`
	}()
	if !fast {
		wg.Wait()
	}
	return len(out)
}

// The path that does not wait does not look.
func HurryOk(fast bool) int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		out["a"] = 1
	}()
	if fast {
		return 0
	}
	wg.Wait()
	return len(out)
}

// Waiting in a deferred call comes after the read of the result.
func DeferWaitBad() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	defer wg.Wait()
	go func() {
		defer wg.Done()
		out["a"] = 1 // want `map out is written here and read at joins.go:\d+ with no lock in common`
	}()
	return out["a"]
}

// The deferred reader runs after the deferred Wait.
func DeferWaitOk(sink func(int)) {
	var wg sync.WaitGroup
	out := map[string]int{}
	defer func() { sink(out["a"]) }()
	defer wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		out["a"] = 1
	}()
}

// Waiting for another group is no join.
func OtherGroupBad() int {
	var loads, saves sync.WaitGroup
	out := map[string]int{}
	loads.Add(1)
	go func() {
		defer loads.Done()
		out["a"] = 1 // want `map out is written here and measured at joins.go:\d+ with no lock in common`
	}()
	saves.Wait()
	return len(out)
}

// The child has more to do after Done.
func EarlyDoneBad() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	go func() {
		out["a"] = 1
		wg.Done()
		out["b"] = 2 // want `map out is written here and measured at joins.go:\d+ with no lock in common`
	}()
	wg.Wait()
	return len(out)
}

// Done is the last thing.
func EarlyDoneOk() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	go func() {
		out["a"] = 1
		out["b"] = 2
		wg.Done()
	}()
	wg.Wait()
	return len(out)
}

// The child writes after its send.
func EarlySendBad() int {
	out := map[string]int{}
	half := make(chan bool)
	go func() {
		out["a"] = 1
		half <- true
		out["b"] = 2 // want `map out is written here and read at joins.go:\d+ with no lock in common`
	}()
	<-half
	return out["a"]
}

// Receiving from the child.
func EarlySendOk() int {
	out := map[string]int{}
	half := make(chan bool)
	go func() {
		out["a"] = 1
		half <- true
	}()
	<-half
	return out["a"]
}

// Receiving the close that the child defers.
func CloseOk() int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		out["a"] = 1
	}()
	<-done
	return out["a"]
}

// The receive comes too late.
func CloseBad() int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		out["a"] = 1 // want `map out is written here and read at joins.go:\d+ with no lock in common`
	}()
	n := out["a"]
	<-done
	return n
}

// The timeout leaves the child running.
func TimeoutBad() int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		out["a"] = 1 // want `map out is written here and read at joins.go:\d+ with no lock in common`
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
	return out["a"]
}

// Only the branch that received looks.
func TimeoutOk() int {
	out := map[string]int{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		out["a"] = 1
	}()
	select {
	case <-done:
		return out["a"]
	case <-time.After(time.Second):
		return 0
	}
}

// One receive for each goroutine.
func CountOk(keys []string) int {
	var mu sync.Mutex
	out := map[string]int{}
	done := make(chan bool)
	for _, k := range keys {
		go func() {
			mu.Lock()
			out[k] = price(k)
			mu.Unlock()
			done <- true
		}()
	}
	for range keys {
		<-done
	}
	return len(out)
}

// One receive for all.
func CountBad(keys []string) int {
	var mu sync.Mutex
	out := map[string]int{}
	done := make(chan bool)
	for _, k := range keys {
		go func() {
			mu.Lock()
			out[k] = price(k) // want `map out is written here and measured at joins.go:\d+ with no lock in common`
			mu.Unlock()
			done <- true
		}()
	}
	<-done
	return len(out)
}

// A relay waits for the workers and then closes.
func RelayOk(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	done := make(chan struct{})
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k)
		}()
	}
	go func() {
		wg.Wait()
		close(done)
	}()
	<-done
	return len(out)
}

// The relay closes without having waited.
func RelayBad(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	done := make(chan struct{})
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k) // want `map out is written here and measured at joins.go:\d+ with no lock in common`
		}()
	}
	go func() {
		close(done)
		wg.Wait()
	}()
	<-done
	return len(out)
}

// The relay closes the results, the parent drains them.
func DrainOk(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	results := make(chan int)
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			out[k] = price(k)
			mu.Unlock()
			results <- 1
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	n := 0
	for r := range results {
		n += r
	}
	return n + len(out)
}

// The parent looks while it drains, others are still at work.
func DrainBad(keys []string) int {
	var mu sync.Mutex
	var wg sync.WaitGroup
	out := map[string]int{}
	results := make(chan string)
	for _, k := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			out[k] = price(k) // want `map out is written here and read at joins.go:\d+ with no lock in common`
			mu.Unlock()
			results <- k
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	n := 0
	for k := range results {
		n += out[k]
	}
	return n
}

// errgroup joins like a WaitGroup.
func GroupOk(keys []string) (int, error) {
	var mu sync.Mutex
	var g errgroup.Group
	out := map[string]int{}
	for _, k := range keys {
		g.Go(func() error {
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return 0, err
	}
	return len(out), nil
}

// Looked at before the errgroup is waited for.
func GroupBad(keys []string) (int, error) {
	var mu sync.Mutex
	var g errgroup.Group
	out := map[string]int{}
	for _, k := range keys {
		g.Go(func() error {
			mu.Lock()
			defer mu.Unlock()
			out[k] = price(k) // want `map out is written here and measured at joins.go:\d+ with no lock in common`
			return nil
		})
	}
	n := len(out)
	return n, g.Wait()
}

// A second round starts only after the first has been waited for.
func RoundsOk(keys []string) {
	out := map[string]int{}
	for _, k := range keys {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[k] = price(k)
		}()
		wg.Wait()
	}
}

func waitAll(wg *sync.WaitGroup) { wg.Wait() }

// The join is in a helper.
func HelperOk() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		out["a"] = 1
	}()
	waitAll(&wg)
	return out["a"]
}

type poolOk struct {
	wg   sync.WaitGroup
	jobs chan string
	runs map[string]int
}

// The join is in another method, through a field.
func (p *poolOk) Start() {
	p.wg.Add(1)
	go p.loop()
}

func (p *poolOk) loop() {
	defer p.wg.Done()
	for k := range p.jobs {
		p.runs[k] = 1
	}
}

func (p *poolOk) Stop() int {
	close(p.jobs)
	p.wg.Wait()
	return len(p.runs)
}

type poolBad struct {
	wg   sync.WaitGroup
	jobs chan string
	runs map[string]int
}

func (p *poolBad) Start() {
	p.wg.Add(1)
	go p.loop()
}

func (p *poolBad) loop() {
	defer p.wg.Done()
	for k := range p.jobs {
		p.runs[k] = 1 // want `map poolBad.runs is written here and measured at joins.go:\d+ with no lock in common: the goroutine poolBad.loop`
	}
}

func (p *poolBad) Stop() int {
	close(p.jobs)
	p.wg.Wait()
	return p.runs["last"]
}

// Stop has waited, this has not.
func (p *poolBad) Len() int { return len(p.runs) }

type feedOk struct {
	quit, done chan struct{}
	in         chan string
	seen       map[string]int
}

// The loop closes done last, also on the return inside select.
func (f *feedOk) Start() { go f.loop() }

func (f *feedOk) loop() {
	defer close(f.done)
	for {
		select {
		case k := <-f.in:
			f.seen[k] = 1
		case <-f.quit:
			return
		}
	}
}

func (f *feedOk) Stop() int {
	close(f.quit)
	<-f.done
	return len(f.seen)
}

type feedBad struct {
	quit, done chan struct{}
	in         chan string
	seen       map[string]int
}

func (f *feedBad) Start() { go f.loop() }

func (f *feedBad) loop() {
	defer close(f.done)
	for {
		select {
		case k := <-f.in:
			f.seen[k] = 1 // want `map feedBad.seen is written here and measured at joins.go:\d+ with no lock in common`
		case <-f.quit:
			return
		}
	}
}

// Stop asks the loop to end but does not wait for it.
func (f *feedBad) Stop() int {
	close(f.quit)
	return len(f.seen)
}

// Add in the goroutine may come after Wait.
func LateAddBad() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	go func() {
		wg.Add(1)
		defer wg.Done()
		out["a"] = 1 // want `map out is written here and measured at joins.go:\d+ with no lock in common`
	}()
	wg.Wait()
	return len(out)
}

type track struct {
	wg  sync.WaitGroup
	out map[string]int
}

func (t *track) work() {
	t.wg.Add(1)
	defer t.wg.Done()
	t.out["a"] = 1 // want `map track.out is written here and measured at joins.go:\d+ with no lock in common`
}

// In what the goroutine calls.
func LateAddBelowBad() int {
	t := &track{out: map[string]int{}}
	go t.work()
	t.wg.Wait()
	return len(t.out)
}

// A goroutine that is expected expects those that it starts.
func AddForOthersOk() int {
	var wg sync.WaitGroup
	var mu sync.Mutex
	out := map[string]int{}
	wg.Add(1)
	go func() {
		defer wg.Done()
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			out["a"] = 1
		}()
		mu.Lock()
		defer mu.Unlock()
		out["b"] = 1
	}()
	wg.Wait()
	return len(out)
}

func spawn(f func()) { go f() }

// A helper starts it.
func AddForHelperOk() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	spawn(func() {
		defer wg.Done()
		out["a"] = 1
	})
	wg.Wait()
	return len(out)
}

func EarlyDoneHelperBad() int {
	var wg sync.WaitGroup
	out := map[string]int{}
	wg.Add(1)
	spawn(func() {
		wg.Done()
		out["a"] = 1 // want `map out is written here and measured at joins.go:\d+ with no lock in common`
	})
	wg.Wait()
	return len(out)
}

// A token is not the end: the relay hands tokens out while it still counts.
func TokensBad(keys []string) int {
	out := map[string]int{}
	tokens := make(chan bool, 4)
	for range 4 {
		tokens <- true
	}
	done, wait := make(chan bool), make(chan bool)
	go func() {
		for range keys {
			<-done
			tokens <- true
		}
		wait <- true
	}()
	for _, k := range keys {
		<-tokens
		go tokenWork(out, k, done) // the next turn starts beside this one
	}
	<-wait
	return len(out)
}

func tokenWork(out map[string]int, k string, done chan bool) {
	out[k] = price(k) // want `map out is written here by several goroutines at once with no lock`
	done <- true
}

// The same, each with the lock; the last look comes after the relay has heard of all.
func TokensOk(keys []string) int {
	var mu sync.Mutex
	out := map[string]int{}
	tokens := make(chan bool, 4)
	for range 4 {
		tokens <- true
	}
	done, wait := make(chan bool), make(chan bool)
	go func() {
		for range keys {
			<-done
			tokens <- true
		}
		wait <- true
	}()
	for _, k := range keys {
		<-tokens
		go func() {
			mu.Lock()
			out[k] = price(k)
			mu.Unlock()
			done <- true
		}()
	}
	<-wait
	return len(out)
}

type managerOk struct {
	mu         sync.Mutex
	quit, done chan struct{}
	in         chan string
	seen       map[string]int
}

func (m *managerOk) Run() { go m.loop() }

func (m *managerOk) loop() {
	for {
		select {
		case k := <-m.in:
			m.mu.Lock()
			m.seen[k] = 1
			m.mu.Unlock()
		case <-m.quit:
			close(m.done)
			return
		}
	}
}

// Shutdown waits itself, whoever has started the loop.
func (m *managerOk) Shutdown() int {
	close(m.quit)
	<-m.done
	return len(m.seen)
}

func ManageOk(in chan string) int {
	m := &managerOk{quit: make(chan struct{}), done: make(chan struct{}), in: in, seen: map[string]int{}}
	m.Run()
	return m.Shutdown()
}
