package joins

import (
	"sync"
	"time"
)

// A WaitGroup that counts the items of a channel, and not goroutines: each turn of the worker's loop is waited for.

func CountItemsOk(in []string) int {
	ch := make(chan string)
	var wg sync.WaitGroup
	seen := map[string]int{}
	go func() {
		for s := range ch {
			seen[s]++
			wg.Done()
		}
	}()
	for _, s := range in {
		wg.Add(1)
		ch <- s
	}
	wg.Wait()
	return len(seen)
}

// The one who waits is another goroutine, and the loop selects.
func SumItemsOk(in []string, ask <-chan chan int) {
	ch := make(chan string)
	var wg sync.WaitGroup
	for _, s := range in {
		wg.Add(1)
		go func() { ch <- s }()
	}
	seen := map[string]int{}
	go func() {
		wg.Wait()
		close(ch)
		for s := range seen {
			println(s)
		}
	}()
	go func() {
		for {
			select {
			case s, ok := <-ch:
				if !ok {
					return
				}
				for _, r := range s {
					seen[string(r)]++
				}
				wg.Done()
			case c := <-ask:
				c <- 0
			}
		}
	}()
}

// Each item is done with at the end of a function.
func EachItemOk(in []string) int {
	ch := make(chan string)
	var wg sync.WaitGroup
	seen := map[string]int{}
	go func() {
		for s := range ch {
			func() {
				defer wg.Done()
				if s == "" {
					return
				}
				seen[s]++
			}()
		}
	}()
	for _, s := range in {
		wg.Add(1)
		ch <- s
	}
	wg.Wait()
	return len(seen)
}

type press struct {
	wg  sync.WaitGroup
	ch  chan string
	out map[string]int
}

func (p *press) run() {
	for s := range p.ch {
		p.take(s)
	}
}

func (p *press) take(s string) {
	defer p.wg.Done()
	p.out[s]++
}

func PressOk(in []string) map[string]int {
	p := &press{ch: make(chan string), out: map[string]int{}}
	go p.run()
	for _, s := range in {
		p.wg.Add(1)
		p.ch <- s
	}
	p.wg.Wait()
	return p.out
}

// What comes after the item is done with is not waited for.
func LateItemBad(in []string) int {
	ch := make(chan string)
	var wg sync.WaitGroup
	seen := map[string]int{}
	go func() {
		for s := range ch {
			wg.Done()
			seen[s]++ // want `map seen is written here and measured at items.go:\d+ with no lock in common`
		}
	}()
	for _, s := range in {
		wg.Add(1)
		ch <- s
	}
	wg.Wait()
	return len(seen)
}

// Nor what the loop does on other occasions.
func SweptItemBad(in []string, tick *time.Ticker) int {
	ch := make(chan string)
	var wg sync.WaitGroup
	seen := map[string]int{}
	go func() {
		for {
			select {
			case <-ch:
				wg.Done()
			case <-tick.C:
				clear(seen) // want `map seen is cleared here and measured at items.go:\d+ with no lock in common`
			}
		}
	}()
	for _, s := range in {
		wg.Add(1)
		ch <- s
	}
	wg.Wait()
	return len(seen)
}

// One channel of tokens, of which one is waited for, counts nothing.
func TokenBad(in chan string) int {
	done := make(chan bool)
	seen := map[string]int{}
	go func() {
		for s := range in {
			seen[s]++ // want `map seen is written here and measured at items.go:\d+ with no lock in common`
			done <- true
		}
	}()
	<-done
	return len(seen)
}
