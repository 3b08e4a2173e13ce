package shown

import (
	"sync"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// Values that say themselves how they are logged: they are asked where the field is made, or soon after, on that goroutine.

type peer struct {
	mu     sync.Mutex
	name   string
	topics topics
}

type topics map[string]bool

func (t topics) MarshalLogArray(enc zapcore.ArrayEncoder) error {
	for name := range t {
		enc.AppendString(name)
	}
	return nil
}

func (p *peer) MarshalLogObject(enc zapcore.ObjectEncoder) error {
	enc.AddString("name", p.name)
	return enc.AddArray("topics", p.topics)
}

func (p *peer) Subscribe(topic string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.topics[topic] = true
	zap.Info("subscribed", zap.Any("peer", p))
}

func (p *peer) DropBad() {
	zap.Info("dropped", zap.Object("peer", p)) // want `map peer.topics is iterated without peer.mu`
}

func (p *peer) RenameOk(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.name = name
	zap.Info("renamed", zap.Inline(p), zap.Array("topics", p.topics))
}

// What is logged is a copy.
func (p *peer) ListOk() {
	p.mu.Lock()
	all := make(topics, len(p.topics))
	for t := range p.topics {
		all[t] = true
	}
	p.mu.Unlock()
	zap.Info("topics", zap.Array("topics", all))
}
