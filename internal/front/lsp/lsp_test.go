package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/lsp"
)

// wire is the client's end: bytes as they are on the wire.
type wire struct {
	t     *testing.T
	conn  net.Conn
	in    chan message
	ended chan error
	next  int
}

// message is what comes from the server.
type message struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *struct {
		Code    int
		Message string
	}
}

func serve(t *testing.T, opts lsp.Options) *wire {
	t.Helper()
	here, there := net.Pipe()
	w := &wire{t: t, conn: here, in: make(chan message, 1000), ended: make(chan error, 1)}
	go w.read()
	go func() { w.ended <- lsp.Serve(context.Background(), there, opts) }()
	t.Cleanup(func() { here.Close() })
	return w
}

func (w *wire) send(text string) {
	w.t.Helper()
	_, err := fmt.Fprintf(w.conn, "Content-Length: %d\r\n\r\n%s", len(text), text)
	require.NoError(w.t, err)
}

func (w *wire) notify(method, params string) {
	w.t.Helper()
	w.send(fmt.Sprintf(`{"jsonrpc":"2.0","method":%q,"params":%s}`, method, params))
}

// call sends a request and returns the answer to it. Other messages that come first are dropped.
func (w *wire) call(method, params string) message {
	w.t.Helper()
	w.next++
	w.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":%q,"params":%s}`, w.next, method, params))
	return w.until(func(m message) bool { return m.Method == "" && string(m.ID) == fmt.Sprint(w.next) })
}

// read takes messages off the wire until it is closed.
func (w *wire) read() {
	in := bufio.NewReader(w.conn)
	for {
		length := 0
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			fmt.Sscanf(line, "Content-Length: %d", &length)
		}
		text := make([]byte, length)
		var m message
		if _, err := io.ReadFull(in, text); err != nil {
			return
		}
		if err := json.Unmarshal(text, &m); err != nil {
			m.Method = "not JSON: " + string(text)
		}
		w.in <- m
	}
}

// until returns the first message that is wanted.
func (w *wire) until(wanted func(message) bool) message {
	w.t.Helper()
	var others []string
	late := time.After(time.Minute)
	for {
		select {
		case m := <-w.in:
			if wanted(m) {
				return m
			}
			others = append(others, m.Method+string(m.Params))
		case <-late:
			require.FailNow(w.t, "waited in vain", "%v", others)
		}
	}
}

func of(method string) func(message) bool {
	return func(m message) bool { return m.Method == method }
}

