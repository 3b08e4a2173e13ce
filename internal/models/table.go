package models

import (
	_ "embed"
	"go/types"
	"maps"
	"path"
	"slices"
	"sync"
	"sync/atomic"
)

// Row is a line of a table: what is known of one function, method, interface, type or field.
type Row struct {
	Name    string // as it stands in the table
	File    string
	Line    int
	pkg     string // the import path; of a pattern, that of the type among its parameters
	typ     string // the receiver or the type that has the field; of a pattern, the type among its parameters
	ptr     bool   // a method of the pointer
	name    string // of the function, method, field or type; of a pattern, its glob
	pattern bool
	effects []Effect
}

// Package returns the import path of what the row is about.
func (r *Row) Package() string { return r.pkg }

// Effects returns what the row says, in its order.
func (r *Row) Effects() []Effect { return r.effects }

// Table is rows by the package that they are about. Looking up what has no row costs one or two look-ups of strings that exist already, and makes none.
type Table struct {
	groups   map[string]func() *group
	patterns []*Row
}

// group is the rows about one package.
type group struct {
	rows   []*Row
	byName map[string][]*Row // function, method, field or type
	quick  map[string]bool   // names of rows, or the package's with .* behind it
}

//go:embed table.txt
var tableText string

// Builtin returns the table that comes with the program. Most processes of a run analyse one small package and are over within milliseconds, so it is read when
// it is first wanted, and the rows of a package when something of that is looked up: to read all of them took longer than anything else that we do for such a package.
var Builtin = sync.OnceValue(func() *Table {
	const file = "internal/models/table.txt"
	t := &Table{groups: map[string]func() *group{}}
	lines := map[string][]line{}
	for line := range numbered(tableText) {
		if pkg, ok := packageName(line.text); ok {
			lines[pkg] = append(lines[pkg], line)
		}
	}
	for pkg, lines := range lines {
		read := func() []*Row {
			rows, err := parse(file, slices.Values(lines))
			if err != nil {
				panic(err) // a test reads them, too
			}
			return rows
		}
		if pkg == "" {
			t.patterns = read()
			continue
		}
		t.groups[pkg] = sync.OnceValue(func() *group { return newGroup(read()) })
	}
	return t
})

// used is the table in use if Use has set one. It is set before the first package is analysed.
var used atomic.Pointer[Table]

// current returns the table in use.
func current() *Table {
	if t := used.Load(); t != nil {
		return t
	}
	return Builtin()
}

func newTable(rows []*Row) *Table {
	t := &Table{groups: map[string]func() *group{}}
	byPackage := map[string][]*Row{}
	for _, r := range rows {
		if r.pattern {
			t.patterns = append(t.patterns, r)
		} else {
			byPackage[r.pkg] = append(byPackage[r.pkg], r)
		}
	}
	for pkg, rows := range byPackage {
		t.groups[pkg] = sync.OnceValue(func() *group { return newGroup(rows) })
	}
	return t
}

func newGroup(rows []*Row) *group {
	g := &group{rows: rows, byName: map[string][]*Row{}, quick: map[string]bool{}}
	for _, r := range rows {
		if r.effects[0].Kind == Quick {
			g.quick[r.Name] = true
			if len(r.effects) == 1 {
				continue
			}
		}
		g.byName[r.name] = append(g.byName[r.name], r)
	}
	return g
}

// about returns the rows of a package.
func (t *Table) about(path string) *group {
	if g := t.groups[path]; g != nil {
		return g()
	}
	return &group{}
}

// Rows returns all rows, those of a package one after another.
func (t *Table) Rows() []*Row {
	var out []*Row
	for _, path := range slices.Sorted(maps.Keys(t.groups)) {
		out = append(out, t.about(path).rows...)
	}
	return append(out, t.patterns...)
}

// with returns t with rows added, which stand instead of those of t of the same name.
func (t *Table) with(rows []*Row) *Table {
	named := map[string]bool{}
	for _, r := range rows {
		named[r.Name] = true
	}
	old := slices.DeleteFunc(t.Rows(), func(r *Row) bool { return named[r.Name] })
	return newTable(slices.Concat(rows, old))
}

// function returns the row of a function or method, nil if there is none.
func (t *Table) function(fn *types.Func) *Row {
	if fn.Pkg() == nil {
		return nil
	}
	for _, row := range t.about(fn.Pkg().Path()).byName[fn.Name()] {
		if row.effects[0].Kind != Called && row.receives(fn) {
			return row
		}
	}
	return nil
}

// receives reports whether the receiver of fn is that of the row.
func (r *Row) receives(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return r.typ == ""
	}
	t := recv.Type()
	p, ptr := types.Unalias(t).(*types.Pointer)
	if ptr {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && ptr == r.ptr && named.Obj().Name() == r.typ
}

// Service returns the effect of a function that hands an object to somebody who will call its methods. Wrappers that are generated have no fixed
// name: RegisterXxxServer(registrar, implementation). Patterns find them, by a part of the name and the type of a parameter.
func Service(fn *types.Func) (Effect, bool) {
	if row := current().function(fn); row != nil {
		i := slices.IndexFunc(row.effects, func(e Effect) bool { return e.Kind == Methods })
		if i < 0 {
			return Effect{}, false
		}
		return row.effects[i], true
	}
	for _, row := range current().patterns {
		if ok, _ := path.Match(row.name, fn.Name()); ok && row.takes(fn.Signature()) {
			return row.effects[0], true
		}
	}
	return Effect{}, false
}

// NamesService reports whether a function of this name may be a wrapper that Service knows.
func NamesService(name string) bool {
	return slices.ContainsFunc(current().patterns, func(row *Row) bool {
		ok, _ := path.Match(row.name, name)
		return ok
	})
}

// takes reports whether a parameter, or the elements of the last one, are of the type that a pattern names.
func (r *Row) takes(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		t := v.Type()
		if s, ok := t.(*types.Slice); ok && sig.Variadic() {
			t = s.Elem()
		}
		p, ptr := types.Unalias(t).(*types.Pointer)
		if ptr {
			t = p.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); ok && ptr == r.ptr && n.Obj().Name() == r.typ && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == r.pkg {
			return true
		}
	}
	return false
}

var using struct {
	sync.Mutex
	spec string
}

// Used returns the spec that Use was given last.
func Used() string {
	using.Lock()
	defer using.Unlock()
	return using.spec
}

// Use adds the rows of a file to the table, as spec says: the path, and after an @ the SHA-256 of its content. An empty spec adds none. It must come
// before anything is analysed: a table that changes meanwhile would give one package's summaries another meaning than the next one's.
func Use(spec string) error {
	using.Lock()
	defer using.Unlock()
	if spec == using.spec {
		return nil
	}
	var t *Table
	if spec != "" {
		rows, err := read(spec)
		if err != nil {
			return err
		}
		t = Builtin().with(rows)
	}
	used.Store(t)
	using.spec = spec
	return nil
}

// packages returns pkg and all that it imports, directly or not, as far as a row is about them.
func (t *Table) packages(pkg *types.Package) map[string]*types.Package {
	out := map[string]*types.Package{}
	seen := map[*types.Package]bool{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		if t.groups[p.Path()] != nil {
			out[p.Path()] = p
		}
		for _, q := range p.Imports() {
			visit(q)
		}
	}
	visit(pkg)
	return out
}
