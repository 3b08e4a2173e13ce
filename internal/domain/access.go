package domain

import (
	"hash/maphash"
	"slices"
)

// Kind is what an access does.
//
// The content of a map and the variable that holds it are two memories: Read to Placed touch the content, Load and Replace the
// variable. An operand is other memory that a map operation copies as a key or value.
type Kind uint8

const (
	Read Kind = iota
	Write
	Delete
	Clear
	Fill // a decoder adds to it
	Iterate
	Len
	Out          // returned to somebody who will touch it when this function's locks are gone
	Sent         // the same by a channel
	Placed       // the same by something that the caller has handed in
	Load         // the variable is read
	Replace      // the variable is set
	OperandRead  // memory is copied into a map operation
	OperandWrite // memory is overwritten with what a map operation returned
	Store        // memory that may be an operand elsewhere is overwritten
)

var kindNames = [...]string{"read", "written", "deleted from", "cleared", "filled", "iterated", "measured", "handed out", "sent", "stored", "loaded", "replaced", "used as an operand", "set from a map", "set"}

// String returns the past participle that a message uses.
func (k Kind) String() string { return kindNames[k] }

// ContentWrite reports whether k changes the content of a map.
func (k Kind) ContentWrite() bool { return k == Write || k == Delete || k == Clear || k == Fill }

// Content reports whether k touches the content of a map.
func (k Kind) Content() bool { return k <= Placed }

// Leaves reports whether k is no touch of its own: the map goes to somebody who will touch it.
func (k Kind) Leaves() bool { return k == Out || k == Sent || k == Placed }

// Class returns the kind that stands for k where only its part in a race counts.
func (k Kind) Class() Kind {
	switch {
	case k.ContentWrite():
		return Write
	case k.Content():
		return Read
	}
	return k
}

// Writes reports whether k changes its memory.
func (k Kind) Writes() bool {
	return k.ContentWrite() || k == Replace || k == OperandWrite || k == Store
}

// Conflict reports whether accesses of kinds a and b to the same memory must not overlap. It is symmetric.
func Conflict(a, b Kind) bool {
	switch {
	case a.Content() && b.Content():
		return a.ContentWrite() || b.ContentWrite()
	case a.Content() || b.Content():
		return false
	case a <= Replace && b <= Replace:
		return a == Replace || b == Replace
	case a <= Replace || b <= Replace:
		return false
	}
	// Two plain stores are some other race: it takes a map operation to be ours.
	return (a.Writes() || b.Writes()) && !(a == Store && b == Store)
}

// Context is where and on what terms something happens, seen from the function that a summary is about.
type Context struct {
	Terms
	Pos Pos
	// Chain leads from the function down to the access, outermost call first.
	Chain []Frame
}

// Terms are under what something happens, and beside and after what.
type Terms struct {
	Locks Lockset
	// Site is the spawn whose goroutine runs it, 0 for the caller's own.
	Site Sym
	// Many: that goroutine may run at the same time as another of the same site, on the same memory.
	Many bool
	// Running holds the spawns that may be running now (may, sorted).
	Running []Sym
	// Joined holds the locations of what this goroutine has waited for (must, sorted).
	Joined []Sym
	// After holds what this goroutine has signalled before (may): whoever waits for one of these is not ordered after it.
	After []Path
	// Dropped holds the caller's locks that were released before (may).
	Dropped []Path
	// Forked: it ran on a goroutine that was over before the function returned. A lock held there is held against the siblings.
	Forked bool
}

// Changed returns terms that differ from t in what change does to them: accesses have theirs in common.
func (t *Terms) Changed(change func(*Terms)) *Terms {
	out := *t
	change(&out)
	return &out
}

// ContextKey tells contexts apart: by 128 bits of hash, since there are hundreds of thousands, of hundreds of bytes each.
type ContextKey [2]uint64

var seeds = [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}

