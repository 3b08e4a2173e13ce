// Package exposed has maps with no lock that exported methods touch. Whoever calls them is elsewhere.
package exposed

import "sync"

// Parser fills a cache lazily.
type Parser struct {
	cache map[string]int
	byKey map[string]string
}

func New() *Parser {
	p := &Parser{cache: map[string]int{}, byKey: map[string]string{}}
	p.byKey["a"] = "b" // nobody else has it
	return p
}

func (p *Parser) Parse(s string) int {
	if n, ok := p.cache[s]; ok {
		return n
	}
	p.cache[s] = len(s) // want `map Parser.cache is written here with no lock: Parser.Parse may be called by several goroutines at once`
	return len(s)
}

// Only read.
func (p *Parser) KeyOk(s string) string { return p.byKey[s] }

var registry = map[string]int{}

func init() { registry["init"] = 1 }

func Register(name string) {
	registry[name] = 1 // want `map registry is written here with no lock: Register may be called by several goroutines at once`
}

func Lookup(name string) int { return registry[name] }

// Safe has a lock.
type Safe struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (s *Safe) AddOk(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen[k] = true
}

// The map is a local one.
func CountOk(words []string) int {
	m := map[string]int{}
	for _, w := range words {
		m[w]++
	}
	return len(m)
}
