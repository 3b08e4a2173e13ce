package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxAccesses and maxCalls bound a summary, maxSame the accesses of callees to one location in the same way on the same goroutine. What a function does itself is never cut.
const (
	maxAccesses = 400
	maxSame     = 12
	maxInTest   = 100 // a test reaches all that the program does
	maxSettled  = 3   // times as many that callers are not told of
	maxCalls    = 60
	maxFar      = 12 // those of them that are further away than in a field: in a list, or in a part
)

// collector gathers what a function touches, once its states are known.
type collector struct {
	f        *function
	accesses []domain.Access
	calls    []domain.FuncCall
	far      int                        // calls whose function is further away than in a field
	seen     map[domain.ContextKey]bool // hashes of accessKeys
	kept     map[keptKey]int
	open     int // accesses of callees that callers are told of
	settled  int // those that they are not
	cut      int
	turns    []turned                    // in the order of their accesses
	chains   map[chainKey][]domain.Frame // of the callee whose accesses are being recorded, below the call
}

// newCollector returns an empty collector, with the memory that those before it have given back.
func (f *function) newCollector() *collector {
	spare := &f.u.spare.collector
	c := &collector{f: f, accesses: spare.accesses, seen: emptied(spare.seen), kept: emptied(spare.kept)}
	*spare = spareCollector{}
	return c
}

// done returns the accesses, and keeps the memory for the next function.
func (c *collector) done() []domain.Access {
	out := slices.Clone(c.accesses)
	clear(c.accesses)
	c.f.u.spare.collector = spareCollector{c.accesses[:0], c.seen, c.kept}
	return out
}

// chainKey tells chains apart by where they lie: accesses that came with one call share theirs.
type chainKey struct {
	first *domain.Frame
	n     int
}

// keptKey is what accesses of callees are counted by: those of one location must not take the room of all others.
type keptKey struct {
	loc  domain.Sym
	kind domain.Kind
	site domain.Sym
	runs domain.Sym // the function that is started there, of several
}

// accessKey is what makes two accesses the same to everybody but a reader.
type accessKey struct {
	path   domain.Path
	kind   domain.Kind
	fresh  bool
	kept   bool
	heard  bool
	many   bool
	beside bool
	own    bool
	again  bool // only for calls
	ctx    int
	pos    domain.Pos // only for accesses of the function itself
	sec    [3]domain.Pos
	under  domain.Path     // the first of its locks; two sets that differ in others say the same
	of     ssa.Value       // see collector.turn
	in     *ssa.BasicBlock // where, with of
	since  int             // how many of turned.since, with of
}

// access records accesses of the function itself: what says all but when and where.
func (c *collector) access(st *state, pos token.Pos, paths []domain.Path, what domain.Access) {
	c.reached(st, pos, reachedBy(c.f.at), paths, what)
}

// reached is access, of memory that was reached by a value.
func (c *collector) reached(st *state, pos token.Pos, by ssa.Value, paths []domain.Path, what domain.Access) {
	var terms *domain.Terms
	var at domain.Pos
	key := -1
	if len(paths) == 0 && what.Kind.Content() {
		c.f.u.silent(Nameless, pos, "a map that has no name here is %s", what.Kind)
	}
	for i := range paths {
		if paths[i].Root.Kind == domain.Unknown && paths[i].Loc() == 0 && what.Kind.Content() {
			c.f.u.silent(Nameless, pos, "a map that came from code that is not seen is %s", what.Kind)
		}
		if st.owned(&paths[i]) {
			continue
		}
		if key < 0 {
			here := c.f.here(st)
			terms = &here.Terms
			key = c.f.u.termsID(terms)
			at = c.f.u.pos(pos)
		}
		kept, heard, fresh := st.kept(&paths[i]), st.heardOnly(&paths[i]), what.Fresh || domain.HasPath(st.fresh, paths[i])
		for _, p := range c.f.aliases(paths[i], what.Kind, paths) {
			if (kept || heard) && p.Root.Kind != domain.Local || p != paths[i] && st.owned(&p) && len(st.locks) > 0 {
				// Not put there yet; a goroutine may have what is kept for it by the name of what it was put into. Nor is a lock told of by the name of a struct of which
				// the one that has it is a copy.
				continue
			}
			a := what
			a.Terms, a.Pos, a.Path, a.Fresh, a.Kept, a.Heard = terms, at, p, fresh || domain.HasPath(st.fresh, p), kept, heard
			a.Own = c.f.isPlaced(&p, &paths[i], paths)
			t := c.turn(by, &a)
			if c.isNew(&a, key, at, &t) {
				c.add(a, t)
			}
		}
	}
}

// add keeps an access.
func (c *collector) add(a domain.Access, t turned) {
	if t.of != nil {
		c.turns = append(c.turns, t)
	}
	c.accesses = append(c.accesses, a)
}

// room reports whether the summary has room for one more access of a callee. Settled ones, which are judged here and go no further, have room of their own: the
// lock of a caller high up settles what would else come last.
func (c *collector) room(stays bool) bool {
	if stays {
		return c.settled < maxSettled*c.most()
	}
	return c.open < c.most()
}

