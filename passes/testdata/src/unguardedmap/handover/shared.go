package handover

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
