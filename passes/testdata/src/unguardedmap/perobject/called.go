package perobject

// A call in a turn does something to the turn's own object, and then starts a goroutine for it.

type ring struct{ members map[string]int }

func newRing() (*ring, error) { return &ring{members: map[string]int{}}, nil }

func (r *ring) start() {
	r.members["self"] = 1
	go r.watch()
}

func (r *ring) watch() { r.members["other"]++ }

func ringsOk(names []string) {
	rings := make([]*ring, len(names))
	for i := range names {
		rings[i], _ = newRing()
		rings[i].start()
	}
}

type chain struct{ members map[string]int }

func newChain() (*chain, error) { return &chain{members: map[string]int{}}, nil }

// The goroutine of this turn is running by then.
func (c *chain) start() {
	go c.watch()
	c.members["self"] = 1 // want `written here and read`
}

func (c *chain) watch() { c.members["other"]++ }

func chainsBad(names []string) {
	chains := make([]*chain, len(names))
	for i := range names {
		chains[i], _ = newChain()
		chains[i].start()
	}
}

type belt struct{ members map[string]int }

func newBelt() (*belt, error) { return &belt{members: map[string]int{}}, nil }

// Before the goroutine starts, and after.
func (b *belt) start() {
	b.members["self"] = 1
	go b.watch()
	b.members["self"] = 2 // want `written here and read`
}

func (b *belt) watch() { b.members["other"]++ }

func beltsBad(names []string) {
	belts := make([]*belt, len(names))
	for i := range names {
		belts[i], _ = newBelt()
		belts[i].start()
	}
}
