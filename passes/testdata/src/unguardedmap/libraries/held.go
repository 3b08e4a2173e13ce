package libraries

import (
	"net/rpc"
	"sync"
)

// The object whose methods a library calls is a part of another one, which looks into it.

type heldBad struct {
	rpc.ServerCodec
	seen map[uint64]string
}

func (h *heldBad) ReadRequestHeader(r *rpc.Request) error {
	h.seen[r.Seq] = r.ServiceMethod // want `map heldBad.seen is written here and measured at held.go:\d+ with no lock in common: heldBad.ReadRequestHeader is called back on another goroutine`
	return nil
}

type Conn struct{ codec *heldBad }

func (c *Conn) Seen() int { return len(c.codec.seen) }

// Of several it is not known which are in use.
type pooledOk struct {
	rpc.ServerCodec
	seen map[uint64]string
}

func (p *pooledOk) ReadRequestHeader(r *rpc.Request) error {
	p.seen[r.Seq] = r.ServiceMethod
	return nil
}

type Pool struct{ idle []*pooledOk }

func (p *Pool) Seen() int { return len(p.idle[0].seen) }

type lockedOk struct {
	rpc.ServerCodec
	mu   sync.Mutex
	seen map[uint64]string
}

func (l *lockedOk) ReadRequestHeader(r *rpc.Request) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seen[r.Seq] = r.ServiceMethod
	return nil
}

func (l *lockedOk) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.seen)
}

type Locked struct{ codec *lockedOk }

func (l *Locked) Seen() int { return l.codec.count() }
