package escape

import "sync"

// branches is a map of maps.
type branches struct {
	mu   sync.RWMutex
	root map[string]map[string]int
}

func (b *branches) Set(path, k string, v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.root[path] == nil {
		b.root[path] = map[string]int{}
	}
	b.root[path][k] = v
}

func (b *branches) get(path string) any {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if path == "" {
		return b.root
	}
	return b.root[path]
}

// The one map or the other, and one place to mend: said once.
func (b *branches) SizeBad(path string) int {
	return sizeOf(b.get(path))
}

func sizeOf(v any) int {
	switch v := v.(type) {
	case map[string]map[string]int:
		return len(v) // want `map branches.root is measured without branches.mu`
	case map[string]int:
		return len(v)
	}
	return 0
}

// Both are looked up on one line.
func (b *branches) LookBad(path, k string) int {
	b.Set(path, k, 1)
	return lookUp(b.root, path, k)
}

func lookUp(root map[string]map[string]int, path, k string) int { return root[path][k] } // want `map branches.root is read without branches.mu`

func (b *branches) SizeOk(path string) int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if path == "" {
		return len(b.root)
	}
	return len(b.root[path])
}

// Found or made under the lock, and written after it; others look into it under the lock.
type votes struct {
	mu sync.Mutex
	by map[string]map[string]int
}

func (v *votes) AddBad(topic, who string) {
	v.mu.Lock()
	of, ok := v.by[topic]
	if !ok {
		of = map[string]int{}
		v.by[topic] = of
	}
	v.mu.Unlock()
	of[who]++ // want `map votes.by\[\] is written after votes.mu, under which it was taken, is released`
}

func (v *votes) OfOk(topic, who string) int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.by[topic][who]
}

// Nobody is in one of these maps under the lock, so that it is not the one that they miss; but callers who come at once may ask for one map.
type desks struct {
	mu sync.Mutex
	by map[string]map[string]int
}

func (d *desks) PutBad(who, what string) {
	d.mu.Lock()
	of, ok := d.by[who]
	if !ok {
		of = map[string]int{}
		d.by[who] = of
	}
	d.mu.Unlock()
	of[what]++ // want `map desks.by\[\] is written here with no lock: desks.PutBad may be called by several goroutines at once, for which desks.by has its lock`
}

func (d *desks) OfOk(who, what string) int {
	d.mu.Lock()
	of := d.by[who]
	d.mu.Unlock()
	return of[what]
}

// What is taken out of the table is nobody else's.
type drawers struct {
	mu sync.Mutex
	by map[string]map[string]int
}

func (d *drawers) PutOk(who, what string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.by[who] == nil {
		d.by[who] = map[string]int{}
	}
	d.by[who][what]++
}

func (d *drawers) EmptyOk(who string) int {
	d.mu.Lock()
	of := d.by[who]
	delete(d.by, who)
	d.mu.Unlock()
	n := len(of)
	clear(of)
	return n
}
