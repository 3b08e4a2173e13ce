package joins

import "sync"

type services struct {
	mu     sync.Mutex
	names  []string
	status map[string]string
}

// The lock is for the goroutines among each other, but it is the object's, so that the method is taken to be called by several at once.
func (s *services) FP_StartAll(start func(string) string) map[string]string {
	for _, name := range s.names {
		s.status[name] = "starting" // want `map services.status is written without services.mu`
	}
	var wg sync.WaitGroup
	for _, name := range s.names {
		wg.Add(1)
		go s.start(&wg, name, start)
	}
	wg.Wait()
	return s.status
}

func (s *services) start(wg *sync.WaitGroup, name string, start func(string) string) {
	defer wg.Done()
	status := start(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.status[name] = status
}
