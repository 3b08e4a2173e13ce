// Package spawns starts goroutines in every form that the language and the usual helpers offer.
package spawns

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// The child fills the map while the parent measures it.
func WordsBad(words []string) int {
	hits := map[string]int{}
	go fillWordsBad(hits, words)
	return len(hits)
}

func fillWordsBad(hits map[string]int, words []string) {
	for _, w := range words {
		hits[w] = len(w) // want `map hits is written here and measured at spawns.go:\d+ with no lock in common: the goroutine fillWordsBad starts at spawns.go:\d+`
	}
}

// The parent measures before the child starts.
func WordsOk(words []string) int {
	hits := map[string]int{}
	n := len(hits)
	go fillWordsOk(hits, words)
	return n
}

func fillWordsOk(hits map[string]int, words []string) {
	for _, w := range words {
		hits[w] = len(w)
	}
}

// One map, one goroutine per shard: they race with each other.
func ShardsBad(shards [][]string) {
	seen := map[string]bool{}
	for _, shard := range shards {
		go markBad(seen, shard)
	}
}

func markBad(seen map[string]bool, shard []string) {
	for _, id := range shard {
		seen[id] = true // want `map seen is written here by several goroutines at once with no lock: the goroutine markBad starts at`
	}
}

// A map per goroutine.
func ShardsOk(shards [][]string) {
	for _, shard := range shards {
		seen := map[string]bool{}
		go markOk(seen, shard)
	}
}

func markOk(seen map[string]bool, shard []string) {
	for _, id := range shard {
		seen[id] = true
	}
}

// Many goroutines that only read never race.
func LookupsOk(prices map[string]int, skus []string, out chan<- int) {
	for _, sku := range skus {
		go func() { out <- prices[sku] }()
	}
}

// The parent writes what the closure iterates over.
func CartBad(out chan<- int) {
	cart := map[string]int{"tea": 1}
	go func() {
		for _, n := range cart {
			out <- n
		}
	}()
	cart["milk"] = 2 // want `map cart is written here and iterated at spawns.go:\d+ with no lock in common`
}

// The parent writes first, then starts the closure.
func CartOk(out chan<- int) {
	cart := map[string]int{"tea": 1}
	cart["milk"] = 2
	go func() {
		for _, n := range cart {
			out <- n
		}
	}()
}

// Each goroutine gets its own map as an argument, the captured one is not touched.
func CartArgOk(carts []map[string]int, out chan<- int) {
	for _, cart := range carts {
		go func(own map[string]int) {
			out <- len(own)
		}(cart)
	}
}

// The loop that starts the goroutines goes on writing.
func QuotesBad(symbols []string, out chan<- int) {
	asked := map[string]int{}
	for i, s := range symbols {
		asked[s] = i // want `map asked is written here and read at spawns.go:\d+ with no lock in common`
		go func() { out <- asked[s] }()
	}
}

// A first loop writes, a second one starts.
func QuotesOk(symbols []string, out chan<- int) {
	asked := map[string]int{}
	for i, s := range symbols {
		asked[s] = i
	}
	for _, s := range symbols {
		go func() { out <- asked[s] }()
	}
}

// Two goroutines from two places.
func SplitBad(in chan string) {
	routes := map[string]int{}
	go func() {
		for k := range in {
			routes[k] = 1 // want `map routes is written here and deleted from at spawns.go:\d+ with no lock in common`
		}
	}()
	go func() {
		for k := range in {
			delete(routes, k)
		}
	}()
}

// Two goroutines, two maps.
func SplitOk(in chan string) {
	routes, drops := map[string]int{}, map[string]int{}
	go func() {
		for k := range in {
			routes[k] = 1
		}
	}()
	go func() {
		for k := range in {
			delete(drops, k)
		}
	}()
}

// The loop ends with the go, so there is at most one goroutine.
func FirstMatchOk(keys []string, want string) {
	found := map[string]bool{}
	for _, k := range keys {
		if k == want {
			go func() { found[k] = true }()
			break
		}
	}
}

type pumpBad struct{ lag map[string]int }

func (p *pumpBad) run(in chan string) {
	for k := range in {
		p.lag[k] = 1 // want `map pumpBad.lag is written here and read at spawns.go:\d+ with no lock in common: the goroutine pumpBad.run starts at`
	}
}

// A method as the goroutine, a field as the map.
func PumpBad(in chan string) int {
	p := &pumpBad{lag: map[string]int{}}
	go p.run(in)
	return p.lag["eu"]
}

