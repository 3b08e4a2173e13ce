package callers

import "sync"

// Scope has a helper that nearly everybody calls without the lock: that is told of once.
type Scope struct {
	mu   sync.Mutex
	syms map[string]int
}

func (s *Scope) lookup(k string) bool {
	return s.syms[k] > 0 // want `map Scope.syms is read without Scope.mu`
}

func (s *Scope) Define(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.lookup(k) {
		s.syms[k] = 1
	}
}

func (s *Scope) Remove(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.syms, k)
}

func (s *Scope) TypeBad(k string) bool  { return s.lookup(k) }
func (s *Scope) ConstBad(k string) bool { return !s.lookup(k) }
func (s *Scope) FuncBad(k string) bool  { return k != "" && s.lookup(k) }
func (s *Scope) VarBad(k string) bool   { return k != "_" && s.lookup(k) }
func (s *Scope) LabelBad(k string) bool { return k != "goto" && s.lookup(k) }
func (s *Scope) BothBad(a, b string) bool {
	return s.lookup(a) && s.lookup(b)
}

// Block has one that wants it held, and says so. Each of those that don't is told of.
type Block struct {
	mu   sync.Mutex
	syms map[string]int
}

// mu must be held.
func (b *Block) lookup(k string) bool { return b.syms[k] > 0 }

func (b *Block) Define(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.lookup(k) {
		b.syms[k] = 1
	}
}

func (b *Block) Remove(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.syms, k)
}

func (b *Block) TypeBad(k string) bool  { return b.lookup(k) }                // want `map Block.syms is read without Block.mu`
func (b *Block) ConstBad(k string) bool { return !b.lookup(k) }               // want `map Block.syms is read without Block.mu`
func (b *Block) FuncBad(k string) bool  { return k != "" && b.lookup(k) }     // want `map Block.syms is read without Block.mu`
func (b *Block) VarBad(k string) bool   { return k != "_" && b.lookup(k) }    // want `map Block.syms is read without Block.mu`
func (b *Block) LabelBad(k string) bool { return k != "goto" && b.lookup(k) } // want `map Block.syms is read without Block.mu`
