package handover

import "sync"

// What a received message points to is not the receiver's alone: here it has a lock of its own.
type mailbox struct {
	mu      sync.Mutex
	pending map[int]string
}

func (m *mailbox) Put(id int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pending[id] = "x"
}

type order struct {
	box  *mailbox
	id   int
	args map[string]string
}

type postman struct{ queue chan *order }

func (p *postman) Run() { go p.workBad() }

func (p *postman) workBad() {
	for o := range p.queue {
		o.args["seen"] = "yes"      // came with the message
		delete(o.box.pending, o.id) // want `map mailbox.pending is deleted from without mailbox.mu`
	}
}

func (p *postman) RunOk() { go p.workOk() }

func (p *postman) workOk() {
	for o := range p.queue {
		o.box.mu.Lock()
		delete(o.box.pending, o.id)
		o.box.mu.Unlock()
	}
}

// The box is made for the message.
func (p *postman) RunOwnOk() {
	go func() {
		for o := range p.queue {
			o.box = &mailbox{pending: map[int]string{}}
			o.box.pending[o.id] = "mine"
		}
	}()
}
