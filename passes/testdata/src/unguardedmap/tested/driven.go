package tested

import (
	"sync"
	"time"
)

// Vault cleans itself, and tests clean it by hand.
type Vault struct{ dead map[int]bool }

func OpenVaultOk() *Vault {
	v := &Vault{dead: map[int]bool{}}
	go v.run()
	return v
}

func (v *Vault) run() {
	for range time.Tick(time.Hour) {
		v.gc(1)
	}
}

func (v *Vault) gc(n int) { v.dead[n] = true }

// Bin is cleaned by its users, too.
type Bin struct{ dead map[int]bool }

func OpenBinBad() *Bin {
	b := &Bin{dead: map[int]bool{}}
	go b.run()
	return b
}

func (b *Bin) run() {
	for range time.Tick(time.Hour) {
		b.Clean(1)
	}
}

// Empty is for users.
func (b *Bin) Empty() { b.Clean(0) }

func (b *Bin) Clean(n int) {
	b.dead[n] = true // want `map Bin.dead is written here by several goroutines at once|map Bin.dead is written here and written`
}

// Urn is looked at by a goroutine of its own.
type Urn struct{ dead map[int]bool }

func OpenUrn() *Urn {
	u := &Urn{dead: map[int]bool{}}
	go u.look()
	return u
}

func (u *Urn) look() {
	for range time.Tick(time.Hour) {
		for range u.dead {
		}
	}
}

// Rack is filled by a goroutine of its own, under its lock.
type Rack struct {
	mu sync.Mutex
	m  map[string]int
}

func OpenRack() *Rack {
	r := &Rack{m: map[string]int{}}
	go r.fill()
	return r
}

func (r *Rack) fill() {
	for range time.Tick(time.Hour) {
		r.put("tick")
	}
}

func (r *Rack) put(k string) {
	r.mu.Lock()
	r.m[k]++
	r.mu.Unlock()
}

func (r *Rack) Drop(k string) {
	r.mu.Lock()
	delete(r.m, k)
	r.mu.Unlock()
}

func (r *Rack) Raise(k string, n int) {
	r.mu.Lock()
	r.m[k] += n
	r.mu.Unlock()
}

func (r *Rack) Clear() {
	r.mu.Lock()
	clear(r.m)
	r.mu.Unlock()
}

func (r *Rack) Swap(k, l string) {
	r.mu.Lock()
	r.m[k], r.m[l] = r.m[l], r.m[k]
	r.mu.Unlock()
}

// Mill has a part of an unexported type, whose methods are exported by habit.
type Mill struct{ sieve *sieve }

type sieve struct{ seen map[int]bool }

func OpenMillOk() *Mill {
	m := &Mill{sieve: &sieve{seen: map[int]bool{}}}
	go m.run()
	return m
}

func (m *Mill) run() {
	for range time.Tick(time.Hour) {
		m.sieve.Sift(1)
	}
}

func (s *sieve) Sift(n int) { s.seen[n] = true }
