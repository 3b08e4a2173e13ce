package domain

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"
)

// A summary is encoded as a table of its strings and a list of numbers. Gob would write maps in random order and each string each
// time it occurs; facts are most of what a driver keeps of a package, and must be the same in each run.

// Encode returns s in a form that Decode reads. Equal summaries made in the same order have equal encodings.
func (s *Summary) Encode() []byte {
	body := &codec{writing: true, index: map[Sym]uint64{0: 0}, table: []Sym{0}}
	body.summary(s)
	head := &codec{writing: true}
	n := uint64(len(body.table))
	head.uint(&n)
	for _, sym := range body.table {
		// What belongs to something is mostly called after it: "p.T.f" is written as ".f".
		name, called := strings.CutPrefix(sym.String(), sym.Owner().String())
		called = called && sym.Owner() != 0
		owner := 8*body.index[sym.Owner()] + 4*uint64(flag(called)) + 2*uint64(flag(sym.Back())) + uint64(flag(sym.Inline()))
		head.text(name)
		head.uint(&owner)
	}
	return append(head.buf, body.buf...)
}

var errCorrupt = errors.New("mapguard: corrupt summary")

// Decode reads what Encode wrote.
func Decode(data []byte) (s *Summary, err error) {
	c := &codec{buf: data}
	var n uint64
	c.uint(&n)
	if n > uint64(len(data)) {
		return nil, errCorrupt
	}
	texts, owners := make([]string, n), make([]uint64, n)
	for i := range texts {
		texts[i] = c.readText()
		c.uint(&owners[i])
	}
	for i := range texts {
		at, called, back, inline := owners[i]/8, owners[i]&4 != 0, owners[i]&2 != 0, owners[i]&1 != 0
		if at >= n || called && at >= uint64(i) {
			return nil, errCorrupt
		}
		if called {
			texts[i] = texts[at] + texts[i]
		}
		sym := Intern(texts[i])
		if owner := texts[at]; owner != "" {
			sym = intern(texts[i], Intern(owner))
		}
		if inline {
			sym.setInline()
		}
		if back {
			sym.SetBack()
		}
		c.table = append(c.table, sym)
	}
	s = &Summary{decoded: true}
	c.summary(s)
	if c.failed {
		return nil, errCorrupt
	}
	return s, nil
}

// codec reads or writes: each method below describes a type once, for both directions.
type codec struct {
	writing bool
	buf     []byte
	index   map[Sym]uint64
	table   []Sym
	failed  bool
}

func (c *codec) uint(v *uint64) {
	if c.writing {
		c.buf = binary.AppendUvarint(c.buf, *v)
		return
	}
	x, n := binary.Uvarint(c.buf)
	if n <= 0 {
		c.failed, c.buf, *v = true, nil, 0
		return
	}
	c.buf, *v = c.buf[n:], x
}

func (c *codec) text(s string) {
	n := uint64(len(s))
	c.uint(&n)
	c.buf = append(c.buf, s...)
}

func (c *codec) readText() string {
	var n uint64
	c.uint(&n)
	if n > uint64(len(c.buf)) {
		c.failed = true
		return ""
	}
	s := string(c.buf[:n])
	c.buf = c.buf[n:]
	return s
}

func number[T ~uint8 | ~int8 | ~int16 | ~int32 | ~int](c *codec, v *T) {
	u := uint64(uint32(int32(*v)))
	c.uint(&u)
	*v = T(int32(uint32(u)))
}

func (c *codec) bool(v *bool) {
	var u uint64
	if *v {
		u = 1
	}
	c.uint(&u)
	*v = u == 1
}

func (c *codec) sym(s *Sym) {
	if c.writing {
		c.addSym(s.Owner())
		u := c.addSym(*s)
		c.uint(&u)
		return
	}
	var u uint64
	c.uint(&u)
	if u >= uint64(len(c.table)) {
		c.failed = true
		return
	}
	*s = c.table[u]
}

func (c *codec) addSym(s Sym) uint64 {
	i, ok := c.index[s]
	if !ok {
		i = uint64(len(c.table))
		c.index[s] = i
		c.table = append(c.table, s)
	}
	return i
}

func list[T any](c *codec, s *[]T, each func(*T)) {
	n := uint64(len(*s))
	c.uint(&n)
	if !c.writing {
		if n > uint64(len(c.buf)) {
			c.failed = true
			return
		}
		*s = slices.Grow([]T(nil), int(n))[:n]
	}
	for i := range *s {
		each(&(*s)[i])
	}
}

// set is a list that is kept sorted; numbers of symbols differ between processes, so it is sorted again.
func set[T any](c *codec, s *[]T, each func(*T), compare func(a, b T) int) {
	list(c, s, each)
	if !c.writing {
		slices.SortFunc(*s, compare)
	}
}

