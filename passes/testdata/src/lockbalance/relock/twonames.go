package relock

// A lock under two names in a callee, which gives up what its caller holds by the one before it takes it by the other.

type leaf struct{ s *Store }

func (l *leaf) fetch(k string) int {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.s.rows[k]
}

func (l *leaf) StepOk(k string) (n int) {
	s := l.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.rows[k] > 0 {
		func() {
			s.rows[k]--
			s.mu.Unlock()
			defer s.mu.Lock()
			n += l.fetch(k)
		}()
	}
	return n
}

func (l *leaf) StepBad(k string) (n int) {
	s := l.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.rows[k] > 0 {
		func() { // want `Store.mu is locked by leaf.StepBad\$1, which is called here, while it is held since line \d+`
			s.rows[k]--
			n += l.fetch(k)
		}()
	}
	return n
}

func (l *leaf) between(s *Store, k string) int {
	s.mu.Unlock()
	defer s.mu.Lock()
	return l.fetch(k)
}

func (l *leaf) HelperOk(k string) int {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	return l.between(l.s, k)
}

// What it gives up is another's.
func (l *leaf) HelperBad(k string) int {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	o := l.s.other
	o.mu.Lock()
	defer o.mu.Unlock()
	return l.between(o, k) // want `Store.mu is locked by leaf.between, which is called here, while it is held since line \d+`
}