type pumpOk struct{ lag map[string]int }

func (p *pumpOk) run(in chan string) {
	for k := range in {
		p.lag[k] = 1
	}
}

// Nobody else holds the pump once it runs.
func PumpOk(in chan string) int {
	p := &pumpOk{lag: map[string]int{}}
	p.lag["eu"] = 7
	n := p.lag["eu"]
	go p.run(in)
	return n
}

type sweeperBad struct{ stale map[string]time.Time }

func (s *sweeperBad) sweep() {
	for k := range s.stale {
		delete(s.stale, k) // want `map sweeperBad.stale is deleted from here .* with no lock`
	}
}

// A bound method as a value, twice on one object.
func (s *sweeperBad) Start() {
	f := s.sweep
	for range 2 {
		go f()
	}
}

type sweeperOk struct {
	mu    sync.Mutex
	stale map[string]time.Time
}

func (s *sweeperOk) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.stale {
		delete(s.stale, k)
	}
}

// The same with a lock in the method.
func (s *sweeperOk) Start() {
	f := s.sweep
	for range 2 {
		go f()
	}
}

func drainBad[K comparable](m map[K]int, in chan K) {
	for k := range in {
		m[k] = 0 // want `map m is written here and read at spawns.go:\d+ with no lock in common: the goroutine drainBad`
	}
}

// A generic function as the goroutine.
func GaugeBad(in chan string) int {
	gauge := map[string]int{}
	go drainBad(gauge, in)
	return gauge["cpu"]
}

func drainOk[K comparable](m map[K]int, in chan K) {
	for k := range in {
		m[k] = 0
	}
}

// The parent has done with the map.
func GaugeOk(in chan string) {
	gauge := map[string]int{"cpu": 1}
	go drainOk(gauge, in)
}

// wg.Go runs its function on a new goroutine.
func WgGoBad(hosts []string) map[string]bool {
	up := map[string]bool{}
	var wg sync.WaitGroup
	for _, h := range hosts {
		wg.Go(func() {
			up[h] = true // want `map up is written here by several goroutines at once with no lock`
		})
	}
	wg.Wait()
	return up
}

// Workers lock, the parent reads after all of them.
func WgGoOk(hosts []string) map[string]bool {
	up := map[string]bool{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, h := range hosts {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			up[h] = true
		})
	}
	wg.Wait()
	return up
}

// Two wg.Go calls in a row run together.
func WgTwiceBad() {
	load := map[string]int{}
	var wg sync.WaitGroup
	wg.Go(func() { load["cpu"] = 1 }) // want `map load is written here and written at spawns.go:\d+ with no lock in common`
	wg.Go(func() { load["mem"] = 2 })
	wg.Wait()
}

// The second starts when the first has been waited for.
func WgTwiceOk() {
	load := map[string]int{}
	var wg sync.WaitGroup
	wg.Go(func() { load["cpu"] = 1 })
	wg.Wait()
	wg.Go(func() { load["mem"] = 2 })
	wg.Wait()
}

// The functions of an errgroup run together.
func GroupBad(urls []string) (map[string]int, error) {
	sizes := map[string]int{}
	var g errgroup.Group
	for _, u := range urls {
		g.Go(func() error {
			sizes[u] = len(u) // want `map sizes is written here by several goroutines at once with no lock`
			return nil
		})
	}
	err := g.Wait()
	return sizes, err
}

// The functions of the errgroup lock.
func GroupOk(urls []string) (map[string]int, error) {
	sizes := map[string]int{}
	var mu sync.Mutex
	var g errgroup.Group
	for _, u := range urls {
		g.Go(func() error {
			mu.Lock()
			sizes[u] = len(u)
			mu.Unlock()
			return nil
		})
	}
	err := g.Wait()
	return sizes, err
}

type LeasesBad struct{ until map[string]int }

// The timer of the first call meets the second call.
func (l *LeasesBad) Grant(id string) {
	l.until[id] = 1
	time.AfterFunc(time.Minute, func() { delete(l.until, id) }) // want `map LeasesBad.until is deleted from here and written at spawns.go:\d+ with no lock in common: the timer`
}

type LeasesOk struct {
	mu    sync.Mutex
	until map[string]int
}

// Both sides lock.
func (l *LeasesOk) Grant(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until[id] = 1
	time.AfterFunc(time.Minute, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.until, id)
	})
}

type LeasesReadBad struct{ until map[string]int }

