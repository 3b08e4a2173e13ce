package lsp

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/front/source"
	"github.com/mapguard/mapguard/internal/front/vet"
)

// home is where to run the go command for a directory, and what belongs together there.
type home struct {
	dir      string
	patterns []string // empty: no module
}

// work does what is in the queue.
func (s *Server) work() {
	for {
		t, ok := s.queue.next(s.ctx)
		if !ok {
			return
		}
		var homes []string
		var err error
		if t.home != "" {
			homes, err = s.module(t.ctx, t.home)
		} else {
			homes, err = s.some(t.ctx, t.dirs)
		}
		if s.queue.done(t) {
			continue // whatever came of it, it is to be done again
		}
		s.tell(err)
		s.queue.then(homes)
	}
}

// tell says that nothing could be run. That there is no go command is for the user to mend, all else for the log.
func (s *Server) tell(err error) {
	missing := errors.Is(err, exec.ErrNotFound)
	s.mu.Lock()
	told := s.noGo
	s.noGo = missing
	s.mu.Unlock()
	switch {
	case missing && !told:
		s.notify("window/showMessage", messageParams{errorMessage,
			"mapguard needs the go command and can't find it on PATH. Install Go (https://go.dev/dl), or start the editor from where go can be run, and open or save a Go file again."})
	case err != nil && !missing:
		s.log(errorMessage, err.Error())
	}
}

// some analyses packages and returns the modules of those that the modules are to follow: what imports them may have changed its meaning.
func (s *Server) some(ctx context.Context, dirs map[string]bool) (homes []string, err error) {
	patterns := map[string][]string{}
	for _, dir := range slices.Sorted(maps.Keys(dirs)) {
		if !holdsGo(dir) {
			s.forget(dir)
			continue
		}
		h, err := s.homeOf(ctx, dir)
		if err != nil {
			return nil, err
		}
		if dirs[dir] && h.patterns != nil {
			homes = append(homes, h.dir)
		}
		patterns[h.dir] = append(patterns[h.dir], dir)
	}
	for home, dirs := range patterns {
		run, err := s.run(ctx, home, dirs)
		if err != nil {
			return nil, err
		}
		s.keep(run, func(dir string, e *entry) bool {
			return !run.Incomplete && slices.Contains(dirs, dir) // the last good findings stay while it doesn't compile
		})
	}
	return homes, nil
}

// module analyses all packages of the module, or the workspace, that dir is in. If it is in none it returns those below.
func (s *Server) module(ctx context.Context, dir string) (below []string, err error) {
	h, err := s.homeOf(ctx, dir)
	if err != nil {
		return nil, err
	}
	if h.patterns == nil {
		return modules(dir), nil
	}
	run, err := s.run(ctx, h.dir, h.patterns)
	if err != nil {
		return nil, err
	}
	s.keep(run, func(_ string, e *entry) bool { return e.home == h.dir && !run.Incomplete })
	s.mu.Lock()
	s.whole[h.dir] = true
	s.mu.Unlock()
	if !run.Incomplete {
		return nil, nil
	}
	// The go command does not say which packages it could analyse. Those of which something was found before and nothing now are asked one by one.
	for _, dir := range s.doubtful(h.dir, run) {
		if _, err := s.some(ctx, map[string]bool{dir: false}); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// analysis is one run.
type analysis struct {
	*Result
	home     string
	source   *source.Cache
	versions map[string]int // of the buffers
}

// run analyses patterns in a home.
func (s *Server) run(ctx context.Context, home string, patterns []string) (*analysis, error) {
	overlay, instead, err := s.overlay()
	if err != nil {
		return nil, err
	}
	a := &analysis{home: home, source: &source.Cache{Instead: instead}, versions: map[string]int{}}
	s.mu.Lock()
	for file, doc := range s.docs {
		if s.opts.Pause > 0 {
			a.versions[file] = doc.version
		}
	}
	s.mu.Unlock()
	progress := s.begin(ctx, "mapguard: "+strings.Join(patterns, " "))
	defer progress.end()
	a.Result, err = s.opts.Analyse(ctx, Request{home, patterns, overlay, progress.report})
	if err != nil {
		return nil, err
	}
	if a.Incomplete {
		says := a.Says
		for file, by := range instead {
			says = strings.ReplaceAll(says, by, file)
		}
		s.log(warningMessage, fmt.Sprintf("not everything could be analysed:\n%s", says))
	}
	return a, ctx.Err()
}

func (s *Server) homeOf(ctx context.Context, dir string) (home, error) {
	s.mu.Lock()
	h, ok := s.homes[dir]
	s.mu.Unlock()
	if ok {
		return h, nil
	}
	var err error
	if h.dir, h.patterns, err = vet.Home(ctx, dir); err != nil {
		return h, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.homes[dir] = h
	return h, nil
}

// holdsGo reports whether there is a Go file in dir.
func holdsGo(dir string) bool {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	return err == nil && len(files) > 0
}

// depth is how many directories below a workspace folder modules are looked for.
const depth = 3

// modules returns the directories of the modules below dir, for a folder that holds several of them and is none itself.
func modules(dir string) (out []string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error { // what can't be read holds no module
		if err != nil || !d.IsDir() {
			return nil
		}
		name := d.Name()
		rel, _ := filepath.Rel(dir, path)
		if path != dir && (name[0] == '.' || name[0] == '_' || name == "vendor" || name == "node_modules" || name == "testdata") {
			return fs.SkipDir
		}
		if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil && path != dir {
			out = append(out, path)
			return fs.SkipDir
		}
		if strings.Count(rel, string(filepath.Separator)) >= depth-1 && rel != "." {
			return fs.SkipDir
		}
		return nil
	})
	return out
}
