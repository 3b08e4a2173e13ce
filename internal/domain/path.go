package domain

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// RootKind says what the memory of a path hangs on.
type RootKind uint8

const (
	Unknown RootKind = iota // some instance, we can't say which
	Param                   // parameter Index, the receiver being 0
	FreeVar                 // captured variable Index
	Global                  // package variable Name
	Result                  // result Index: memory made by the function and handed to its caller
	Local                   // memory made in the function: an allocation, a make, a fresh call result, a variable
)

// Root is where a Path starts.
type Root struct {
	Kind  RootKind
	Index int16
	Name  Sym // Global: "pkg.name"; Local and Unknown: the site
	Type  Sym // the named type of the memory, behind pointers; 0 if it has none
}

// MaxSel bounds the selections of a path. The deepest of 26 real bugs needs three; a table of test cases that holds slices of objects needs five.
const MaxSel = 6

// Path is an access path: a root and at most MaxSel selections. Pointers are not selections: p and *p have one path, so a
// variable and what it points to are told apart by the Kind of the access, not by the path.
//
// Within one activation two equal paths are the same memory. Across goroutines Loc and TypePath compare
// (the two equalities are RacerD's, AbstractAddress.mli).
type Path struct {
	Root Root
	n    uint8
	sel  [MaxSel]Sym
}

// Of returns the path of the root itself.
func Of(r Root) Path { return Path{Root: r} }

// Sel returns the selections.
func (p *Path) Sel() []Sym { return p.sel[:p.n] }

// Append returns p with one more selection. A path that gets too long forgets its root and keeps its end: the location stays
// exact, the instance becomes unknown. A repeated selection of one field (n.next.next) is folded, so that recursion ends. An object that is named by itself, and
// not by an interface that holds it, has no second name as that of its type.
func (p Path) Append(s Sym) Path {
	if p.n == 0 && s >= 0 && p.Root.Type != 0 && s.tags(p.Root.Type) {
		return p
	}
	if p.n > 0 && s != Elem && p.sel[p.n-1] == s {
		return p
	}
	if p.n == MaxSel {
		copy(p.sel[:], p.sel[1:])
		p.sel[MaxSel-1] = s
		p.Root = Root{Kind: Unknown}
		return p
	}
	p.sel[p.n] = s
	p.n++
	return p
}

// Element reports whether p is an element of a slice or map.
func (p *Path) Element() bool { return p.n > 0 && p.sel[p.n-1].element() }

// Depth is how many fields lead to p, not counting those of an entry of a list or table in which p is.
func (p *Path) Depth() (n int) {
	sel := p.Sel()
	for i := len(sel) - 1; i >= 0; i-- {
		if sel[i].element() {
			sel = sel[:i]
			break
		}
	}
	for _, s := range sel {
		if !s.element() {
			n++
		}
	}
	return n
}

func (p *Path) hasElements() bool { return slices.ContainsFunc(p.Sel(), Sym.element) }

// Chosen reports whether p leads through an element that an argument chooses.
func (p *Path) Chosen() bool {
	return slices.ContainsFunc(p.Sel(), func(s Sym) bool { r, ok := s.Index(); return ok && r != Root{} })
}

// AsOwn returns p as whoever has made the element, and put it there, names it.
func (p Path) AsOwn() Path {
	if p.Element() {
		p.sel[p.n-1] = Own
	}
	return p
}

// IsOwn reports whether p is a part of an element that its activation has made and put there.
func (p *Path) IsOwn() bool { return slices.Contains(p.Sel(), Own) }

// SomeElement returns p with an element that a goroutine has for itself as any: as whoever goes over them all names it.
func (p Path) SomeElement() Path {
	for i, s := range p.Sel() {
		if s == Own || s == Drawn {
			p.sel[i] = Elem
		}
	}
	return p
}

// Found returns p as any element, where it is one that its activation has put there and the others, names of the same value, say that it may have been found there
// instead: several have one then.
func (p Path) Found(others []Path) Path {
	own := slices.Index(p.Sel(), Own)
	if own < 0 {
		return p
	}
	whole := *p.anyElement()
	for _, q := range others {
		if int(q.n) > own && !q.IsOwn() && q.anyElement().LeadsTo(&whole) {
			return whole
		}
	}
	return p
}

