package backpointers

import (
	"sync"
	"time"
)

// The part's lock is held, and the owner's by whoever calls.
type journalOk struct {
	mu      sync.Mutex
	segs    []*segmentOk
	pending map[int]bool
}

type segmentOk struct {
	mu  sync.Mutex
	jn  *journalOk
	seq int
}

func (s *segmentOk) forget(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.jn.pending[n] {
		delete(s.jn.pending, n)
		s.seq++
	}
}

func (j *journalOk) forgetAll(n int) {
	for _, s := range j.segs {
		s.forget(n)
	}
}

func (j *journalOk) Remove(n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forgetAll(n)
}

func openJournalOk(n int) *journalOk {
	j := &journalOk{pending: map[int]bool{}}
	j.segs = append(j.segs, &segmentOk{jn: j})
	j.mu.Lock()
	defer j.mu.Unlock()
	j.forgetAll(n)
	time.AfterFunc(time.Second, j.expire)
	return j
}

func OpenJournalOk(n int) { go openJournalOk(n) }

func (j *journalOk) Note(n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending[n] = true
}

func (j *journalOk) expire() {
	j.mu.Lock()
	defer j.mu.Unlock()
	for n := range j.pending {
		j.pending[n] = true
	}
}

// The part's lock alone keeps no other part out, nor the owner.
type journalBad struct {
	mu      sync.Mutex
	segs    []*segmentBad
	pending map[int]bool
}

type segmentBad struct {
	mu sync.Mutex
	jn *journalBad
}

func (s *segmentBad) Forget(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.jn.pending, n) // want `map journalBad.pending is deleted from without journalBad.mu`
}

func (j *journalBad) Note(n int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending[n] = true
}

func (j *journalBad) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	clear(j.pending)
}
