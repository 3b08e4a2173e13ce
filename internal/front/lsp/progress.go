package lsp

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// progress tells the user that a run takes its time.
type progress struct {
	done atomic.Int64 // packages
	stop chan struct{}
}

const (
	patience = time.Second // shorter runs show no progress
	tick     = 500 * time.Millisecond
)

// begin starts the progress of a run, for a client that can show it.
func (s *Server) begin(ctx context.Context, title string) *progress {
	p := &progress{stop: make(chan struct{})}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client.Window.WorkDoneProgress {
		s.runs++
		token := fmt.Sprintf("mapguard-%d", s.runs)
		go s.show(ctx, p, token, title)
	}
	return p
}

// report tells how many packages are done.
func (p *progress) report(packages int) { p.done.Store(int64(packages)) }

// end does not wait for a client that is slow to take it in.
func (p *progress) end() { close(p.stop) }

func (s *Server) show(ctx context.Context, p *progress, token, title string) {
	select {
	case <-p.stop:
		return
	case <-time.After(patience):
	}
	if ctx.Err() != nil || !s.request("window/workDoneProgress/create", createProgress{token}) {
		return
	}
	say := func(kind, title, message string) {
		s.notify("$/progress", progressParams{token, progressValue{kind, title, message}})
	}
	say("begin", title, "")
	every := time.NewTicker(tick)
	defer every.Stop()
	for last := int64(0); ; {
		select {
		case <-p.stop:
			say("end", "", "")
			return
		case <-every.C:
			if n := p.done.Load(); n != last {
				last = n
				say("report", "", fmt.Sprintf("%d packages done", n))
			}
		}
	}
}

// request asks the client for something and waits a while. It must not be called while a message is handled.
func (s *Server) request(method string, params any) (ok bool) {
	ctx, cancel := context.WithTimeout(s.ctx, 5*time.Second)
	defer cancel()
	if err := s.conn.Call(ctx, method, params, nil); err != nil {
		s.log(infoMessage, fmt.Sprintf("%s: %v", method, err))
		return false
	}
	return true
}
