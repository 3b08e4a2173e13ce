package shown

import "sync"

type load struct {
	list map[string]int
	all  map[string]int
}

// LoadOk prints what is the turn's own, beside the goroutines of earlier turns.
func (s *server) LoadOk(loads map[string]load) {
	var wg sync.WaitGroup
	for name, l := range loads {
		s.log.Debugf("%s: %v", name, l)
		wg.Go(func() { take(l.list) })
	}
	wg.Wait()
}

func take(list map[string]int) {
	for k := range list {
		delete(list, k) // want `map list is deleted from here by several goroutines at once with no lock: the goroutine server.LoadBad.1`
	}
}

// LoadBad prints what all goroutines work on.
func (s *server) LoadBad(loads map[string]load, all map[string]int) {
	var wg sync.WaitGroup
	for name := range loads {
		s.log.Debugf("%s: %v", name, all)
		wg.Go(func() { take(all) })
	}
	wg.Wait()
}
