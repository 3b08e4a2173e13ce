package main_test

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sourcegraph/jsonrpc2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/format"
)

// editor is a client of mapguard lsp that keeps what it is sent.
type editor struct {
	t    testing.TB
	cmd  *exec.Cmd
	conn *jsonrpc2.Conn

	mu    sync.Mutex
	shown map[string][]format.Diagnostic // by path, as published last
	told  []string                       // messages to the user and to the log
	asked []string                       // requests to the client
	ended int                            // runs with progress
	news  chan struct{}
}

type pipes struct {
	io.Reader
	io.WriteCloser
}

// open starts the server with some folders.
func open(t testing.TB, args []string, env []string, folders ...string) *editor {
	t.Helper()
	e := &editor{t: t, cmd: exec.Command(bin, append([]string{"lsp"}, args...)...), shown: map[string][]format.Diagnostic{}, news: make(chan struct{}, 100)}
	e.cmd.Env = append(append(os.Environ(), "GOWORK=", "GOFLAGS=-mod=mod"), env...)
	in, err := e.cmd.StdinPipe()
	require.NoError(t, err)
	out, err := e.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, e.cmd.Start())
	e.conn = jsonrpc2.NewConn(context.Background(), jsonrpc2.NewBufferedStream(pipes{out, in}, jsonrpc2.VSCodeObjectCodec{}), jsonrpc2.AsyncHandler(e))
	t.Cleanup(func() { e.cmd.Process.Kill() })
	var dirs []map[string]string
	for _, f := range folders {
		dirs = append(dirs, map[string]string{"uri": uri(f), "name": filepath.Base(f)})
	}
	var got struct {
		Capabilities struct{ HoverProvider bool }
	}
	e.call("initialize", map[string]any{"workspaceFolders": dirs, "capabilities": map[string]any{
		"window":    map[string]any{"workDoneProgress": true},
		"workspace": map[string]any{"didChangeWatchedFiles": map[string]any{"dynamicRegistration": true}},
	}}, &got)
	require.True(t, got.Capabilities.HoverProvider)
	e.notify("initialized", struct{}{})
	return e
}

// Handle takes what the server sends.
func (e *editor) Handle(ctx context.Context, conn *jsonrpc2.Conn, req *jsonrpc2.Request) {
	e.mu.Lock()
	switch req.Method {
	case "textDocument/publishDiagnostics":
		var p format.PublishDiagnosticsParams
		if err := json.Unmarshal(*req.Params, &p); err == nil {
			u, _ := url.Parse(p.URI)
			e.shown[u.Path] = p.Diagnostics
		}
	case "$/progress":
		if strings.Contains(string(*req.Params), `"kind":"end"`) {
			e.ended++
		}
	case "window/showMessage", "window/logMessage":
		e.told = append(e.told, req.Method+" "+string(*req.Params))
	}
	if !req.Notif {
		e.asked = append(e.asked, req.Method)
	}
	e.mu.Unlock()
	e.news <- struct{}{}
	if !req.Notif {
		conn.Reply(ctx, req.ID, nil)
	}
}

func (e *editor) call(method string, params, result any) {
	e.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	require.NoError(e.t, e.conn.Call(ctx, method, params, result))
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	require.NoError(e.t, e.conn.Notify(context.Background(), method, params))
}

// until waits for what the server sends to make ok true.
func (e *editor) until(what string, ok func() bool) {
	e.t.Helper()
	late := time.After(2 * time.Minute)
	for {
		e.mu.Lock()
		done := ok()
		e.mu.Unlock()
		if done {
			return
		}
		select {
		case <-e.news:
		case <-late:
			e.mu.Lock()
			defer e.mu.Unlock()
			require.FailNow(e.t, "waited in vain", "%s\n%v\n%v", what, e.shown, e.told)
		}
	}
}

// findings waits until a file has so many findings, and returns them.
func (e *editor) findings(file string, n int) []format.Diagnostic {
	e.t.Helper()
	var got []format.Diagnostic
	e.until(file, func() bool {
		all, published := e.shown[file]
		got = all
		return published && len(all) == n
	})
	return got
}

func (e *editor) edit(file string, version int, text string) {
	e.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": uri(file), "version": version}, "contentChanges": []any{map[string]string{"text": text}},
	})
}

func (e *editor) opened(file string) {
	text, err := os.ReadFile(file)
	require.NoError(e.t, err)
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri(file), "languageId": "go", "version": 1, "text": string(text)}})
}

