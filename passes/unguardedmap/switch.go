package unguardedmap

import (
	"crypto/sha256"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/edit"
)

// fixWith is what a map gets that has no lock.
var fixWith fixFlag

// fixFlag is the value of -fix: lock, syncmap or xsync.
type fixFlag struct {
	name string
	to   edit.Concurrent // 0 for a lock
}

func (f *fixFlag) String() string {
	if f.name == "" {
		return "lock"
	}
	return f.name
}

// Set takes what comes behind an @ for nothing but another text for the go command's cache, see Pin.
func (f *fixFlag) Set(s string) error {
	name, _, _ := strings.Cut(s, "@")
	switch name {
	case "lock":
		f.to = 0
	case "syncmap":
		f.to = edit.SyncMap
	case "xsync":
		f.to = edit.Xsync
	default:
		return fmt.Errorf("there is no %q: write lock, syncmap or xsync", name)
	}
	f.name = name
	return nil
}

// Pin adds the hash of go.mod to xsync: whether a fix is offered depends on it, and the go command's cache knows flags only. The front end asks for it.
func (*fixFlag) Pin(s string) (string, error) {
	text := goMod(".")
	if s != "xsync" || text == nil {
		return s, nil
	}
	return fmt.Sprintf("%s@%x", s, sha256.Sum256(text)), nil
}

// Under returns s as it is: it names no file.
func (*fixFlag) Under(_, s string) string { return s }

// concurrent makes the edits that turn the maps of l into concurrent ones, in place of a lock.
func (m *mender) concurrent(l *newLock) {
	if l.owner != nil {
		if l.why = edit.Copied(m.sections(), l.owner.Type()); l.why != "" {
			return
		}
	}
	imports := map[*ast.File][]string{}
	for i, obj := range l.maps {
		s := &edit.Switch{Pkg: m.sections(), To: fixWith.to, Decl: l.decls[i], Uses: m.uses(obj)}
		l.uses = s.Uses
		s.Alone = func(u *edit.Use) bool {
			return l.local(m) && m.alone(l, u, s.Uses, s.Decl) || u.Unpublished(m.sections())
		}
		s.Wrapper = m.wrapperFor(l, obj.Name())
		edits, why := s.Edits()
		if why == "" {
			why = m.unswitchable(s)
		}
		if why != "" {
			l.why = fmt.Sprintf("%s can't be %s: %s", obj.Name(), target(), why)
			return
		}
		l.edits = append(l.edits, edits...)
		for file, paths := range s.Imports {
			imports[file] = append(imports[file], paths...)
		}
	}
	l.edits = append(l.edits, importEdits(m.pass.Fset, imports)...)
}

// target names what a map is turned into.
func target() string {
	if fixWith.to == edit.Xsync {
		return "an xsync.Map"
	}
	return "a sync.Map"
}

// wrapperFor returns a name for the type around a sync.Map.
func (m *mender) wrapperFor(l *newLock, of string) string {
	for i := 1; ; i++ {
		name := strings.TrimSuffix(of, "Map") + "Map"
		if i > 1 {
			name += fmt.Sprint(i)
		}
		key := m.pass.Pkg.Path() + "|" + name
		known := slices.ContainsFunc(l.uses, func(u *edit.Use) bool { return u.Knows(m.sections(), name) })
		if !m.names[key] && m.pass.Pkg.Scope().Lookup(name) == nil && !known {
			m.names[key] = true
			return name
		}
	}
}

// unswitchable returns why the files around the package don't allow the switch.
func (m *mender) unswitchable(s *edit.Switch) string {
	for _, u := range s.Uses {
		if why := m.foreign(fileOf(u)); why != "" {
			return why
		}
	}
	dir := filepath.Dir(m.pass.Fset.Position(s.Decl.File.Package).Filename)
	if name := m.unseenTest(dir, s.Decl.Obj.Name()); name != "" {
		return fmt.Sprintf("%s is not analysed here, and may use the map, too", name)
	}
	if s.To == edit.Xsync && !m.required(dir) {
		return "go.mod does not name " + edit.XsyncPath + ": run go get " + edit.XsyncPath
	}
	return ""
}

func fileOf(u *edit.Use) *ast.File { return u.Stack[0].(*ast.File) }

// unseenTest returns a test file of the package that is not part of this pass and mentions a name: its code would not compile any more.
func (m *mender) unseenTest(dir, name string) string {
	otherPackage := regexp.MustCompile(`(?m)^package \w+_test\b`)
	tests, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
	for _, test := range tests {
		seen := slices.ContainsFunc(m.pass.Files, func(f *ast.File) bool {
			return filepath.Base(m.pass.Fset.Position(f.Package).Filename) == filepath.Base(test)
		})
		if seen {
			continue
		}
		if text, err := os.ReadFile(test); err != nil || word.Match(text) && !otherPackage.Match(text) {
			return filepath.Base(test)
		}
	}
	return ""
}

// required reports whether the module that a folder is in requires xsync.
func (m *mender) required(dir string) bool {
	text := goMod(dir)
	return regexp.MustCompile(regexp.QuoteMeta(edit.XsyncPath) + `\s+v`).Match(text)
}

// goMod returns the text of the go.mod nearest to a folder, nil if there is none.
func goMod(dir string) []byte {
	dir, err := filepath.Abs(dir)
	for err == nil {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			return text
		}
		if filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	return nil
}