// Key returns what tells terms apart. It holds in this process only.
func (c *Terms) Key() ContextKey {
	if c.Site == 0 && !c.Many && !c.Forked && len(c.Locks)+len(c.Running)+len(c.Joined)+len(c.After)+len(c.Dropped) == 0 {
		return ContextKey{}
	}
	b := appendSym(make([]byte, 0, 1024), c.Site)
	b = c.Locks.appendKey(b)
	for _, set := range [...][]Sym{c.Running, c.Joined} {
		b = append(b, '|')
		for _, s := range set {
			b = appendSym(b, s)
		}
	}
	for _, set := range [...][]Path{c.After, c.Dropped} {
		b = append(b, '|')
		for i := range set {
			b = set[i].appendKey(b)
		}
	}
	b = append(b, flag(c.Many), flag(c.Forked))
	return ContextKey{maphash.Bytes(seeds[0], b), maphash.Bytes(seeds[1], b)}
}

// exportKey is what tells the accesses apart that callers are told of.
type exportKey struct {
	path   Path
	kind   Kind
	fresh  bool
	beside bool
	own    bool
	ctx    ContextKey
	sec    [3]Pos
	under  string
}

// Hash is what large keys are kept by, as in ContextKey: there are hundreds to a summary.
func Hash[K comparable](k K) ContextKey {
	return ContextKey{maphash.Comparable(seeds[0], k), maphash.Comparable(seeds[1], k)}
}

// PathsKey tells sets of paths apart, as Context.Key does contexts.
func PathsKey(set []Path) ContextKey {
	b := make([]byte, 0, 1024)
	for i := range set {
		b = appendSym(set[i].appendKey(b), set[i].Root.Type)
	}
	return ContextKey{maphash.Bytes(seeds[0], b), maphash.Bytes(seeds[1], b)}
}

// Key is PathsKey for locks.
func (s Lockset) Key() ContextKey {
	b := s.appendKey(make([]byte, 0, 1024))
	return ContextKey{maphash.Bytes(seeds[0], b), maphash.Bytes(seeds[1], b)}
}

func (s Lockset) appendKey(b []byte) []byte {
	for i := range s {
		l := &s[i]
		b = append(appendSym(l.Path.appendKey(b), l.Path.Root.Type), byte(l.Mode), byte(l.Cond), flag(l.Maybe), flag(l.Once), flag(l.Mixed), flag(l.Keyed))
	}
	return b
}