func (e *editor) saved(file, text string) {
	require.NoError(e.t, os.WriteFile(file, []byte(text), 0o666))
	e.notify("textDocument/didSave", map[string]any{"textDocument": map[string]string{"uri": uri(file)}})
}

func (e *editor) actions(file string, line, character int) []format.CodeAction {
	e.t.Helper()
	at := map[string]int{"line": line, "character": character}
	var got []format.CodeAction
	e.call("textDocument/codeAction", map[string]any{
		"textDocument": map[string]string{"uri": uri(file)}, "range": map[string]any{"start": at, "end": at}, "context": map[string]any{"diagnostics": []any{}},
	}, &got)
	return got
}

func (e *editor) hover(file string, line, character int) string {
	e.t.Helper()
	var got struct{ Contents struct{ Kind, Value string } }
	e.call("textDocument/hover", map[string]any{"textDocument": map[string]string{"uri": uri(file)}, "position": map[string]int{"line": line, "character": character}}, &got)
	return got.Contents.Value
}

// close ends the server as an editor does.
func (e *editor) close() {
	e.t.Helper()
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	require.NoError(e.t, e.cmd.Wait())
}

func uri(file string) string { return (&url.URL{Scheme: "file", Path: file}).String() }

const serverSource = `package demo

import "sync"

type Server struct {
	mu   sync.RWMutex
	hits map[string]int
}

func (s *Server) Count(k string) {
	s.mu.Lock()
	s.hits[k]++
	s.mu.Unlock()
}

func (s *Server) Each(f func(string)) {
	/* 世界 😀 */ for k := range s.hits {
		f(k)
	}
}

func show(s Server) { s.Count("") }
`

// module writes a module with a finding, a fix over two files and a package that imports it.
func module(t *testing.T, name string) (dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	write(t, dir, map[string]string{
		"go.mod":       "module example.com/" + name + "\n\ngo 1.26\n",
		"server.go":    serverSource,
		"show.go":      "package demo\n\nfunc Show(s *Server) { show(*s) }\n",
		"demo_test.go": "package demo\n",
		"use/use.go":   "package use\n\nimport \"example.com/" + name + "\"\n\nvar m = map[int]int{}\n\nfunc F(s *demo.Server) {\n\tgo func() { m[1]++ }()\n\tm[2] = 1\n\ts.Count(\"\")\n}\n",
	})
	return dir
}

// TestEditor goes through what one does with one file.
func TestEditor(t *testing.T) {
	dir := module(t, "demo")
	file := filepath.Join(dir, "server.go")
	e := open(t, []string{"-pause=50ms"}, nil, dir)
	// The workspace is analysed with nothing open. The package is there once, although its tests hold it again.
	got := e.findings(file, 2)
	e.findings(filepath.Join(dir, "use/use.go"), 1)
	d := got[0]
	assert.Equal(t, "unguardedmap", d.Code)
	assert.Equal(t, "mapguard", d.Source)
	assert.Contains(t, d.CodeDescription.Href, "/docs/unguardedmap.md")
	assert.Equal(t, format.Range{Start: format.Position{Line: 16, Character: 13}, End: format.Position{Line: 16, Character: 34}}, d.Range, "columns are UTF-16")
	require.Len(t, d.RelatedInformation, 1)
	assert.Equal(t, uri(file), d.RelatedInformation[0].Location.URI)
	assert.Equal(t, 11, d.RelatedInformation[0].Location.Range.Start.Line)
	assert.Nil(t, d.Data)

	// Hover, on a use and on the declaration.
	e.opened(file)
	says := "map Server.hits is guarded by Server.mu, held at 1 of the 2 places that touch it, not at [server.go:17](" + uri(file) + "#L17)"
	assert.Equal(t, says, e.hover(file, 11, 4))
	assert.Equal(t, says, e.hover(file, 6, 2))
	assert.Empty(t, e.hover(file, 5, 2))

	// Actions: the fix over both files, and silence.
	acts := e.actions(file, 21, 12)
	require.NotEmpty(t, acts)
	assert.True(t, acts[0].IsPreferred)
	assert.Len(t, acts[0].Edit.Changes, 2)
	assert.Equal(t, "lockcopy", acts[0].Diagnostics[0].Code)
	acts = e.actions(file, 16, 20)
	require.NotEmpty(t, acts)
	silence := acts[len(acts)-1]
	assert.Equal(t, "Silence unguardedmap here: put the reason for REASON", silence.Title)
	text := applied(t, serverSource, silence.Edit.Changes[uri(file)])
	assert.Contains(t, text, "\n\t//mapguard:ignore unguardedmap REASON\n\t/* 世界")

	// A change that is not saved. The directive has no reason yet.
	e.edit(file, 2, text)
	e.findings(file, 3)
	e.edit(file, 3, strings.Replace(text, "REASON", "only a test", 1))
	e.findings(file, 1)
	assert.Empty(t, e.actions(file, 16, 20))

	// Code that does not compile: the last good findings stay, and go no sooner than it does.
	e.edit(file, 4, "package demo\n\nfunc (")
	e.until("log", func() bool { return strings.Contains(strings.Join(e.told, "\n"), "not everything could be analysed") })
	assert.Len(t, e.findings(file, 1), 1)
	assert.Empty(t, e.actions(file, 21, 12), "an edit of what is no longer so")
	fixed := strings.NewReplacer("show(s Server)", "show(s *Server)").Replace(serverSource)
	e.notify("textDocument/didClose", map[string]any{"textDocument": map[string]string{"uri": uri(file)}})
	e.findings(file, 2)

	// Saved, with the other file changed on disk.
	write(t, dir, map[string]string{"show.go": "package demo\n\nfunc Show(s *Server) { show(s) }\n"})
	e.opened(file)
	e.saved(file, fixed)
	e.edit(file, 5, fixed)
	e.findings(file, 1)
	e.close()
}