func compareSyms(a, b Sym) int { return int(a - b) }

func (c *codec) syms(s *[]Sym)   { set(c, s, c.sym, compareSyms) }
func (c *codec) paths(s *[]Path) { set(c, s, c.path, comparePaths) }

func (c *codec) path(p *Path) {
	number(c, &p.Root.Kind)
	number(c, &p.Root.Index)
	c.sym(&p.Root.Name)
	c.sym(&p.Root.Type)
	number(c, &p.n)
	if p.n > MaxSel {
		c.failed, p.n = true, 0
	}
	for i := range p.n {
		c.sym(&p.sel[i])
	}
}

func (c *codec) lock(l *Lock) {
	c.path(&l.Path)
	number(c, &l.Mode)
	c.bool(&l.Maybe)
	number(c, &l.Cond)
	c.bool(&l.Once)
	c.bool(&l.Mixed)
	c.bool(&l.Keyed)
}

func (c *codec) locks(s *[]Lock) { set(c, s, c.lock, compareLock) }

func (c *codec) pos(p *Pos) {
	c.sym(&p.File)
	number(c, &p.Line)
	number(c, &p.Col)
}

func (c *codec) context(x *Context) {
	c.pos(&x.Pos)
	c.locks((*[]Lock)(&x.Locks))
	c.sym(&x.Site)
	c.bool(&x.Many)
	c.syms(&x.Running)
	c.syms(&x.Joined)
	c.paths(&x.After)
	c.paths(&x.Dropped)
	c.bool(&x.Forked)
	list(c, &x.Chain, func(f *Frame) { c.sym(&f.Func); c.pos(&f.Pos) })
}

// terms is context for what an access shares with others. Each that is read has its own.
func (c *codec) terms(a *Access) {
	at := Context{Pos: a.Pos, Chain: a.Chain}
	if a.Terms != nil {
		at.Terms = *a.Terms
	}
	c.context(&at)
	if !c.writing {
		a.Terms, a.Pos, a.Chain = &at.Terms, at.Pos, at.Chain
	}
}

func (c *codec) effect(e *LockEffect) {
	c.locks(&e.Acquired)
	c.paths(&e.Released)
}

func (c *codec) summary(s *Summary) {
	list(c, &s.Accesses, func(a *Access) {
		c.terms(a)
		c.path(&a.Path)
		number(c, &a.Kind)
		c.bool(&a.Fresh)
		c.bool(&a.Own)
		c.paths(&a.Under)
		number(c, &a.Key)
	})
	list(c, &s.Calls, func(f *FuncCall) {
		c.context(&f.Context)
		c.path(&f.Path)
		list(c, &f.Args, c.paths)
		list(c, &f.Each, func(i *int) { number(c, i) })
		c.bool(&f.Listed)
		c.bool(&f.Again)
	})
	list(c, &s.Spawns, func(sp *Spawn) {
		c.sym(&sp.Site)
		c.pos(&sp.Pos)
		number(c, &sp.Kind)
		c.sym(&sp.Func)
		c.paths(&sp.Signals)
		c.paths(&sp.Joins)
		c.syms(&sp.Running)
		c.syms(&sp.When)
		c.bool(&sp.Joined)
		c.bool(&sp.First)
		c.bool(&sp.Again)
		c.bool(&sp.Either)
		c.bool(&sp.Touches)
		c.bool(&sp.Several)
		c.sym(&sp.Turn)
		c.syms(&sp.Takes)
		c.sym(&sp.From)
	})
	c.effect(&s.LockEffect)
	list(c, &s.Unlockers, func(u *Unlocker) { number(c, &u.Result); c.effect(&u.LockEffect) })
	c.paths(&s.Signals)
	c.paths(&s.Joins)
	set(c, &s.JoinsIf, func(j *JoinIf) { c.sym(&j.If); c.path(&j.Key) }, compareJoinIf)
	c.paths(&s.JoinsNil)
	c.locks(&s.AcquiredWell)
	c.paths(&s.Late)
	c.paths(&s.Awaits)
	list(c, &s.Results, func(r *ResultInfo) {
		c.paths(&r.Paths)
		c.bool(&r.Fresh)
		c.bool(&r.Other)
		c.syms(&r.Made)
		c.syms(&r.Waits)
		c.paths(&r.Under)
		list(c, &r.Parts, func(t *Part) { c.path(&t.Path); c.paths(&t.Of); c.syms(&t.Except); c.paths(&t.Under) })
	})
	c.paths(&s.Publishes)
	c.paths(&s.Gives)
	set(c, &s.Puts, func(p *Put) { number(c, &p.Param); c.path(&p.At) }, comparePut)
	c.bool(&s.NoReturn)
	c.bool(&s.Serves)
	c.bool(&s.Touches)
	number(c, &s.Conveyed)
}
