package making

import (
	"sync"
	"sync/atomic"
	"time"
)

// VaultOk has parts that know it.
type VaultOk struct {
	mu    sync.Mutex
	parts map[int]*partOk
	last  *partOk
	beats atomic.Int64
}

type partOk struct {
	v *VaultOk
	n int
}

func (p *partOk) note() { noted <- p }

var noted = make(chan *partOk, 1)

func (v *VaultOk) load(n int) bool {
	v.last = &partOk{v: v, n: n}
	v.Put(n)
	v.last.note()
	return n > 0
}

func (v *VaultOk) beat() { v.beats.Add(1) }

// The map is made anew by whoever makes the vault, when a part of it is known elsewhere. Each goroutine makes its own.
func openVaultOk(n int) *VaultOk {
	v := &VaultOk{parts: map[int]*partOk{}}
	time.AfterFunc(time.Second, v.beat)
	if !v.load(n) {
		v.parts = make(map[int]*partOk)
	}
	return v
}

func (v *VaultOk) Put(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.parts[n] = nil
}

func (v *VaultOk) Drop(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.parts, n)
}

// KeepVaultOk makes a vault on a goroutine.
func KeepVaultOk(n int, out chan *VaultOk) {
	go func() { out <- openVaultOk(n) }()
}

type VaultBad struct {
	mu    sync.Mutex
	parts map[int]int
}

func (v *VaultBad) expire() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.parts)
}

// The timer uses the map that is made anew.
func openVaultBad(n int) *VaultBad {
	v := &VaultBad{parts: map[int]int{}}
	time.AfterFunc(time.Second, v.expire)
	if n > 0 {
		v.parts = make(map[int]int) // want `map VaultBad.parts is replaced without VaultBad.mu`
	}
	return v
}

func (v *VaultBad) Put(n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.parts[n] = n
}

func KeepVaultBad(n int, out chan *VaultBad) {
	go func() { out <- openVaultBad(n) }()
}
