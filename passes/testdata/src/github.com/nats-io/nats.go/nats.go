// Package nats is a stub with the shape of github.com/nats-io/nats.go.
package nats

type Msg struct {
	Subject string
	Data    []byte
}

type MsgHandler func(msg *Msg)

type ConnHandler func(*Conn)

type Subscription struct{}

type Conn struct{}

func (nc *Conn) Subscribe(subj string, cb MsgHandler) (*Subscription, error) { return nil, nil }

func (nc *Conn) SetReconnectHandler(rcb ConnHandler) {}

func (nc *Conn) SetClosedHandler(cb ConnHandler) {}
