package branches

import (
	"sync"
	"time"
)

// team has a lock and a count that its members share; who is in no team counts for himself.
type team struct {
	mu      sync.Mutex
	members []*member
	count   map[int]int
}

type member struct {
	mu    sync.Mutex
	team  *team
	tasks map[int]bool
}

func lockTeam(t *team) {
	if t != nil {
		t.mu.Lock()
	}
}

func unlockTeam(t *team) {
	if t != nil {
		t.mu.Unlock()
	}
}

func (m *member) Start() {
	m.mu.Lock()
	defer m.mu.Unlock()
	time.AfterFunc(time.Second, func() { m.againOk(1) })
	time.AfterFunc(time.Second, func() { m.againBad(1) })
}

func (m *member) againOk(task int) {
	t := m.team
	lockTeam(t)
	m.mu.Lock()
	if t != nil {
		t.count[task]++
	}
	m.mu.Unlock()
	unlockTeam(t)
}

// The lock is given up before the count.
func (m *member) againBad(task int) {
	t := m.team
	lockTeam(t)
	m.mu.Lock()
	unlockTeam(t)
	if t != nil {
		t.count[task]++ // want `map team.count is written without team.mu`
	}
	m.mu.Unlock()
}

func (m *member) DoneOk(task int) {
	t := m.team
	if t != nil {
		t.mu.Lock()
	}
	m.mu.Lock()
	if m.tasks[task] {
		delete(m.tasks, task)
	} else if t != nil {
		m.mu.Unlock()
		for _, o := range t.members {
			o.mu.Lock()
			found := o.tasks[task]
			o.mu.Unlock()
			if found {
				delete(t.count, task)
				break
			}
		}
		m.mu.Lock()
	}
	m.mu.Unlock()
	if t != nil {
		t.mu.Unlock()
	}
}

// club has two, and whether there is the one says nothing of the lock of the other.
type club struct{ first, second *team2 }

type team2 struct {
	mu    sync.Mutex
	count map[int]int
}

func (c *club) lockSecond() {
	if c.first != nil {
		c.second.mu.Lock()
	}
}

func (c *club) Start() { go c.againBad(1) }

func (c *club) Done() {
	c.second.mu.Lock()
	defer c.second.mu.Unlock()
	clear(c.second.count)
}

func (c *club) againBad(task int) {
	c.lockSecond()
	c.second.count[task]++ // want `map team2.count is written here and cleared at nolock.go:\d+ with no lock in common`
}
