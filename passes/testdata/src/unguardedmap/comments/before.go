package comments

import (
	"net"
	"sync"
)

// Desk has its clerks before it opens.
type Desk struct {
	mu     sync.Mutex
	clerks map[string]func()
}

func (d *Desk) AddOk(name string, f func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clerks[name] = f
}

// Serve answers whoever comes. All clerks should be added with AddOk before calling Serve.
func (d *Desk) Serve(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		go d.FP_answer(conn)
	}
}

func (d *Desk) FP_answer(conn net.Conn) {
	defer conn.Close()
	if f := d.clerks[conn.RemoteAddr().String()]; f != nil { // want `map Desk.clerks is read without Desk.mu`
		f()
	}
}
