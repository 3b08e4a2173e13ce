// Package once has maps that are filled under a sync.Once.
package once

import "sync"

type dictOk struct {
	once  sync.Once
	words map[string]int
}

// Filled in Do, read after Do.
func (d *dictOk) Lookup(w string) int {
	d.once.Do(d.load)
	return d.words[w]
}

func (d *dictOk) load() {
	d.words = map[string]int{}
	d.words["a"] = 1
}

func (d *dictOk) Serve(in chan string, out chan int) {
	for range 4 {
		go func() {
			for w := range in {
				out <- d.Lookup(w)
			}
		}()
	}
}

type dictBad struct {
	once  sync.Once
	words map[string]int
}

// Do orders the fill only; the write after it races with the other goroutines.
func (d *dictBad) Lookup(w string) int {
	d.once.Do(func() { d.words = map[string]int{} })
	n := d.words[w]
	d.words[w] = n + 1 // want `map dictBad.words is written here .* with no lock`
	return n
}

func (d *dictBad) Serve(in chan string, out chan int) {
	for range 4 {
		go func() {
			for w := range in {
				out <- d.Lookup(w)
			}
		}()
	}
}

type glossaryBad struct {
	once  sync.Once
	words map[string]int
}

// The reader does not go through Do.
func (g *glossaryBad) Warm() {
	go g.once.Do(g.load)
}

func (g *glossaryBad) load() {
	g.words["a"] = 1 // want `map glossaryBad.words is written here and read at once.go:\d+ with no lock in common`
}

func (g *glossaryBad) Get(w string) int { return g.words[w] }

type glossaryOk struct {
	once  sync.Once
	words map[string]int
}

// Warmed up in the background, and every reader goes through Do.
func (g *glossaryOk) Warm() {
	go g.once.Do(g.load)
}

func (g *glossaryOk) load() { g.words["a"] = 1 }

func (g *glossaryOk) Get(w string) int {
	g.once.Do(g.load)
	return g.words[w]
}

type twoBad struct {
	hot, cold sync.Once
	words     map[string]int
}

// Two Onces don't know of each other.
func (t *twoBad) Start() {
	go t.hot.Do(func() { t.words["hot"] = 1 }) // want `map twoBad.words is written here and written at once.go:\d+ with no lock in common`
	go t.cold.Do(func() { t.words["cold"] = 1 })
}

type twoOk struct {
	once  sync.Once
	words map[string]int
}

// One Once runs one of them.
func (t *twoOk) Start() {
	go t.once.Do(func() { t.words["hot"] = 1 })
	go t.once.Do(func() { t.words["cold"] = 1 })
}

var names = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	m["a"] = 1
	return m
})

// A map built in OnceValue and only read.
func NameOk(in chan string, out chan int) {
	for range 2 {
		go func() { out <- names()[<-in] }()
	}
}

var tags = map[string]int{}

var loadTags = sync.OnceFunc(func() { tags["a"] = 1 })

// A package map filled in OnceFunc, read after it.
func TagOk(in chan string, out chan int) {
	for range 2 {
		go func() {
			loadTags()
			out <- tags[<-in]
		}()
	}
}

var (
	aliasOnce sync.Once
	aliases   map[string]string
)

// A package variable behind a package Once.
func AliasOk(in, out chan string) {
	for range 2 {
		go func() {
			aliasOnce.Do(func() {
				aliases = map[string]string{}
				aliases["a"] = "b"
			})
			out <- aliases[<-in]
		}()
	}
}

// A local Once, goroutines from a loop.
func LocalOk(keys []string) {
	var once sync.Once
	m := map[string]int{}
	for _, k := range keys {
		go func() {
			once.Do(func() { m[k] = 1 })
			_ = m[k]
		}()
	}
}

// A Once made in each goroutine orders nothing.
func LocalBad(keys []string) {
	m := map[string]int{}
	for _, k := range keys {
		go func() {
			var once sync.Once
			once.Do(func() { m[k] = 1 }) // want `map m is written here by several goroutines at once with no lock`
		}()
	}
}

// A loop comes by a Once again and again.
func loopOk(n int) {
	var once sync.Once
	m := map[int]int{}
	for i := range n {
		once.Do(func() {
			go func() { m[i]++ }()
		})
	}
}

var loopAll = map[int]int{}

type looped struct{ once sync.Once }

func (l *looped) run() { loopAll[1]++ }

// Each turn has a Once of its own: what is done once for each is taken to be done once.
func FN_EachLoop(n int) {
	for range n {
		l := &looped{}
		l.once.Do(func() { go l.run() })
	}
}

var _ = loopOk
