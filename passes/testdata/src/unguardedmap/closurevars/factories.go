package closurevars

import (
	"sync"
	"time"
)

// Functions that make functions, which run on goroutines then.

type board struct {
	mu     sync.Mutex
	hits   map[string]int
	misses map[string]int
	safe   map[string]int
	shown  map[string]int
}

func (b *board) hitBad(k string) func() {
	return func() { b.hits[k]++ } // want `map board.hits is written here by several goroutines at once`
}

func (b *board) missBad(k string) (func(), error) {
	if k == "" {
		return nil, nil
	}
	f := func() { b.misses[k]++ } // want `map board.misses is written here by several goroutines at once`
	return f, nil
}

func (b *board) safeOk(k string) func() {
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.safe[k]++
	}
}

func (b *board) showOk(k string) func() {
	return func() { b.shown[k]++ }
}

func (b *board) Run(names []string) {
	for _, k := range names {
		go b.hitBad(k)()
		if f, err := b.missBad(k); err == nil {
			time.AfterFunc(time.Second, f)
		}
		run := b.safeOk(k)
		go func() { run() }()
		b.showOk(k)() // on the spot
	}
}

// What the factory makes for the function is the function's own.
func counterOk() func() {
	seen := map[string]int{}
	return func() { seen["a"]++ }
}

func CountOk(n int) {
	for range n {
		go counterOk()()
	}
}

// Goroutines that have one function have its variables.
func counter() func() {
	seen := map[string]int{}
	return func() {
		seen["a"]++ // want `map seen is written here by several goroutines at once with no lock`
	}
}

func SharedBad(n int) {
	f := counter()
	for range n {
		go f()
	}
}

// A factory makes the lock with the map: each function that it returns has the two.
func lockedCounterOk() func() {
	var mu sync.Mutex
	seen := map[string]int{}
	return func() {
		mu.Lock()
		defer mu.Unlock()
		seen["a"]++
	}
}

func SharedOk(n int) {
	f := lockedCounterOk()
	for range n {
		go f()
	}
}

func numbersBad() func(string) int {
	last := map[string]int{}
	return func(k string) int {
		last[k]++ // want `map last is written here and read at factories.go:\d+ with no lock in common`
		return last[k]
	}
}

// NumberBad: two goroutines have one function, and go on with it after they have sent the first answer.
func NumberBad(out chan int) {
	next := numbersBad()
	go func() {
		for {
			out <- next("a")
		}
	}()
	go func() {
		for {
			out <- next("b")
		}
	}()
}

func numbersOk() func(string) int {
	last := map[string]int{}
	return func(k string) int {
		last[k]++
		return last[k]
	}
}

// NumberOk: each has its own.
func NumberOk(out chan int) {
	a, b := numbersOk(), numbersOk()
	go func() {
		for {
			out <- a("a")
		}
	}()
	go func() {
		for {
			out <- b("b")
		}
	}()
}

// A method of a package variable is one of the functions that may come.
type inkBad struct{ used map[int]int }

func (i *inkBad) draw(n int) int {
	i.used[n]++ // want `map inkBad.used is written here by several goroutines at once with no lock`
	return n
}

var ink = inkBad{used: map[int]int{}}

func plain(n int) int { return n }

func pen(kind int) func(int) int {
	switch kind {
	case 0:
		return ink.draw
	case 1:
		return plain
	}
	return func(n int) int { return -n }
}

func PensBad(kinds []int) {
	for _, k := range kinds {
		go func() { pen(k)(k) }()
	}
}

type inkOk struct {
	mu   sync.Mutex
	used map[int]int
}

func (i *inkOk) draw(n int) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.used[n]++
	return n
}

var inkwell = inkOk{used: map[int]int{}}

func lockedPen(kind int) func(int) int {
	if kind == 0 {
		return inkwell.draw
	}
	return plain
}

func PensOk(kinds []int) {
	for _, k := range kinds {
		go func() { lockedPen(k)(k) }()
	}
}

// One that is made for the call is its own.
type inkMade struct{ used map[int]int }

func (i *inkMade) draw(n int) int {
	i.used[n]++
	return n
}

func newPen(kind int) func(int) int {
	if kind == 0 {
		own := &inkMade{used: map[int]int{}}
		return own.draw
	}
	return plain
}

func MadePensOk(kinds []int) {
	for _, k := range kinds {
		go func() { newPen(k)(k) }()
	}
}

// What a factory's function calls is a function that the factory has made as well, which has no name in the caller.
func relayed() func(string) {
	seen := map[string]int{}
	count := func(k string) { seen[k]++ }
	return func(k string) { count(k) }
}

func FN_Relayed(in chan string) {
	count := relayed()
	for range 3 {
		go func() {
			for k := range in {
				count(k)
			}
		}()
	}
}
