package conditions

// A variable that is declared with no value is false, or nil, until it is set.
func (s *Store) FlagOk(k string, n int) int {
	var unlocked bool
	s.mu.Lock()
	defer func() {
		if !unlocked {
			s.mu.Unlock()
		}
	}()
	if n > 3 {
		return s.rows[k]
	}
	s.mu.Unlock()
	unlocked = true
	return n
}

func (s *Store) FlagInLoopOk(keys []string) {
	for _, k := range keys {
		var unlocked bool
		leave := func() {
			if !unlocked {
				s.mu.Unlock()
			}
		}
		s.mu.Lock()
		s.rows[k] = 1
		if k == "" {
			s.mu.Unlock()
			unlocked = true
		}
		leave()
	}
}

func (s *Store) RefusedOk(k string, n int) (int, error) {
	var refused *refusal
	s.mu.Lock()
	defer func() {
		if refused == nil {
			s.mu.Unlock()
		}
	}()
	if n > 3 {
		s.mu.Unlock()
		refused = &refusal{n}
		return 0, refused
	}
	if n < 0 {
		s.mu.Unlock()
		refused = &refusal{0}
		return 0, refused
	}
	return s.rows[k], nil
}

// The flag is not set where the lock is given up.
func (s *Store) FlagBad(k string, n int) int {
	var unlocked bool
	s.mu.Lock()
	defer func() { // want `Store.mu is released here, but was released on line \d+ already`
		if !unlocked {
			s.mu.Unlock()
		}
	}()
	if n > 3 {
		s.mu.Unlock()
		return n
	}
	if n > 2 {
		s.mu.Unlock()
		unlocked = true
	}
	return s.rows[k]
}
