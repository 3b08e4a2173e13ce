package libraries

import (
	"maps"
	"time"

	"github.com/patrickmn/go-cache"
)

// carts has a map for each key in a cache that is for several goroutines.
type carts struct{ all *cache.Cache }

func (c *carts) PutBad(id, item string) {
	cart, ok := c.all.Get(id)
	if !ok {
		cart = map[string]int{}
	}
	cart.(map[string]int)[item]++ // want `map carts.all\[\] is written here with no lock: carts.PutBad may be called by several goroutines at once, for which carts.all is made`
	c.all.Set(id, cart, time.Hour)
}

type cartsOk struct{ all *cache.Cache }

func (c *cartsOk) Put(id, item string) {
	cart := map[string]int{}
	if old, ok := c.all.Get(id); ok {
		cart = maps.Clone(old.(map[string]int))
	}
	cart[item]++
	c.all.Set(id, cart, time.Hour)
}
