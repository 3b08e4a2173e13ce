package comments

import "sync"

// Index is put together by helpers that do not lock by themselves.
type Index struct {
	mu, other sync.Mutex
	byName    map[string]int
}

func (x *Index) unlockedDrop(name string) { delete(x.byName, name) }

func (x *Index) DropOk(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.unlockedDrop(name)
}

func (x *Index) PutOk(name string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.byName[name] = 1
}

func (x *Index) MoveOk(from, to string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.byName[to] = x.byName[from]
}

func (x *Index) WipeOk() {
	x.mu.Lock()
	defer x.mu.Unlock()
	clear(x.byName)
}

// UnlockedDropOk is for who has the lock.
func (x *Index) UnlockedDropOk(name string) { x.unlockedDrop(name) }

// DropBad has not.
func (x *Index) DropBad(name string) {
	x.unlockedDrop(name) // want `map Index.byName is deleted from without Index.mu`
}

// OtherBad has another one.
func (x *Index) OtherBad(name string) {
	x.other.Lock()
	defer x.other.Unlock()
	x.unlockedDrop(name) // want `map Index.byName is deleted from without Index.mu`
}