// most is how many accesses of callees the summary has room for.
func (c *collector) most() int {
	if c.f.inTest {
		return maxInTest
	}
	return maxAccesses
}

func (c *collector) isNew(a *domain.Access, ctx int, pos domain.Pos, t *turned) bool {
	if a.Path.Root.Kind == domain.Unknown && a.Path.Loc() == 0 {
		return false
	}
	key := accessKey{path: a.Path, kind: a.Kind, fresh: a.Fresh, kept: a.Kept, heard: a.Heard, many: a.Many, beside: a.Beside, own: a.Own, ctx: ctx, pos: pos, sec: a.Section()}
	if len(a.Under) > 0 {
		key.under = a.Under[0]
	}
	if pos.File == 0 {
		key.kind = a.Kind.Class()
	}
	if t.of != nil {
		key.of, key.in, key.since = t.of, t.at.Block(), len(t.since)
	}
	return c.first(&key)
}

// first reports whether nothing with that key has been seen.
func (c *collector) first(key *accessKey) bool {
	hash := domain.Hash(*key)
	if c.seen[hash] {
		return false
	}
	c.seen[hash] = true
	return true
}

// call records the call of a supplied function. Those that are far away don't take the room of the others: in a large program anybody may call what some list holds.
func (c *collector) call(call domain.FuncCall) {
	far := len(call.Path.Sel()) > 1
	if far && c.far >= maxFar || !far && len(c.calls)-c.far >= maxCalls {
		c.cut++
		return
	}
	key := accessKey{path: call.Path, many: call.Many, again: call.Again, ctx: c.f.u.termsID(&call.Terms), kind: 255}
	if !c.first(&key) {
		return
	}
	c.calls = append(c.calls, call)
	if far {
		c.far++
	}
}

// termsID numbers terms that differ.
func (u *unit) termsID(t *domain.Terms) int {
	key := t.Key()
	id, ok := u.terms[key]
	if !ok {
		id = len(u.terms)
		u.terms[key] = id
	}
	return id
}

// contents returns, for each piece of local memory, what local memory was put into it.
func (f *function) contents() map[domain.Sym][]domain.Sym {
	f.scanStores()
	return f.inside
}

// aliases returns the names of the memory at p: its own and, if it was made here and put somewhere others can reach, that. Values may be the same memory by all
// the paths. What is returned lasts until it is asked for again: mostly it is p alone.
func (f *function) aliases(p domain.Path, kind domain.Kind, values []domain.Path) []domain.Path {
	if p.Root.Kind == domain.Param && len(p.Sel()) == 0 && kind.Content() {
		return f.sincePut(p)
	}
	if out := f.inArgs(p); len(out) > 0 {
		return out
	}
	if p.Root.Kind != domain.Local || !kind.Content() {
		return f.putNames(p, kind, values)
	}
	out := []domain.Path{p}
	f.scanStores()
	for range 3 {
		q, ok := f.through(p)
		if !ok || q.Root.Kind != domain.Local || q.Loc() != p.Loc() {
			break
		}
		p = q
		// Named as a part it hangs on no outer object any more, and tells other functions nothing: whoever locks the outer one guards it.
		q.Root.Type = 0
		out = addPath(out, q)
	}
	return f.putAs(out, p, values, maxPut)
}

// putNames is aliases without the names of what this function has put at p.
func (f *function) putNames(p domain.Path, kind domain.Kind, values []domain.Path) []domain.Path {
	if p.Root.Kind != domain.Local || !kind.Content() {
		f.alone[0] = p
		return f.alone[:]
	}
	f.scanStores()
	return f.putAs([]domain.Path{p}, p, values, maxPut)
}

// isPlaced reports whether name is where memory at p is put, which was made here: of the same value no other name says that it may have been found there, and
// nothing was put on the way to p that was not made here.
func (f *function) isPlaced(name, p *domain.Path, values []domain.Path) bool {
	found := func(v domain.Path) bool { return v.Root.Kind != domain.Local }
	if p.Root.Kind != domain.Local || name.Root == p.Root || slices.ContainsFunc(values, found) {
		return false
	}
	for n := 1; n <= len(p.Sel()); n++ {
		if head, _ := p.Cut(n); slices.ContainsFunc(f.held[head], found) {
			return false
		}
	}
	return true
}

// maxPut bounds the objects in objects that local memory was put into.
const maxPut = 2

// putAs adds the names that the memory at p has where its root was put, itself or in something that was put somewhere.
func (f *function) putAs(out []domain.Path, p domain.Path, values []domain.Path, depth int) []domain.Path {
	for _, q := range f.alias[p.Root.Name] {
		q = q.Join(&p).Found(values)
		if q.Loc() != 0 {
			out = addPath(out, q)
		}
		if q.Root.Kind == domain.Local && depth > 0 {
			out = f.putAs(out, q, values, depth-1)
		}
	}
	return out
}