// applied makes edits of one line each, which insert.
func applied(t *testing.T, text string, edits []format.TextEdit) string {
	t.Helper()
	require.Len(t, edits, 1)
	require.Equal(t, edits[0].Range.Start, edits[0].Range.End)
	lines := strings.SplitAfter(text, "\n")
	at := edits[0].Range.Start
	require.Zero(t, at.Character)
	return strings.Join(lines[:at.Line], "") + edits[0].NewText + strings.Join(lines[at.Line:], "")
}

// TestEditorFolders has several folders, one without a module of its own, and hears of files that change outside the editor.
func TestEditorFolders(t *testing.T) {
	a, b := module(t, "a"), module(t, "b")
	outer, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	write(t, outer, map[string]string{"x/go.mod": "module example.com/x\n", "x/x.go": "package x\n\nvar m = map[int]int{}\n\nfunc F() {\n\tgo func() { m[1]++ }()\n\tm[2] = 1\n}\n"})
	e := open(t, nil, nil, a, outer)
	e.findings(filepath.Join(a, "server.go"), 2)
	e.findings(filepath.Join(outer, "x/x.go"), 1)
	e.until("watch", func() bool { return len(e.asked) > 0 && e.asked[0] == "client/registerCapability" })
	folder := func(dir string) []any { return []any{map[string]string{"uri": uri(dir)}} }
	e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{"added": folder(b), "removed": folder(a)}})
	e.findings(filepath.Join(a, "server.go"), 0)
	e.opened(filepath.Join(a, "server.go")) // which is no longer in a folder
	e.findings(filepath.Join(b, "server.go"), 2)

	changed := func(file string) {
		e.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": uri(file), "type": 2}}})
	}
	file := filepath.Join(outer, "x/x.go")
	write(t, outer, map[string]string{"x/x.go": "package x\n"})
	changed(file)
	e.findings(file, 0)
	require.NoError(t, os.RemoveAll(filepath.Join(b, "use")))
	changed(filepath.Join(b, "use/use.go"))
	e.findings(filepath.Join(b, "use/use.go"), 0)
	write(t, b, map[string]string{".mapguard.yaml": "flags: [-lockcopy]\n"})
	changed(filepath.Join(b, ".mapguard.yaml"))
	e.findings(filepath.Join(b, "server.go"), 1)
	e.findings(filepath.Join(a, "server.go"), 0)
	e.close()
}

// TestEditorWithoutGo holds that one who has no go command is told, once.
func TestEditorWithoutGo(t *testing.T) {
	dir := module(t, "demo")
	e := open(t, nil, []string{"PATH=" + t.TempDir()}, dir)
	e.opened(filepath.Join(dir, "server.go"))
	e.opened(filepath.Join(dir, "show.go"))
	e.until("message", func() bool { return len(e.told) > 0 })
	e.call("textDocument/hover", map[string]any{"textDocument": map[string]string{"uri": uri(dir)}, "position": map[string]int{"line": 0, "character": 0}}, nil)
	e.mu.Lock()
	require.Len(t, e.told, 1)
	assert.Contains(t, e.told[0], "window/showMessage")
	assert.Contains(t, e.told[0], "mapguard needs the go command and can't find it on PATH. Install Go")
	e.mu.Unlock()
	e.close()
}