// start initializes with a folder that holds a module, and returns the uri of a file in it.
func (w *wire) start(capabilities string) (dir, uri string) {
	w.t.Helper()
	dir, err := filepath.EvalSymlinks(w.t.TempDir())
	require.NoError(w.t, err)
	for name, text := range map[string]string{"go.mod": "module example.com/m\n", "a.go": "package m\n\nvar V = map[int]int{}\n"} {
		require.NoError(w.t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	m := w.call("initialize", fmt.Sprintf(`{"rootUri":"file://%s","capabilities":%s}`, dir, capabilities))
	require.Nil(w.t, m.Error)
	w.notify("initialized", "{}")
	return dir, "file://" + dir + "/a.go"
}

// TestSupersededRunsEnd holds that a change ends the run of what was before, and that the new one is made, with the new text and its version.
func TestSupersededRunsEnd(t *testing.T) {
	began, ended := make(chan string, 10), make(chan error, 10)
	n := 0
	w := serve(t, lsp.Options{Pause: time.Millisecond, Analyse: func(ctx context.Context, req lsp.Request) (*lsp.Result, error) {
		n++
		overlay, _ := os.ReadFile(req.Overlay) // there is none at first
		began <- string(overlay)
		if n == 1 {
			<-ctx.Done()
			ended <- ctx.Err()
			return nil, ctx.Err()
		}
		pos := finding.Pos{File: filepath.Join(req.Dir, "a.go"), Line: 3, Col: 5}
		res := &lsp.Result{Findings: []finding.Finding{{Check: "c", Pos: pos, End: pos, Message: "m"}}}
		return res, nil
	}})
	_, uri := w.start("{}")
	assert.Empty(t, <-began)
	w.notify("textDocument/didOpen", fmt.Sprintf(`{"textDocument":{"uri":%q,"version":7,"text":"package m\n\nvar Changed = 1\n"}}`, uri))
	assert.ErrorIs(t, <-ended, context.Canceled)
	m := w.until(of("textDocument/publishDiagnostics"))
	var p struct {
		Version     int
		Diagnostics []struct {
			Range struct{ End struct{ Character int } }
		}
	}
	require.NoError(t, json.Unmarshal(m.Params, &p))
	assert.Equal(t, 7, p.Version)
	require.Len(t, p.Diagnostics, 1)
	assert.Equal(t, len("var Changed"), p.Diagnostics[0].Range.End.Character, "places are those of the buffer")
	assert.Contains(t, <-began, "a.go")
	w.call("shutdown", "null")
	w.notify("exit", "null")
	require.NoError(t, <-w.ended)
}

// TestTypingIsCheap holds that a change makes a run of its package, and only what is saved one of the module.
func TestTypingIsCheap(t *testing.T) {
	asked := make(chan string, 10)
	w := serve(t, lsp.Options{Pause: time.Millisecond, Analyse: func(_ context.Context, req lsp.Request) (*lsp.Result, error) {
		asked <- strings.Join(req.Patterns, " ")
		return &lsp.Result{}, nil
	}})
	// settled returns what was asked until nothing more comes.
	settled := func() (all []string) {
		all = append(all, <-asked)
		for {
			select {
			case p := <-asked:
				all = append(all, p)
			case <-time.After(time.Second):
				return all
			}
		}
	}
	dir, uri := w.start("{}")
	assert.Equal(t, []string{"./..."}, settled())
	document := func(method, more string) {
		w.notify("textDocument/"+method, fmt.Sprintf(`{"textDocument":{"uri":%q,"version":1,"text":"package m\n"}%s}`, uri, more))
	}
	document("didOpen", "")
	assert.Equal(t, []string{dir, "./..."}, settled())
	document("didChange", `,"contentChanges":[{"text":"package m // changed"}]`)
	assert.Equal(t, []string{dir}, settled())
	document("didSave", "")
	assert.Equal(t, []string{dir, "./..."}, settled())
}

// TestProgress holds that a long run says so, and a short one does not.
func TestProgress(t *testing.T) {
	more := make(chan struct{})
	w := serve(t, lsp.Options{Analyse: func(ctx context.Context, req lsp.Request) (*lsp.Result, error) {
		req.Progress(3)
		<-more
		return &lsp.Result{}, nil
	}})
	w.start(`{"window":{"workDoneProgress":true}}`)
	m := w.until(of("window/workDoneProgress/create"))
	w.send(fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"result":null}`, m.ID))
	kind := func(m message) string {
		var p struct {
			Token string
			Value struct{ Kind, Title, Message string }
		}
		require.NoError(t, json.Unmarshal(m.Params, &p))
		assert.Equal(t, "mapguard-1", p.Token)
		return p.Value.Kind + p.Value.Title + p.Value.Message
	}
	assert.Equal(t, "beginmapguard: ./...", kind(w.until(of("$/progress"))))
	assert.Equal(t, "report3 packages done", kind(w.until(of("$/progress"))))
	close(more)
	assert.Equal(t, "end", kind(w.until(of("$/progress"))))
}

// TestProtocol is about messages that come at the wrong time, or are none of ours.
func TestProtocol(t *testing.T) {
	w := serve(t, lsp.Options{Analyse: func(context.Context, lsp.Request) (*lsp.Result, error) { return &lsp.Result{}, nil }})
	assert.Equal(t, -32002, w.call("textDocument/hover", "{}").Error.Code)
	w.notify("textDocument/didOpen", "{}")
	_, uri := w.start("{}")
	assert.Equal(t, -32600, w.call("initialize", "{}").Error.Code)
	assert.Equal(t, -32601, w.call("textDocument/definition", "{}").Error.Code)
	assert.Equal(t, -32602, w.call("textDocument/hover", `{"position":3}`).Error.Code)
	w.notify("$/cancelRequest", `{"id":1}`)
	w.notify("workspace/somethingNew", "{}")
	assert.Equal(t, "null", string(w.call("textDocument/hover", fmt.Sprintf(`{"textDocument":{"uri":%q},"position":{"line":0,"character":0}}`, uri)).Result))
	for _, other := range []string{"untitled:1", uri} {
		for _, only := range []string{"[]", `["refactor"]`, `["quickfix"]`} {
			m := w.call("textDocument/codeAction", fmt.Sprintf(`{"textDocument":{"uri":%q},"range":{},"context":{"only":%s}}`, other, only))
			assert.Equal(t, "[]", string(m.Result))
		}
	}
	assert.Equal(t, "null", string(w.call("shutdown", "null").Result))
	assert.Equal(t, -32600, w.call("textDocument/hover", "{}").Error.Code)
	w.notify("exit", "null")
	require.NoError(t, <-w.ended)
}

// TestGone holds that the server ends with its client.
func TestGone(t *testing.T) {
	w := serve(t, lsp.Options{Analyse: func(ctx context.Context, _ lsp.Request) (*lsp.Result, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	w.start("{}")
	w.conn.Close()
	require.Error(t, <-w.ended)
}

// TestNothingIsLost holds that of a package that can't be analysed the last findings stay, while the others are taken in, and that a package without
// findings is asked again before its old ones go.
func TestNothingIsLost(t *testing.T) {
	var asked [][]string
	at := func(dir, file string) finding.Finding {
		pos := finding.Pos{File: filepath.Join(dir, file), Line: 1, Col: 1}
		return finding.Finding{Check: "c", Pos: pos, End: pos, Message: file}
	}
	w := serve(t, lsp.Options{Analyse: func(_ context.Context, req lsp.Request) (*lsp.Result, error) {
		asked = append(asked, req.Patterns)
		switch len(asked) {
		case 1: // everything
			return &lsp.Result{Findings: []finding.Finding{at(req.Dir, "a.go"), at(req.Dir, "b/b.go"), at(req.Dir, "c/c.go")}}, nil
		case 2: // the root, which does not compile
			return &lsp.Result{Incomplete: true}, nil
		case 3: // everything, with what compiles
			return &lsp.Result{Incomplete: true, Findings: []finding.Finding{at(req.Dir, "d/d.go")}}, nil
		}
		broken := req.Patterns[0] == req.Dir
		return &lsp.Result{Incomplete: broken}, nil
	}})
	dir, uri := w.start("{}")
	for _, sub := range []string{"b", "c", "d"} {
		require.NoError(t, os.Mkdir(filepath.Join(dir, sub), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, sub, sub+".go"), []byte("package p\n"), 0o600))
	}
	shown := func(file string, n int) func(message) bool {
		return func(m message) bool {
			var p struct {
				URI         string
				Diagnostics []any
			}
			return m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &p) == nil && p.URI == "file://"+dir+"/"+file && len(p.Diagnostics) == n
		}
	}
	w.until(shown("c/c.go", 1))
	w.notify("textDocument/didSave", fmt.Sprintf(`{"textDocument":{"uri":%q}}`, uri))
	w.until(shown("d/d.go", 1))
	w.until(shown("b/b.go", 0))
	w.until(shown("c/c.go", 0))
	w.call("shutdown", "null")
	w.notify("exit", "null")
	require.NoError(t, <-w.ended)
	assert.Equal(t, [][]string{{"./..."}, {dir}, {"./..."}, {dir}, {filepath.Join(dir, "b")}, {filepath.Join(dir, "c")}}, asked)
}
