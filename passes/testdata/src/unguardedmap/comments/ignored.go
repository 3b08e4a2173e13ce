package comments

import "sync"

// gVisor's annotations, with those that say where they don't hold.
type traced struct {
	mu sync.Mutex
	// +checklocks:mu
	tags map[string]string
}

func (t *traced) Set(k, v string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tags[k] = v
}

// setInitOk sets a tag before anybody else has it.
// +checklocksignore — Initialization time, not yet shared.
func (t *traced) setInitOk(k, v string) {
	delete(t.tags, "old")
	t.tags[k] = v
}

func (t *traced) StartOk(k string) {
	t.setInitOk(k, "1")
	delete(t.tags, k) // +checklocksignore: nobody has it yet
}

func (t *traced) setBad(k, v string) {
	t.tags[k] = v // want `map traced.tags is written without traced.mu, which guards it as the comment says`
}

func (t *traced) StartBad(k string) {
	t.setBad(k, "1")
	// +checklocks does not say that.
	delete(t.tags, k) // want `map traced.tags is deleted from without traced.mu, which guards it as the comment says`
}
