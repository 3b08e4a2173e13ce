package aliases

import "sync"

// A map that a goroutine gets as a part of an object, and its maker goes on with by its own name.
type clerk struct{ found map[string]int }

func (c *clerk) search(in []string) {
	for _, s := range in {
		c.found[s]++ // want `map clerk.found is written here and measured at kept.go:\d+ with no lock in common`
	}
}

func countBad(in []string) int {
	found := map[string]int{}
	c := &clerk{found: found}
	go c.search(in)
	return len(found)
}

// Made by a constructor.
type guide struct{ notes map[string]int }

func newGuide(notes map[string]int) *guide { return &guide{notes} }

func (g *guide) walk(in []string) {
	for _, s := range in {
		_ = g.notes[s]
	}
}

func guideBad(in []string) {
	notes := map[string]int{}
	g := newGuide(notes)
	go g.walk(in)
	for _, s := range in {
		notes[s]++ // want `map .*notes is written here and read at kept.go:\d+ with no lock in common`
	}
}

// In options that are copied.
type Settings struct{ Tags map[string]string }

type Agent struct{ settings Settings }

func NewAgent(s Settings) *Agent {
	a := &Agent{settings: s}
	go a.report()
	return a
}

func (a *Agent) report() {
	for k := range a.settings.Tags {
		println(k)
	}
}

func agentBad(in []string) {
	tags := map[string]string{}
	NewAgent(Settings{Tags: tags})
	for _, s := range in {
		tags[s] = s // want `map .*[Tt]ags is written here and iterated at kept.go:\d+ with no lock in common`
	}
}

// The options get a map of their own there.
type Spy struct{ settings Settings }

func NewSpy(s Settings) *Spy {
	p := &Spy{settings: s}
	p.settings.Tags = map[string]string{}
	for k, v := range s.Tags {
		p.settings.Tags[k] = v
	}
	go p.report()
	return p
}

func (p *Spy) report() {
	for k := range p.settings.Tags {
		println(k)
	}
}

func spyOk(in []string) {
	tags := map[string]string{}
	NewSpy(Settings{Tags: tags})
	for _, s := range in {
		tags[s] = s
	}
}

// It has been waited for, or has not begun.
type maid struct {
	wg    sync.WaitGroup
	rooms map[string]int
}

func (m *maid) clean(in []string) {
	defer m.wg.Done()
	for _, s := range in {
		m.rooms[s]++
	}
}

func cleanOk(in []string) int {
	rooms := map[string]int{"hall": 1}
	m := &maid{rooms: rooms}
	rooms["kitchen"] = 1
	m.wg.Add(1)
	go m.clean(in)
	m.wg.Wait()
	return len(rooms)
}

// Each has another one.
func eachOk(in [][]string) {
	for _, part := range in {
		rooms := map[string]int{}
		m := &maid{rooms: rooms}
		m.wg.Add(1)
		go m.clean(part)
	}
}

// In a struct variable that a goroutine captures, and in one that it gets a copy of.
type taken struct{ found map[string]int }

func capturedBad(in []string) int {
	found := map[string]int{}
	c := taken{found: found}
	go func() {
		for _, s := range in {
			c.found[s]++ // want `map taken.found is written here and measured at kept.go:\d+ with no lock in common`
		}
	}()
	return len(found)
}

type copied struct{ found map[string]int }

func (c copied) search(in []string) {
	for _, s := range in {
		c.found[s]++ // want `map copied.found is written here and iterated at kept.go:\d+ with no lock in common`
	}
}

func copiedBad(in []string) (n int) {
	found := map[string]int{}
	go copied{found}.search(in)
	for range found {
		n++
	}
	return n
}

// In an array.
func pairBad(in []string) int {
	found := map[string]int{}
	pair := [2]map[string]int{found}
	go func(pair *[2]map[string]int) {
		for _, s := range in {
			pair[0][s]++ // want `map .* is written here and measured at kept.go:\d+ with no lock in common`
		}
	}(&pair)
	return len(found)
}

// The goroutine has the other one.
func otherOk(in []string) int {
	found, other := map[string]int{}, map[string]int{}
	c := copied{found: other}
	go c.search(in)
	return len(found)
}

// One map in several elements of a list.
type errand struct{ env map[string]string }

func FN_RunAll(n int) {
	env := map[string]string{}
	var list []errand
	for range n {
		list = append(list, errand{env: env})
	}
	for _, e := range list {
		go func() { e.env["started"] = "1" }()
	}
}
