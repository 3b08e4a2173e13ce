// Package lsp is a language server that shows in an editor what the front end finds. It runs beside gopls, which can't load analyzers of others.
//
// There is no loader and no analysis here: each run is a run of the front end, of the package of a file that was opened, saved or, after a pause, changed,
// and then of the whole module, whose other packages may depend on it. Buffers that are not saved go in by an overlay.
package lsp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/sourcegraph/jsonrpc2"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/format"
)

// Options is what the front end lends.
type Options struct {
	// Analyse runs the checks. An error means that nothing could be run.
	Analyse func(context.Context, Request) (*Result, error)
	Version string
	Checks  []format.Check // those that //mapguard:ignore silences
	Others  []format.Check
	Pause   time.Duration // after a change; 0: changes are not analysed, only what is saved
}

// Request says what to analyse.
type Request struct {
	Dir      string
	Patterns []string
	Overlay  string // a file as -overlay wants it, or empty
	Progress func(packages int)
}

// Result is what a run found.
type Result struct {
	Findings   []finding.Finding
	Guards     []finding.Finding // of the analyzer that tells which lock guards a map
	Incomplete bool              // something does not compile
	Says       string            // the go command
	Instead    map[string]string // as in source.Cache
}

// Server is one connection.
type Server struct {
	opts     Options
	conn     *jsonrpc2.Conn
	queue    *queue
	overlays string // a directory
	handlers map[string]handler
	out      chan notification
	ctx      context.Context    // of the conversation
	end      context.CancelFunc // ends ctx

	mu       sync.Mutex
	client   clientCapabilities
	phase    phase
	folders  []string
	docs     map[string]document // by file
	homes    map[string]home     // by directory
	packages map[string]*entry   // by directory
	whole    map[string]bool     // homes that were analysed as a whole
	sent     map[string]string   // what was published, by address
	said     string              // the last message of the log
	noGo     bool                // the user was told that there is no go command
	runs     int                 // that showed progress
}

type handler func(params json.RawMessage) (any, error)

// phase is how far the conversation is.
type phase int

const (
	fresh phase = iota
	running
	shutDown
)

// Serve speaks over a stream until the client says exit or closes it. An error means that it did so without a shutdown.
func Serve(ctx context.Context, stream io.ReadWriteCloser, opts Options) error {
	s := &Server{
		opts: opts, queue: newQueue(), out: make(chan notification, 1000),
		docs: map[string]document{}, homes: map[string]home{}, packages: map[string]*entry{}, whole: map[string]bool{}, sent: map[string]string{},
	}
	s.handlers = map[string]handler{
		"initialize":                          s.initialize,
		"initialized":                         s.initialized,
		"shutdown":                            s.shutdown,
		"exit":                                s.exit,
		"textDocument/didOpen":                s.didOpen,
		"textDocument/didChange":              s.didChange,
		"textDocument/didSave":                s.didSave,
		"textDocument/didClose":               s.didClose,
		"textDocument/codeAction":             s.codeAction,
		"textDocument/hover":                  s.hover,
		"workspace/didChangeWorkspaceFolders": s.didChangeFolders,
		"workspace/didChangeWatchedFiles":     s.didChangeWatched,
	}
	s.ctx, s.end = context.WithCancel(ctx)
	defer s.end()
	remove, err := s.makeOverlays()
	if err != nil {
		return err
	}
	defer remove()
	started := make(chan struct{}) // a request may come before NewConn returns
	s.conn = jsonrpc2.NewConn(s.ctx, jsonrpc2.NewBufferedStream(stream, jsonrpc2.VSCodeObjectCodec{}), after{started, s})
	close(started)
	var workers sync.WaitGroup
	workers.Go(s.work)
	workers.Go(s.sendAll)
	<-s.conn.DisconnectNotify() // the end of ctx leads to it, too
	s.end()
	workers.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.phase != shutDown {
		return errors.New("the editor went away without a shutdown")
	}
	return nil
}

// after is a handler that waits until it may begin.
type after struct {
	started <-chan struct{}
	s       *Server
}

func (a after) Handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	<-a.started
	a.s.handle(ctx, req)
}

