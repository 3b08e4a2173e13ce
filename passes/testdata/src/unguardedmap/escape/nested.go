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
