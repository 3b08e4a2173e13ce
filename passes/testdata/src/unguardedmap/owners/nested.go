package owners

import "sync"

// session starts a loop, which starts the loop of its sender and waits for that at its end.
type session struct {
	stop chan struct{}
	send sender
}

type sender struct {
	quit, done chan struct{}
	in         chan string
	wants      map[string]int
}

func newSession() *session {
	s := &session{stop: make(chan struct{}), send: sender{quit: make(chan struct{}), done: make(chan struct{}), in: make(chan string), wants: map[string]int{}}}
	go s.run()
	return s
}

func (s *session) Want(k string) { s.send.in <- k }

func (s *session) Close() { close(s.stop) }

func (s *session) run() {
	go s.send.loopOk()
	<-s.stop
	s.send.shutdown()
}

func (s *sender) shutdown() {
	close(s.quit)
	<-s.done
}

// loopOk is one goroutine, which newSession knows as a part of the one that it starts.
func (s *sender) loopOk() {
	defer close(s.done)
	for {
		select {
		case k := <-s.in:
			s.wants[k]++
		case <-s.quit:
			return
		}
	}
}

// crew starts its workers twice, so that two goroutines of them meet.
type crew struct {
	wg   sync.WaitGroup
	jobs chan string
	done map[string]int
}

func newCrew() *crew {
	c := &crew{jobs: make(chan string), done: map[string]int{}}
	for range 2 {
		go c.run()
	}
	return c
}

func (c *crew) run() {
	c.wg.Add(1)
	go c.workBad()
	c.wg.Wait()
}

func (c *crew) workBad() {
	defer c.wg.Done()
	for j := range c.jobs {
		c.done[j]++ // want `map crew.done is written here by several goroutines at once with no lock`
	}
}