// anyElement returns p with no element told from another.
func (p Path) anyElement() *Path {
	for i, s := range p.Sel() {
		if s.element() {
			p.sel[i] = Elem
		}
	}
	return &p
}

// Route returns the field of whose slice or map p is an element, 0 if it is no element of one.
func (p *Path) Route() Sym {
	if p.n < 2 || !p.Element() || !p.sel[p.n-2].IsField() {
		return 0
	}
	return p.sel[p.n-2]
}

// RouteTo returns the Route of the object of type typ that p runs through.
func (p *Path) RouteTo(typ Sym) Sym {
	base, ok := p.base(typ)
	if !ok {
		return 0
	}
	return base.Route()
}

// LeadsTo reports whether p is q, or memory that q hangs on.
func (p *Path) LeadsTo(q *Path) bool {
	return p.Root.Kind == q.Root.Kind && p.Root.Index == q.Root.Index && p.Root.Name == q.Root.Name && p.n <= q.n && slices.Equal(p.Sel(), q.sel[:p.n])
}

// Shown returns the value in which maps are looked for, and how: Encoded, Printed or Decoded; 0 if p is no such path.
func (p Path) Shown() (value Path, how Sym) {
	if p.n == 0 {
		return p, 0
	}
	switch p.sel[p.n-1] {
	case Encoded, Printed, Decoded:
		value, rest := p.Cut(int(p.n) - 1)
		return value, rest[0]
	}
	return p, 0
}

// Cut returns the first n selections of p, and the rest.
func (p Path) Cut(n int) (head Path, rest []Sym) {
	head = p
	head.n = uint8(n)
	clear(head.sel[n:])
	return head, p.sel[n:p.n]
}

// Clear drops the selections of p.
func (p *Path) Clear() {
	p.n = 0
	clear(p.sel[:])
}

// Join returns p followed by the selections of rest: substitution of an actual for a formal.
func (p Path) Join(rest *Path) Path { return p.Along(rest.Sel()) }

// Along returns p with further selections, such as those that were cut off another one.
func (p Path) Along(sel []Sym) Path {
	for _, s := range sel {
		p = p.Append(s)
	}
	return p
}

// field returns the index of the last selection of a field that a named type declares, or -1.
func (p *Path) field() int {
	for i := int(p.n) - 1; i >= 0; i-- {
		if p.sel[i].IsField() {
			return i
		}
	}
	return -1
}

// Object returns the object that has the field which p is, or runs through last.
func (p *Path) Object() (object Path, ok bool) {
	i := p.field()
	if i < 0 {
		return Path{}, false
	}
	object, _ = p.Cut(i)
	return object, true
}

// Loc is the location that two goroutines compare: the innermost field of a named type and what is selected below it, or the
// package variable. It is 0 for memory that only one activation can name, such as a local map.
func (p *Path) Loc() Sym {
	i := p.field()
	switch {
	case i >= 0 && i == int(p.n)-1:
		return p.sel[i]
	case i >= 0:
		return joined(0, p.sel[i:p.n])
	case p.Root.Kind == Global && p.n == 0:
		return p.Root.Name
	case p.Root.Kind == Global:
		return joined(p.Root.Name, p.Sel())
	}
	return 0
}

// Outer names the memory from the outermost object on, by type instead of instance. Two entry points that are called from
// outside can be compared on it: it tells Owner.cache.m from Cache.m, because whoever locks Owner does not lock a lone Cache.
// It is 0 if the outermost object is not known.
func (p *Path) Outer() Sym {
	base := p.Root.Type
	if p.Root.Kind == Global {
		base = p.Root.Name
	}
	if p.Root.Kind == Unknown || base == 0 {
		return 0
	}
	return joined(base, p.Sel())
}

// Owns reports whether the path runs through an object of the named type.
func (p *Path) Owns(typ Sym) bool {
	for _, s := range p.Sel() {
		if s.Owner() == typ {
			return true
		}
	}
	return p.Root.Type == typ
}

