// Package clones has copies that get a fresh lock and keep the map.
package clones

import "sync"

type Logger struct {
	mu     sync.Mutex
	seen   map[string]bool
	prefix string
}

func (l *Logger) Log(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[s] = true
}

func (l *Logger) WithBad(prefix string) *Logger {
	n := *l // want `the assignment to n copies Logger with a fresh mu and the same map seen: the two write it, each under its own lock`
	n.mu = sync.Mutex{}
	n.prefix = prefix
	return &n
}

// Config's map is never written in place: sharing it does no harm.
type Config struct {
	mu    sync.Mutex
	base  map[string]string
	extra string
}

func (c *Config) Get(k string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base[k] + c.extra
}

func (c *Config) WithOk(extra string) *Config {
	n := *c
	n.mu = sync.Mutex{}
	n.extra = extra
	return &n
}