// handle answers one message. The connection brings the next one when it returns, so messages are handled in their order, and none may wait: what takes
// time is for the worker. That is why $/cancelRequest has nothing to do.
func (s *Server) handle(ctx context.Context, req *jsonrpc2.Request) {
	result, err := s.call(req)
	if req.Notif {
		if err != nil {
			s.log(warningMessage, fmt.Sprintf("%s: %v", req.Method, err))
		}
		return
	}
	if err != nil {
		var rpc *jsonrpc2.Error
		if !errors.As(err, &rpc) {
			rpc = &jsonrpc2.Error{Code: jsonrpc2.CodeInternalError, Message: err.Error()}
		}
		_ = s.conn.ReplyWithError(ctx, req.ID, rpc) // the client is gone: so will we be
		return
	}
	_ = s.conn.Reply(ctx, req.ID, result)
}

func (s *Server) call(req *jsonrpc2.Request) (any, error) {
	h, ok := s.handlers[req.Method]
	if !ok {
		if req.Notif {
			return nil, nil // what we don't know of need not trouble anyone
		}
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "mapguard does not do " + req.Method}
	}
	s.mu.Lock()
	phase := s.phase
	s.mu.Unlock()
	switch {
	case phase == fresh && req.Notif && req.Method != "exit":
		return nil, nil // so the protocol has it
	case phase == fresh && !req.Notif && req.Method != "initialize":
		return nil, &jsonrpc2.Error{Code: notInitialized, Message: req.Method + " before initialize"}
	case phase == running && req.Method == "initialize", phase == shutDown && req.Method != "exit":
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidRequest, Message: "this is no time for " + req.Method}
	}
	var params json.RawMessage
	if req.Params != nil {
		params = *req.Params
	}
	return h(params)
}

func (s *Server) initialize(raw json.RawMessage) (any, error) {
	var p initializeParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase, s.client = running, p.Capabilities
	if p.WorkspaceFolders == nil && p.RootURI != "" {
		p.WorkspaceFolders = []workspaceFolder{{URI: p.RootURI}}
	}
	for _, f := range p.WorkspaceFolders {
		if dir := fileOf(f.URI); dir != "" {
			s.folders = append(s.folders, dir)
		}
	}
	return initializeResult{
		Capabilities: serverCapabilities{
			PositionEncoding: "utf-16", TextDocumentSync: syncOptions{OpenClose: true, Change: fullSync}, HoverProvider: true,
			CodeActionProvider: codeActionOptions{[]string{quickFix}}, Workspace: workspaceOptions{folderOptions{true, true}},
		},
		ServerInfo: serverInfo{"mapguard", s.opts.Version},
	}, nil
}

// initialized begins the work: the client takes messages from now on.
func (s *Server) initialized(json.RawMessage) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.client.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		go s.watch() // it waits for an answer
	}
	s.queue.saved(0, nil, s.folders)
	return nil, nil
}

func (s *Server) shutdown(json.RawMessage) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.phase = shutDown
	s.queue.close()
	return nil, nil
}

func (s *Server) exit(json.RawMessage) (any, error) {
	s.end()
	return nil, nil
}

func decode(raw json.RawMessage, to any) error {
	if err := json.Unmarshal(raw, to); err != nil {
		return &jsonrpc2.Error{Code: jsonrpc2.CodeInvalidParams, Message: err.Error()}
	}
	return nil
}

// notification is a message that the client need not answer.
type notification struct {
	method string
	params any
}

// notify has a notification sent. It doesn't wait for a client that first wants to be heard itself: each would wait for the other.
func (s *Server) notify(method string, params any) {
	select {
	case s.out <- notification{method, params}:
	case <-s.ctx.Done():
	}
}

// sendAll sends notifications in their order.
func (s *Server) sendAll() {
	for {
		select {
		case n := <-s.out:
			_ = s.conn.Notify(s.ctx, n.method, n.params) // the client is gone: so will we be
		case <-s.ctx.Done():
			return
		}
	}
}

// log adds to the server's log, which is out of the user's way. What was said last is not said again.
func (s *Server) log(kind int, text string) {
	s.mu.Lock()
	again := text == s.said
	s.said = text
	s.mu.Unlock()
	if !again {
		s.notify("window/logMessage", messageParams{kind, text})
	}
}
