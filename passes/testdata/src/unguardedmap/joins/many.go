package joins

import "sync"

// link has signals of its own, which its user's loop gives besides the one that tells of the loop's end.
type link struct {
	up, down, read, wrote, sent, acked, lost, found, slow, fast, open, shut, full, empty chan struct{}
}

func (l *link) tellAll() {
	l.up <- struct{}{}
	l.down <- struct{}{}
	l.read <- struct{}{}
	l.wrote <- struct{}{}
	l.sent <- struct{}{}
	l.acked <- struct{}{}
	l.lost <- struct{}{}
	l.found <- struct{}{}
	l.slow <- struct{}{}
	l.fast <- struct{}{}
	l.open <- struct{}{}
	l.shut <- struct{}{}
	l.full <- struct{}{}
	l.empty <- struct{}{}
}

type hub struct {
	mu    sync.Mutex
	links []*link
	peers map[int]*link
	over  chan struct{}
}

func NewHub(links []*link) *hub {
	h := &hub{links: links, peers: map[int]*link{}, over: make(chan struct{})}
	go h.loop()
	return h
}

func (h *hub) loop() {
	defer close(h.over)
	for i, l := range h.links {
		l.tellAll()
		h.mu.Lock()
		h.peers[i] = l
		h.mu.Unlock()
	}
}

func (h *hub) LookOk(i int) *link {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.peers[i]
}

// However much the loop signals, its end is its end.
func (h *hub) CloseOk() {
	<-h.over
	for _, l := range h.peers {
		close(l.up)
	}
}

func (h *hub) CloseBad() {
	for _, l := range h.peers { // want `map hub.peers is iterated without hub.mu`
		close(l.up)
	}
}
