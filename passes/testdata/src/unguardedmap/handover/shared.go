package handover

import "sync"

type peer struct{ topics map[string]bool }

type letter struct {
	from *peer
	text string
}

type post struct{ in chan letter }

// Each peer sends many letters: what they lead to is one object.
func (p *post) serve(from *peer, texts []string) {
	for _, t := range texts {
		p.in <- letter{from, t}
	}
}

// FN_Run works on the peer of a letter while a goroutine that it has started for an earlier letter looks at it.
func (p *post) FN_Run() {
	for l := range p.in {
		l.from.topics[l.text] = true
		go func() { println(len(l.from.topics)) }()
	}
}

func startPost(peers []*peer) {
	p := &post{make(chan letter)}
	go p.FN_Run()
	for _, from := range peers {
		go p.serve(from, []string{"a", "b"})
	}
}

type fetch struct {
	id   int
	urls map[int]string
}

// FN_Fetch looks into the map that all fetches have before it takes the lock, under which it writes.
func FN_Fetch(in <-chan fetch, mu *sync.Mutex, done *sync.WaitGroup) {
	for f := range in {
		if _, ok := f.urls[f.id]; !ok {
			mu.Lock()
			f.urls[f.id] = "http://"
			mu.Unlock()
		}
	}
	done.Done()
}

var fetchMu sync.Mutex

func fetchAll(n int) {
	in := make(chan fetch, n)
	urls := map[int]string{}
	for i := range n {
		in <- fetch{i, urls}
	}
	close(in)
	var done sync.WaitGroup
	for range 4 {
		done.Add(1)
		go FN_Fetch(in, &fetchMu, &done)
	}
	done.Wait()
}
