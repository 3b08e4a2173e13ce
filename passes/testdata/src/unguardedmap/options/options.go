// Package options has objects with locks that are set up in options, before a server makes objects of its own from them.
package options

import "sync"

type account struct {
	mu     sync.RWMutex
	limits map[string]int
	rows   map[string]int
}

func (a *account) Put(k string, n int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rows[k] = n
}

func (a *account) Drop(k string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.rows, k)
}

func (a *account) Assign(limits map[string]int) {
	a.mu.Lock()
	a.limits = limits
	a.mu.Unlock()
}

func (a *account) Reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limits = nil
}

func (a *account) Enabled() bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return len(a.limits) > 0
}

// Options are made by a parser.
type Options struct{ Accounts []*account }

// Nobody takes the lock of an account that is reached through options.
func (o *Options) ValidateOk() bool {
	for _, acc := range o.Accounts {
		if len(acc.limits) > 0 {
			return false
		}
	}
	return true
}

// What is in the map is another matter: an owner that goes over the maps of its parts bare is a bug that is often seen.
func (o *Options) FP_Fill(k string) {
	for _, acc := range o.Accounts {
		acc.rows[k] = 1 // want `map account.rows is written without account.mu`
	}
}

var defaults = map[string]int{"": -1}

// ReloadOk sets up what becomes a part of options.
func ReloadOk(o *Options, in chan bool) {
	go func() { o.parse(in) }()
}

func (o *Options) parse(in chan bool) {
	for on := range in {
		acc := &account{}
		o.Accounts = append(o.Accounts, acc)
		if on {
			acc.limits = defaults
		}
	}
}

type tenant struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (t *tenant) Assign(limits map[string]int) {
	t.mu.Lock()
	t.limits = limits
	t.mu.Unlock()
}

// HouseBad locks a tenant that it reaches in the same way.
type HouseBad struct{ tenants []*tenant }

func (h *HouseBad) Assign(i int, limits map[string]int) { assign(h.tenants[i], limits) }

func assign(t *tenant, limits map[string]int) { t.Assign(limits) }

func (h *HouseBad) Limited() (n int) {
	for _, t := range h.tenants {
		if len(t.limits) > 0 { // want `variable tenant.limits is read without tenant.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type guest struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (g *guest) Assign(limits map[string]int) {
	g.mu.Lock()
	g.limits = limits
	g.mu.Unlock()
}

// HotelBad gives guests to its callers.
type HotelBad struct{ guests map[string]*guest }

func (h *HotelBad) Guest(name string) *guest { return h.guests[name] }

func (h *HotelBad) Limited() (n int) {
	for _, g := range h.guests {
		if len(g.limits) > 0 { // want `variable guest.limits is read without guest.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type player struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (p *player) Assign(limits map[string]int) {
	p.mu.Lock()
	p.limits = limits
	p.mu.Unlock()
}

// gameBad has players that their sessions know, too.
type gameBad struct{ players map[string]*player }

type session struct{ player *player }

func (s *session) join(g *gameBad, name string) { s.player = g.players[name] }

func (s *session) Limit(limits map[string]int) { s.player.Assign(limits) }

func Join(g *gameBad, name string) *session {
	s := &session{}
	s.join(g, name)
	return s
}

func (g *gameBad) Limited() (n int) {
	for _, p := range g.players {
		if len(p.limits) > 0 { // want `variable player.limits is read without player.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type machine struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (m *machine) run(in chan map[string]int) {
	for limits := range in {
		m.mu.Lock()
		m.limits = limits
		m.mu.Unlock()
	}
}

// PlantBad has a goroutine for each machine.
type PlantBad struct{ machines []*machine }

func (p *PlantBad) Add(in chan map[string]int) {
	m := &machine{}
	p.machines = append(p.machines, m)
	go m.run(in)
}

func (p *PlantBad) Limited() (n int) {
	for _, m := range p.machines {
		if len(m.limits) > 0 { // want `variable machine.limits is read without machine.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type visitor struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (v *visitor) Assign(limits map[string]int) {
	v.mu.Lock()
	v.limits = limits
	v.mu.Unlock()
}

// MuseumBad lets its callers do something with each visitor.
type MuseumBad struct{ visitors []*visitor }

func (m *MuseumBad) Each(f func(*visitor)) {
	for _, v := range m.visitors {
		f(v)
	}
}

func (m *MuseumBad) Limited() (n int) {
	for _, v := range m.visitors {
		if len(v.limits) > 0 { // want `variable visitor.limits is read without visitor.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type crew struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (c *crew) Assign(limits map[string]int) {
	c.mu.Lock()
	c.limits = limits
	c.mu.Unlock()
}

// fleetBad has crews that are chosen for a watch.
type fleetBad struct{ crews []*crew }

type watch struct{ chosen []*crew }

func (w *watch) choose(f *fleetBad, i int) { w.chosen = append(w.chosen, f.crews[i]) }

func (w *watch) Limit(limits map[string]int) { w.chosen[0].Assign(limits) }

func Choose(f *fleetBad, i int) *watch {
	w := &watch{}
	w.choose(f, i)
	return w
}

func (f *fleetBad) Limited() (n int) {
	for _, c := range f.crews {
		if len(c.limits) > 0 { // want `variable crew.limits is read without crew.mu, under which it is replaced`
			n++
		}
	}
	return n
}

type ship struct {
	mu     sync.RWMutex
	limits map[string]int
}

func (s *ship) Assign(limits map[string]int) {
	s.mu.Lock()
	s.limits = limits
	s.mu.Unlock()
}

var known sync.Map

type harbour struct{ ships []*ship }

func (h *harbour) register(i int) { known.Store(i, h.ships[i]) }

func Limit(h *harbour, i int, limits map[string]int) {
	h.register(i)
	if s, ok := known.Load(i); ok {
		s.(*ship).Assign(limits)
	}
}

// That the ships are in a sync.Map as well, where they are locked, is not followed.
func (h *harbour) FN_Limited() (n int) {
	for _, s := range h.ships {
		if len(s.limits) > 0 {
			n++
		}
	}
	return n
}

type badge struct {
	mu     sync.RWMutex
	limits map[string]int // guarded by mu
}

func (b *badge) Assign(limits map[string]int) {
	b.mu.Lock()
	b.limits = limits
	b.mu.Unlock()
}

type Wardrobe struct{ badges []*badge }

// The comment says what nobody does.
func (w *Wardrobe) LimitedBad() (n int) {
	for _, b := range w.badges {
		if len(b.limits) > 0 { // want `variable badge.limits is read without badge.mu`
			n++
		}
	}
	return n
}
