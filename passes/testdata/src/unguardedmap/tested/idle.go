package tested

// Crate has no lock, and its goroutine only reads.
type Crate struct{ m map[string]int }

func OpenCrate() *Crate {
	c := &Crate{m: map[string]int{}}
	go c.watch()
	return c
}

func (c *Crate) watch() {
	for c.m["stop"] == 0 {
	}
}

// Barrel is filled by whoever has it.
type Barrel struct{ m map[string]int }

func (b *Barrel) Size() int { return len(b.m) }

// Pail has no lock either, and nobody starts anything.
type Pail struct{ m map[string]int }

func (p *Pail) PutOk(k string) { p.m[k]++ }
func (p *Pail) SizeOk() int    { return len(p.m) }
