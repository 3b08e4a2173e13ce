package lsp

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// document is what the editor has in a buffer.
type document struct {
	version int
	text    string
}

func (s *Server) didOpen(raw json.RawMessage) (any, error) {
	var p documentParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := fileOf(p.TextDocument.URI)
	if !s.ours(file) {
		return nil, nil
	}
	s.docs[file] = document{p.TextDocument.Version, p.TextDocument.Text}
	dir := filepath.Dir(file)
	if s.packages[dir] == nil && !s.whole[s.homes[dir].dir] || s.unsaved(file) {
		s.queue.saved(0, []string{dir}, nil)
	}
	return nil, nil
}

func (s *Server) didChange(raw json.RawMessage) (any, error) {
	var p changeParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := fileOf(p.TextDocument.URI)
	if _, open := s.docs[file]; !open || len(p.ContentChanges) == 0 {
		return nil, nil
	}
	s.docs[file] = document{p.TextDocument.Version, p.ContentChanges[len(p.ContentChanges)-1].Text}
	if s.opts.Pause > 0 {
		s.queue.typed(s.opts.Pause, filepath.Dir(file))
	}
	return nil, nil
}

func (s *Server) didSave(raw json.RawMessage) (any, error) {
	var p documentParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if file := fileOf(p.TextDocument.URI); s.ours(file) {
		s.queue.saved(0, []string{filepath.Dir(file)}, nil)
	}
	return nil, nil
}

func (s *Server) didClose(raw json.RawMessage) (any, error) {
	var p documentParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	file := fileOf(p.TextDocument.URI)
	if s.unsaved(file) {
		s.queue.saved(0, []string{filepath.Dir(file)}, nil) // as it is on disk
	}
	delete(s.docs, file)
	return nil, nil
}

// didChangeFolders takes folders in, and forgets what was found in those that go.
func (s *Server) didChangeFolders(raw json.RawMessage) (any, error) {
	var p foldersParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range p.Event.Removed {
		gone := fileOf(f.URI)
		s.folders = slices.DeleteFunc(s.folders, func(dir string) bool { return dir == gone })
		for dir := range s.packages {
			if below(gone, dir) {
				delete(s.packages, dir)
			}
		}
	}
	s.publish()
	var added []string
	for _, f := range p.Event.Added {
		if dir := fileOf(f.URI); dir != "" {
			added = append(added, dir)
		}
	}
	if s.folders = append(s.folders, added...); len(added) > 0 {
		s.queue.saved(0, nil, added)
	}
	return nil, nil
}

// didChangeWatched hears of files that change outside the editor, and of those that it saves.
func (s *Server) didChangeWatched(raw json.RawMessage) (any, error) {
	var p watchedParams
	if err := decode(raw, &p); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var dirs, homes []string
	for _, c := range p.Changes {
		file := fileOf(c.URI)
		if _, open := s.docs[file]; open {
			continue // didSave has it
		}
		switch {
		case s.ours(file):
			dirs = append(dirs, filepath.Dir(file))
		case filepath.Ext(file) != ".go" && file != "": // go.mod, .mapguard.yaml
			clear(s.homes)
			homes = append(homes, filepath.Dir(file))
		}
	}
	if len(dirs)+len(homes) > 0 {
		s.queue.saved(s.opts.Pause, dirs, homes)
	}
	return nil, nil
}

// watch asks the client to tell of files.
func (s *Server) watch() {
	var watchers []watcher
	for _, glob := range []string{"**/*.go", "**/go.mod", "**/go.sum", "**/go.work", "**/.mapguard.yaml"} {
		watchers = append(watchers, watcher{glob})
	}
	s.request("client/registerCapability", registrationParams{[]registration{{"files", "workspace/didChangeWatchedFiles", watchOptions{watchers}}}})
}

// below reports whether path is dir or lies below it.
func below(dir, path string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// ours reports whether a file is Go that somebody works on here: not what is looked up in a dependency. s.mu must be held.
func (s *Server) ours(file string) bool {
	if filepath.Ext(file) != ".go" || strings.Contains(filepath.ToSlash(file), "/vendor/") {
		return false
	}
	return len(s.folders) == 0 || slices.ContainsFunc(s.folders, func(dir string) bool { return below(dir, file) })
}

// unsaved reports whether a buffer is not what is on disk. s.mu must be held.
func (s *Server) unsaved(file string) bool {
	doc, open := s.docs[file]
	if !open {
		return false
	}
	text, err := os.ReadFile(file)
	return err != nil || string(text) != doc.text
}

// text returns what a file is now, in the editor or else on disk. s.mu must be held.
func (s *Server) text(file string) (text string, ok bool) {
	if doc, open := s.docs[file]; open {
		return doc.text, true
	}
	data, err := os.ReadFile(file)
	return string(data), err == nil
}

// makeOverlays makes the directory of the overlays.
func (s *Server) makeOverlays() (remove func(), err error) {
	if s.overlays, err = os.MkdirTemp("", "mapguard-lsp-"); err != nil {
		return nil, fmt.Errorf("buffers that are not saved need a place: %w", err)
	}
	return func() { os.RemoveAll(s.overlays) }, nil
}

// overlay writes the buffers that are not saved, and the file that names them for -overlay. It is empty if there are none, or if only what is saved is to
// be analysed.
//
// The same content has the same name, so that the go command's cache knows it.
func (s *Server) overlay() (name string, instead map[string]string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, err := filepath.Glob(filepath.Join(s.overlays, "*")); err == nil { // of earlier runs: a session can be long
		for _, file := range old {
			os.Remove(file)
		}
	}
	instead = map[string]string{}
	for file, doc := range s.docs {
		if s.opts.Pause == 0 || !s.unsaved(file) {
			continue
		}
		sum := sha256.Sum256([]byte(file + "\x00" + doc.text))
		by := filepath.Join(s.overlays, hex.EncodeToString(sum[:8])+"-"+filepath.Base(file))
		if err := os.WriteFile(by, []byte(doc.text), 0o600); err != nil {
			return "", nil, err
		}
		instead[file] = by
	}
	if len(instead) == 0 {
		return "", nil, nil
	}
	text, err := json.Marshal(map[string]any{"Replace": instead})
	if err != nil {
		return "", nil, err
	}
	name = filepath.Join(s.overlays, "overlay.json")
	return name, instead, os.WriteFile(name, text, 0o600)
}
