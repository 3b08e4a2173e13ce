package dispatch

import "net/http"

// A map that has methods, behind an interface: it is one map, and told of once.
type keeper interface {
	keep(k string)
	kept() int
}

type shelf map[string]bool

func (s shelf) keep(k string) { s[k] = true } // want `map s is written here by several goroutines at once with no lock: the handler Shop.buy runs for each request`
func (s shelf) kept() int     { return len(s) }

type clerk struct{ keeper }

func (c *clerk) take(k string) { c.keep(k) }

func NewShelf() keeper { return shelf{} }

type Shop struct{ clerk *clerk }

func NewShop(k keeper) *Shop {
	s := &Shop{clerk: &clerk{k}}
	http.HandleFunc("/buy", s.buy)
	return s
}

func (s *Shop) buy(w http.ResponseWriter, r *http.Request) {
	s.clerk.take(r.URL.Path)
	_ = s.clerk.kept()
}

// Named by the variable that holds the interface, where the map is made in sight.
type holder interface{ hold(k string) }

type tin map[string]bool

func (t tin) hold(k string) { t[k] = true } // want `map hand.holder.\(tin\) is written here by several goroutines at once with no lock: the handler Stall.buy runs for each request`

type hand struct{ holder }

func (h *hand) take(k string) { h.hold(k) }

type Stall struct{ hand *hand }

func NewStall() *Stall {
	s := &Stall{hand: &hand{tin{}}}
	http.HandleFunc("/stall", s.buy)
	return s
}

func (s *Stall) buy(w http.ResponseWriter, r *http.Request) { s.hand.take(r.URL.Path) }
