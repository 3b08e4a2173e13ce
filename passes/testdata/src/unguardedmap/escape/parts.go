package escape

import (
	"errors"
	"maps"
	"sync"
)

// View carries maps out.
type View struct {
	Name  string
	Rows  map[string]int
	Owner map[string]string
}

// Board hands out views.
type Board struct {
	mu    sync.RWMutex
	rows  map[string]int
	owner map[string]string
	conf  Conf
	cur   *Conf
}

// Conf is copied.
type Conf struct {
	Size int
	Meta map[string]string
	Deep struct{ Tags map[string]bool }
}

func (b *Board) Put(k string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows[k]++
	b.owner[k] = k
	b.conf.Meta[k] = k
	b.conf.Deep.Tags[k] = true
	b.cur.Meta[k] = k
}

func (b *Board) ViewBad() *View {
	b.mu.RLock()
	defer b.mu.RUnlock()
	v := &View{}
	v.Name = "view"
	v.Rows = b.rows
	v.Owner = maps.Clone(b.owner)
	return v // want `map Board.rows itself is returned, to be used by the caller after Board.mu is released`
}

func (b *Board) LiteralBad() View {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return View{Name: "view", Rows: b.rows} // want `map Board.rows itself is returned`
}

func (b *Board) ViewOk() *View {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return &View{Rows: maps.Clone(b.rows)}
}

func (b *Board) ConfBad() Conf {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.conf // want `map Conf.Meta itself is returned` `map Conf.Deep.Tags itself is returned`
}

func (b *Board) ConfOk() Conf {
	b.mu.RLock()
	defer b.mu.RUnlock()
	c := b.conf
	c.Meta = maps.Clone(c.Meta)
	c.Deep.Tags = maps.Clone(c.Deep.Tags)
	return c
}

func (b *Board) view() *View {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return &View{Rows: b.rows}
}

func (b *Board) UseBad() int {
	v := b.view()
	return v.Rows["a"] // want `map Board.rows is read after Board.mu, under which it was taken, is released`
}

func (b *Board) UseOk() int {
	v := b.view()
	v.Rows = map[string]int{}
	return v.Rows["a"]
}

// A copy whose maps are still the shared ones.
func (c *Conf) clone() *Conf {
	n := *c
	return &n
}

func (c *Conf) deepClone() *Conf {
	n := *c
	n.Meta = maps.Clone(c.Meta)
	return &n
}

func (b *Board) CloneBad() {
	b.mu.RLock()
	c := b.cur.clone()
	b.mu.RUnlock()
	c.Meta["a"] = "b" // want `map Conf.Meta is written after Board.mu, under which it was taken, is released`
}

func (b *Board) CloneOk() {
	b.mu.RLock()
	c := b.cur.deepClone()
	b.mu.RUnlock()
	c.Meta["a"] = "b"
}

func (b *Board) HelperBad() {
	b.mu.RLock()
	c := *b.cur
	b.mu.RUnlock()
	mark(&c)
}

func (b *Board) HelperOk() {
	b.mu.RLock()
	c := *b.cur
	c.Meta = maps.Clone(c.Meta)
	b.mu.RUnlock()
	mark(&c)
}

func mark(c *Conf) {
	c.Meta["marked"] = "yes" // want `map Conf.Meta is written after Board.mu, under which it was taken, is released`
}

func newView() *View { return &View{Rows: map[string]int{}} }

func (b *Board) MadeBad() (*View, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	v := newView()
	v.Rows = b.rows
	return v, nil // want `map Board.rows itself is returned`
}

func (b *Board) MadeOk() (*View, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	v := newView()
	for k, n := range b.rows {
		v.Rows[k] = n
	}
	return v, nil
}

var errNoView = errors.New("no view")

// CheckedBad hands the maps out where all is well only: the other return statements give nothing back.
func (b *Board) CheckedBad(ok bool) (*View, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !ok {
		return nil, errNoView
	}
	v := View{Rows: b.rows}
	v.Name = "rows"
	return &v, nil // want `map Board.rows itself is returned`
}
