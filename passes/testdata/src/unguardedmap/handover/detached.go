package handover

import "sync"

type bucket map[string]int

// shelf takes buckets out of its map under the lock, and empties them after it.
type shelf struct {
	mu      sync.Mutex
	buckets map[int]bucket
	last    int
}

func (s *shelf) AddOk(n int, k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.buckets[n]
	if !ok {
		b = bucket{}
		s.buckets[n] = b
	}
	b[k]++
}

func (s *shelf) CleanOk(to int) (sum int) {
	s.mu.Lock()
	var old []bucket
	for n := s.last; n < to; n++ {
		if b := s.buckets[n]; b != nil {
			old = append(old, b)
		}
		delete(s.buckets, n)
	}
	s.mu.Unlock()
	for _, b := range old {
		for _, n := range b {
			sum += n
		}
	}
	return sum
}

func (s *shelf) PopOk(n int) (sum int) {
	s.mu.Lock()
	b, ok := s.buckets[n]
	if !ok {
		s.mu.Unlock()
		return 0
	}
	delete(s.buckets, n)
	s.mu.Unlock()
	for _, n := range b {
		sum += n
	}
	return sum
}

// rack leaves what it goes over where it is, in some case.
type rack struct {
	mu      sync.Mutex
	buckets map[int]bucket
}

func (r *rack) Add(n int, k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.buckets[n][k]++
}

func (r *rack) CleanBad(n int, all bool) (sum int) {
	r.mu.Lock()
	b := r.buckets[n]
	if all {
		delete(r.buckets, n)
	}
	r.mu.Unlock()
	for _, n := range b { // want `map rack.buckets\[\] is iterated after rack.mu, under which it was taken, is released`
		sum += n
	}
	return sum
}

// bin takes it out later.
type bin struct {
	mu      sync.Mutex
	buckets map[int]bucket
}

func (t *bin) Add(n int, k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buckets[n][k]++
}

func (t *bin) CleanBad(n int) (sum int) {
	t.mu.Lock()
	b := t.buckets[n]
	t.mu.Unlock()
	for _, n := range b { // want `map bin.buckets\[\] is iterated after bin.mu, under which it was taken, is released`
		sum += n
	}
	t.mu.Lock()
	delete(t.buckets, n)
	t.mu.Unlock()
	return sum
}
