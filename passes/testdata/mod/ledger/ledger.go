// Package ledger has interfaces for what other packages of the module work with.
package ledger

import "sync"

// Book has one implementation.
type Book interface{ Enter(k string) }

type Memory struct{ lines map[string]int }

func NewMemory() *Memory { return &Memory{lines: map[string]int{}} }

func (m *Memory) Enter(k string) { m.lines[k]++ }

// Safe has one, too, with a lock.
type Safe interface{ Keep(k string) }

type Vault struct {
	mu    sync.Mutex
	lines map[string]int
}

func NewVault() *Vault { return &Vault{lines: map[string]int{}} }

func (v *Vault) Keep(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.lines[k]++
}

// Pad has two: which one it is, is not known here.
type Pad interface{ Note(k string) }

type Paper struct{ lines map[string]int }

func NewPaper() *Paper { return &Paper{lines: map[string]int{}} }

func (p *Paper) Note(k string) { p.lines[k]++ }

type Slate struct{ last string }

func (s *Slate) Note(k string) { s.last = k }
