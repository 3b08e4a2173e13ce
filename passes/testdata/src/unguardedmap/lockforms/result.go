package lockforms

import (
	"errors"
	"sync"
)

// crate is found in a table that says nothing of what is in it, or made, and comes locked.
type crate struct {
	mu     sync.Mutex
	nails  map[string]int
	screws map[string]int
}

func (c *crate) check(n int) error {
	if n < 0 {
		return errors.New("negative")
	}
	return nil
}

func (c *crate) AddOk(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.screws[name]++
	delete(c.nails, name)
}

func (c *crate) DropOk(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.screws, name)
}

type depot struct {
	crates sync.Map
	name   string
}

func (d *depot) takeOk(n int) (c *crate, err error) {
	defer println("taken")
	if x, ok := d.crates.Load(n); ok {
		c = x.(*crate)
		c.mu.Lock()
	} else {
		c = &crate{nails: map[string]int{}, screws: map[string]int{}}
		d.crates.Store(n, c)
		c.mu.Lock()
	}
	err = c.check(n)
	if err != nil {
		c.mu.Unlock()
	}
	return
}

func (d *depot) Use(n int) error {
	c, err := d.takeOk(n)
	if err != nil {
		return err
	}
	defer c.mu.Unlock()
	c.nails["a"]++
	return nil
}

func (d *depot) any(n int) *crate {
	x, _ := d.crates.Load(n)
	c := x.(*crate)
	c.mu.Lock()
	return c
}

func (d *depot) UseAny(n int) {
	c := d.any(n)
	c.nails["b"]++
	c.mu.Unlock()
}

// UseBad does not ask whether it has got the lock.
func (d *depot) UseBad(n int) {
	c, _ := d.takeOk(n)
	c.screws["c"]++ // want `map crate.screws is written without crate.mu`
}

func RunDepot(d *depot) {
	for i := range 4 {
		go d.Use(i)
		go d.UseAny(i)
		go d.UseBad(i)
	}
}