// pathsKey returns a text that tells sets of paths apart.
func pathsKey(set []Path) string {
	var b []byte
	for i := range set {
		b = set[i].appendKey(b)
	}
	return string(b)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendSym(b []byte, s Sym) []byte {
	return append(b, byte(s), byte(s>>8), byte(s>>16), byte(s>>24))
}

func (p *Path) appendKey(b []byte) []byte {
	b = append(b, byte(p.Root.Kind), byte(p.Root.Index), byte(p.Root.Index>>8), p.n)
	b = appendSym(b, p.Root.Name)
	for _, s := range p.Sel() {
		b = appendSym(b, s)
	}
	return b
}

// Access is one touch of memory.
type Access struct {
	// Terms are shared by all that came with one call: hundreds of thousands of accesses live in a large package, on a tenth as many terms.
	*Terms
	Pos   Pos
	Chain []Frame // see Context
	Path  Path
	Kind  Kind
	// Kept: nobody but goroutines of the function that made the memory can reach it by then. It is for the function itself.
	Kept bool
	// Heard: nobody but those, and functions that have captured it, can reach it by then. It is for the function itself, too.
	Heard bool
	// Fresh: a Replace by a map made on the spot, or by nil; or an access to the content of such a map before any lock was released since, when
	// it was part of making it.
	Fresh bool
	// Beside: callers are told of it, and not of the goroutines beside which it ran, since they are over. It is not the same as what came before them.
	Beside bool
	// Own: it is named by where an activation has put what it has made: each has another there.
	Own bool
	// Under holds the locks under which the map was taken out of its variable and which are not held any more (must, sorted): whoever locked
	// only to get the map meant to guard what is in it.
	Under []Path
	// Key is the argument that the key of a map operation is, is a part of, or is made from: i+1 for parameter i, -(i+1) for captured variable i, 0 for none.
	Key int8
}

// NotBeside takes goroutines out of those that may be running: the ones that are over, or don't matter to a.
func (a *Access) NotBeside(over func(site Sym) bool) {
	if running := slices.DeleteFunc(slices.Clone(a.Running), over); len(running) < len(a.Running) {
		a.Terms = a.Terms.Changed(func(t *Terms) { t.Running = running })
	}
}

// Given reports whether a is no more than that the map is returned, without a lock having been held to get at it: whoever calls the function touches the map
// later. Callers that are seen have accesses of their own.
func (a *Access) Given() bool { return a.Kind == Out && len(a.Under) == 0 }

// Settled reports whether a holds a lock of an object that its memory hangs on, or a package's, in the mode that it needs. No caller can
// make it worse, so it is judged where the lock is held and callers are not told.
func (a *Access) Settled() bool {
	if _, how := a.Path.Shown(); how != 0 || a.Path.Root.Kind == FreeVar {
		return false // the function that holds the closure, or supplies the value, knows more of the object
	}
	for i := range a.Locks {
		l := &a.Locks[i]
		if l.Maybe || l.Once || l.Mode == ReadMode && a.Kind.Writes() || l.Path.Loc() == 0 || l.foreign(&a.Path) {
			continue
		}
		f := l.Path.field()
		if f < 0 || a.Path.Under(l.Path.sel[f].Owner()) && !l.apart(&a.Path) {
			return true
		}
	}
	return false
}

// apart reports whether the object with the lock and the one that holds the memory at m are two by name, of which only the caller can tell whether
// they are one: the receiver, and the client of an argument.
func (l *Lock) apart(m *Path) bool {
	known := func(k RootKind) bool { return k != Unknown && k != Local }
	return known(l.Path.Root.Kind) && known(m.Root.Kind) && !(l.Path.Root.Kind == Global && m.Root.Kind == Global) && !l.onPath(m)
}

// onPath reports whether the path to the memory at m runs through the object that has the lock, as far as instances are known.
func (l *Lock) onPath(m *Path) bool {
	base, _ := l.Path.Cut(l.Path.field())
	if m.Root.Kind == Unknown || base.Root.Kind == Unknown && base.n == 0 {
		return true
	}
	return base.Root == m.Root && base.n <= m.n && slices.Equal(base.Sel(), m.sel[:base.n])
}

// SpawnKind is how a function comes to run on another goroutine.
type SpawnKind uint8

const (
	Go       SpawnKind = iota // go f(), or a helper that ends in one
	Timer                     // time.AfterFunc
	Handler                   // registered, run for each request
	Callback                  // registered, run when something happens
)

var spawnNames = [...]string{"goroutine", "timer", "handler", "callback"}

// Registered reports whether the function waits for somebody to serve, instead of running from now on.
func (k SpawnKind) Registered() bool { return k >= Handler }

func (k SpawnKind) String() string { return spawnNames[k] }

// Spawn is a site that starts goroutines.
type Spawn struct {
	Site Sym
	Pos  Pos
	Kind SpawnKind
	Func Sym // what it runs
	// Signals are the join keys (channels, wait groups) that order its end; Joins are what it has waited for by its end.
	Signals, Joins []Path
	// Running holds the spawns that may be running when it starts.
	Running []Sym
	// When holds the conditions under which it is started (must, sorted); see JoinIf.
	When []Sym
	// Touches: see Summary.Touches.
	Touches bool
	// Again: a timer that nothing can stop. The next call of the function meets it.
	Again bool
	// First: only the first of all who come starts it, for one object or for all.
	First bool
	// Several: a callback that another package calls on several goroutines at once.
	Several bool
	// Joined: over when the function returns, on every path that does not surely fail.
	Joined bool
	// Either: what it runs was supplied by a caller, and is called on the caller's own goroutine instead on some other path.
	Either bool
	// Turn names who runs a callback that never runs beside itself: callbacks with one Turn run one after another, those with two at once. 0 for
	// goroutines, and for what runs beside itself.
	Turn Sym
	// Takes holds the turns (sorted) that a goroutine is known to take itself: it calls what its starter has put into the variables that they are named after.
	Takes []Sym
	// From, if not 0, is the location that it waits for to run at all beside others: what it does before is part of the goroutine that starts it.
	From Sym
}

// SharesTurn reports whether what the spawn runs takes turns with what other spawns run, and not only with itself.
func (sp *Spawn) SharesTurn() bool { return sp.Turn != 0 && sp.Turn.String() != sp.Pos.String() }

// SameKey reports whether two join keys may be one channel or wait group: the same path, or one field of unknown instances.
func SameKey(p, q Path) bool { return sameLock(&p, &q) }
