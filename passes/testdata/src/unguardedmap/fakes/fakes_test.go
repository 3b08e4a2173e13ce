package fakes

type fake struct{ rows map[string]int }

func (f *fake) read() map[string]int { return f.rows }

func (c *Cluster) set(k string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.be.(*fake).rows[k] = 1
}

func run() *Cluster {
	c := &Cluster{be: &fake{rows: map[string]int{}}}
	c.set("a")
	return c
}
