package summary

import (
	"go/token"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxAccesses and maxCalls bound a summary. What a function does itself is never cut.
const (
	maxAccesses = 400
	maxCalls    = 60
)

// collector gathers what a function touches, once its states are known.
type collector struct {
	f        *function
	accesses []domain.Access
	calls    []domain.FuncCall
	seen     map[accessKey]bool
	cut      int
}

// accessKey is what makes two accesses the same to everybody but a reader.
type accessKey struct {
	path  domain.Path
	kind  domain.Kind
	fresh bool
	site  domain.Sym
	many  bool
	sets  domain.Sym // locks, running, joined, after, dropped
	pos   domain.Pos // only for accesses of the function itself
}

// access records accesses of the function itself.
func (c *collector) access(st *state, pos token.Pos, paths []domain.Path, kind domain.Kind, fresh bool) {
	ctx := c.f.here(st)
	ctx.Pos = c.f.u.pos(pos)
	for i := range paths {
		if st.owned(&paths[i]) {
			continue
		}
		for _, p := range c.f.aliases(paths[i], kind) {
			c.add(domain.Access{Context: ctx, Path: p, Kind: kind, Fresh: fresh}, ctx.Pos)
		}
	}
}

// imported records an access of a callee, seen from here. One of each sort is kept: another one in the same function under the same
// locks says nothing new.
func (c *collector) imported(st *state, a *domain.Access, e *env, at *domain.Context) {
	ctx := compose(e, &a.Context, at)
	variable := !a.Kind.Content()
	for _, p := range e.translate(&a.Path, variable) {
		if ctx.Site == 0 && st != nil && st.owned(&p) {
			continue
		}
		acc := domain.Access{Context: ctx, Path: p, Kind: a.Kind, Fresh: a.Fresh}
		if e.spawn != nil && e.spawn.parallel(e, &a.Path.Root) {
			acc.Many = true
		}
		for _, q := range c.f.aliases(p, a.Kind) {
			acc.Path = q
			if len(c.accesses) >= maxAccesses {
				c.cut++
				continue
			}
			c.add(acc, domain.Pos{})
		}
	}
}

func (c *collector) add(a domain.Access, pos domain.Pos) {
	if a.Path.Root.Kind == domain.Unknown && a.Path.Loc() == 0 {
		return
	}
	key := accessKey{a.Path, a.Kind, a.Fresh, a.Site, a.Many, contextKey(&a.Context), pos}
	if !c.seen[key] {
		c.seen[key] = true
		c.accesses = append(c.accesses, a)
	}
}

// call records the call of a supplied function.
func (c *collector) call(call domain.FuncCall) {
	if len(c.calls) >= maxCalls {
		c.cut++
		return
	}
	key := accessKey{path: call.Path, site: call.Site, many: call.Many, sets: contextKey(&call.Context), kind: 255}
	if !c.seen[key] {
		c.seen[key] = true
		c.calls = append(c.calls, call)
	}
}

func contextKey(c *domain.Context) domain.Sym {
	if len(c.Locks)+len(c.Running)+len(c.Joined)+len(c.After)+len(c.Dropped) == 0 {
		return 0
	}
	var b strings.Builder
	b.WriteString(c.Locks.String())
	for _, set := range [][]domain.Sym{c.Running, c.Joined} {
		b.WriteByte('|')
		for _, s := range set {
			b.WriteRune(rune(s))
			b.WriteByte(' ')
		}
	}
	for _, set := range [][]domain.Path{c.After, c.Dropped} {
		b.WriteByte('|')
		for _, p := range set {
			b.WriteString(p.String())
			b.WriteByte(' ')
		}
	}
	return domain.Intern(b.String())
}

// contents returns, for each piece of local memory, what local memory was put into it.
func (f *function) contents() map[domain.Sym][]domain.Sym {
	f.scanStores()
	return f.inside
}

// aliases returns the names of the memory at p: its own and, if it was made here and put somewhere others can reach, that.
func (f *function) aliases(p domain.Path, kind domain.Kind) []domain.Path {
	out := []domain.Path{p}
	if p.Root.Kind != domain.Local || !kind.Content() {
		return out
	}
	f.scanStores()
	for _, q := range f.alias[p.Root.Name] {
		out = addPath(out, q.Join(&p))
	}
	return out
}
