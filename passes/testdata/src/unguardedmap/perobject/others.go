package perobject

import "sync"

// Each connection has a goroutine of its own that writes the map of that connection, and looks into those of all others under the lock of the table.

type member struct{ rooms map[string]bool }

type chat struct {
	mu      sync.Mutex
	members map[int]*member
}

func (c *chat) Serve(ids <-chan int, lines <-chan string) {
	for id := range ids {
		m := &member{rooms: map[string]bool{}}
		c.mu.Lock()
		c.members[id] = m
		c.mu.Unlock()
		go c.FN_Tell(m, lines)
	}
}

func (c *chat) FN_Tell(m *member, lines <-chan string) {
	for line := range lines {
		m.rooms[line] = true
		c.mu.Lock()
		for _, other := range c.members {
			if other.rooms[line] {
				println(line)
			}
		}
		c.mu.Unlock()
	}
}
