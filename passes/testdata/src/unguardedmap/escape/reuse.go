package escape

// A copy of a struct is changed by a helper that fills the map of the copy, which is the map of the original.

import (
	"maps"
	"sync"
)

type quota struct {
	limit  int
	labels map[string]string
}

type tenant struct {
	name  string
	quota *quota
}

func stamp(q *quota) {
	if q.labels == nil {
		q.labels = map[string]string{}
	} else {
		delete(q.labels, "old")
	}
	q.labels["version"] = "2" // want `map quota.labels is written after tenantsBad.mu, under which it was taken, is released`
}

type tenantsBad struct {
	mu  sync.RWMutex
	all map[string]*tenant
}

func (t *tenantsBad) Limit(name string, n int) *tenant {
	t.mu.RLock()
	old := t.all[name]
	next := *old
	quota := *old.quota
	next.quota = &quota
	t.mu.RUnlock()
	next.quota.limit = n
	stamp(next.quota)
	return &next
}

func (t *tenantsBad) Labels(name string) map[string]string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return maps.Clone(t.all[name].quota.labels)
}

type quotaOk struct {
	limit  int
	labels map[string]string
}

type tenantOk struct {
	name  string
	quota *quotaOk
}

func stampOwn(q *quotaOk) {
	if q.labels == nil {
		q.labels = map[string]string{}
	}
	q.labels["version"] = "2"
}

type tenantsOk struct {
	mu  sync.RWMutex
	all map[string]*tenantOk
}

// The copy has a map of its own before the helper sees it.
func (t *tenantsOk) Limit(name string, n int) *tenantOk {
	t.mu.RLock()
	old := t.all[name]
	next := *old
	quota := *old.quota
	quota.labels = maps.Clone(quota.labels)
	next.quota = &quota
	t.mu.RUnlock()
	next.quota.limit = n
	stampOwn(next.quota)
	return &next
}

func (t *tenantsOk) Labels(name string) map[string]string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return maps.Clone(t.all[name].quota.labels)
}

type quotaNil struct {
	labels map[string]string
}

func setAnew(q *quotaNil) { q.labels = map[string]string{} }

type tenantsNilOk struct {
	mu  sync.RWMutex
	all map[string]*quotaNil
}

// What is set is the variable in the copy.
func (t *tenantsNilOk) Reset(name string) {
	t.mu.RLock()
	next := *t.all[name]
	t.mu.RUnlock()
	q := &next
	setAnew(q)
}

func (t *tenantsNilOk) Put(name, k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all[name].labels[k] = ""
}

type labelled struct {
	next *labelled
	all  map[string]int
}

type chainBad struct {
	mu    sync.Mutex
	first *labelled
}

// What the load of the table leads to is asked for while the calls further down are looked at.
func (c *chainBad) Take(in chan string) {
	for range 2 {
		go func() {
			c.mu.Lock()
			one := *c.first
			c.mu.Unlock()
			one.next = nil
			fillOne(&one)
		}()
	}
}

func fillOne(l *labelled) {
	if l.all == nil {
		l.all = map[string]int{}
	}
	l.all["a"]++ // want `map labelled.all is written after chainBad.mu, under which it was taken, is released`
}

func (c *chainBad) Get(k string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.first.all[k]
}