// Under reports whether the memory at p hangs on an object of the named type: p runs through one, and does not leave it by a part's pointer to its owner.
// What is the owner's is not the part's, though the part leads to it: a lock of the part keeps no other part out.
func (p *Path) Under(typ Sym) bool {
	under := p.Root.Type == typ
	for _, s := range p.Sel() {
		under = (under || s.Owner() == typ) && !s.Back()
	}
	return under
}

// Apart reports whether the variables at p and q are shown to be two by the types of the objects that they are part of: a field of a struct that is
// embedded in a client is not that of one embedded in a server. What the variables point to, a map above all, may be one all the same.
func Apart(p, q *Path) bool {
	i, j := int(p.n)-1, int(q.n)-1
	for i >= 0 && j >= 0 && p.sel[i] == q.sel[j] {
		i, j = i-1, j-1
	}
	return i >= 0 && j >= 0 && i < int(p.n)-1 && p.sel[i].IsField() && q.sel[j].IsField() && p.inlineFrom(i) && q.inlineFrom(j)
}

// inlineFrom reports whether the memory at p is part of the object that has the field at i.
func (p *Path) inlineFrom(i int) bool {
	for _, s := range p.sel[i : p.n-1] {
		if !s.Inline() {
			return false
		}
	}
	return true
}

// base returns the path of the object of type typ that p runs through.
func (p *Path) base(typ Sym) (Path, bool) {
	for i, s := range p.Sel() {
		if s.Owner() == typ {
			b := *p
			b.n = uint8(i)
			clear(b.sel[i:])
			return b, true
		}
	}
	return Path{}, false
}

// chain is a symbol and the selections that follow it.
type chain struct {
	head Sym
	n    int8
	sel  [MaxSel]Sym
}

// chains holds the symbols of chains that were asked for: to spell one anew each time is most of the cost of comparing locations.
var chains = struct {
	mu  sync.RWMutex
	all map[chain]Sym // guarded by mu
}{all: map[chain]Sym{}}

// joined returns the symbol of what joinSyms spells.
func joined(head Sym, sel []Sym) Sym {
	key := chain{head: head, n: int8(len(sel))}
	copy(key.sel[:], sel)
	chains.mu.RLock()
	s, ok := chains.all[key]
	chains.mu.RUnlock()
	if !ok {
		s = Intern(joinSyms(head.String(), sel))
		chains.mu.Lock()
		chains.all[key] = s
		chains.mu.Unlock()
	}
	return s
}

func joinSyms(head string, sel []Sym) string {
	var b strings.Builder
	b.WriteString(head)
	for i, s := range sel {
		if _, ok := s.Index(); ok {
			s = Elem
		}
		text := s.String()
		if owner := s.Owner(); owner != 0 && (i > 0 || head != "") {
			text = strings.TrimPrefix(text, owner.String())
		}
		b.WriteString(text)
	}
	return b.String()
}

// Compare orders paths; the order is good for sets only, see Sym.
func (p *Path) Compare(q *Path) int {
	if c := cmp.Compare(p.Root.Kind, q.Root.Kind); c != 0 {
		return c
	}
	if c := cmp.Compare(p.Root.Index, q.Root.Index); c != 0 {
		return c
	}
	if c := cmp.Compare(p.Root.Name, q.Root.Name); c != 0 {
		return c
	}
	if c := cmp.Compare(p.n, q.n); c != 0 {
		return c
	}
	for i := range p.n {
		if c := cmp.Compare(p.sel[i], q.sel[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(p.Root.Type, q.Root.Type)
}

// String renders a path for tests and traces: "P0.mu", "F1", "pkg.cache[]", "L:f#3.m".
func (p Path) String() string {
	var head string
	switch r := p.Root; r.Kind {
	case Unknown:
		head = "?"
	case Param:
		head = fmt.Sprintf("P%d", r.Index)
	case FreeVar:
		head = fmt.Sprintf("F%d", r.Index)
	case Result:
		head = fmt.Sprintf("R%d", r.Index)
	case Global:
		head = r.Name.String()
	case Local:
		head = "L:" + r.Name.String()
	}
	return joinSyms(head, p.Sel())
}