// The timer of one method meets another method.
func (l *LeasesReadBad) Expire(id string) {
	time.AfterFunc(time.Minute, func() {
		delete(l.until, id) // want `map LeasesReadBad.until is deleted from here and read at spawns.go:\d+ with no lock in common: the timer`
	})
}

func (l *LeasesReadBad) Has(id string) bool {
	_, ok := l.until[id]
	return ok
}

type LeasesHeldBad struct {
	mu    sync.Mutex
	until map[string]int
}

// The timer is armed under the lock but does not run under it.
func (l *LeasesHeldBad) Grant(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.until[id] = 1
	time.AfterFunc(time.Minute, func() { l.drop(id) })
}

func (l *LeasesHeldBad) Revoke(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.until, id)
}

func (l *LeasesHeldBad) drop(id string) {
	delete(l.until, id) // want `map LeasesHeldBad.until is deleted from without LeasesHeldBad.mu, held at 2 of its 2 other accesses`
}

// A local map and a timer.
func RetryBad(id string) int {
	tries := map[string]int{}
	time.AfterFunc(time.Second, func() { tries[id] = 1 }) // want `map tries is written here and read at spawns.go:\d+ with no lock in common: the timer`
	return tries[id]
}

// The timer only sends, the caller writes.
func RetryOk(id string) int {
	tries := map[string]int{}
	fired := make(chan string, 1)
	time.AfterFunc(time.Second, func() { fired <- id })
	tries[<-fired] = 1
	return tries[id]
}

// A context callback runs on its own goroutine.
func CancelBad(ctx context.Context, id string) {
	open := map[string]bool{}
	context.AfterFunc(ctx, func() { delete(open, id) }) // want `map open is deleted from here and written at spawns.go:\d+ with no lock in common`
	open[id] = true
}

// Written before the callback is registered.
func CancelOk(ctx context.Context, id string) {
	open := map[string]bool{}
	open[id] = true
	context.AfterFunc(ctx, func() { delete(open, id) })
}

// A goroutine started by a goroutine is as parallel to the parent.
func NestedBad(in chan string) int {
	depth := map[string]int{}
	go func() {
		go func() {
			depth[<-in] = 1 // want `map depth is written here and measured at spawns.go:\d+ with no lock in common`
		}()
	}()
	return len(depth)
}

// The inner goroutine starts after its parent's last access, which is ordered before it.
func NestedOk(in chan string) {
	depth := map[string]int{}
	go func() {
		depth["root"] = 0
		go func() {
			depth[<-in] = 1
		}()
	}()
}

// The outer goroutine goes on after starting the inner one.
func NestedOuterBad(in chan string) {
	depth := map[string]int{}
	go func() {
		go func() {
			depth[<-in] = 1 // want `map depth is written here and written at spawns.go:\d+ with no lock in common`
		}()
		depth["root"] = 0
	}()
}

func async(f func()) { go f() }

func inline(f func()) { f() }

func asyncTwice(f func()) {
	async(f)
	async(f)
}

// The helper starts a goroutine.
func HelperBad() {
	stock := map[string]int{}
	async(func() { stock["nuts"] = 1 }) // want `map stock is written here and written at spawns.go:\d+ with no lock in common`
	stock["bolts"] = 2
}

// The helper calls at once.
func HelperOk() {
	stock := map[string]int{}
	inline(func() { stock["nuts"] = 1 })
	stock["bolts"] = 2
}

// The helper starts the same function twice.
func HelperTwiceBad() {
	stock := map[string]int{}
	asyncTwice(func() { stock["nuts"]-- }) // want `map stock is written here .* with no lock`
}

// The helper starts it once, and nobody else touches the map.
func HelperOnceOk() {
	stock := map[string]int{}
	async(func() { stock["nuts"]-- })
}

// The helper in a loop.
func HelperLoopBad(keys []string) {
	seen := map[string]bool{}
	for _, k := range keys {
		async(func() {
			seen[k] = true // want `map seen is written here by several goroutines at once with no lock`
		})
	}
}

// The helper in a loop, a map for each turn.
func HelperLoopOk(keys []string) {
	for _, k := range keys {
		seen := map[string]bool{}
		async(func() { seen[k] = true })
	}
}

type spooler struct{ jobs map[string]func() }

// The functions come out of a map; starting them writes nothing.
func (s *spooler) RunOk() {
	for _, f := range s.jobs {
		go f()
	}
}

// A deferred go starts when the function has done with the map.
func DeferOk(in chan string) {
	audit := map[string]int{}
	defer func() {
		go func() { audit[<-in] = 1 }()
	}()
	audit["start"] = 1
}
