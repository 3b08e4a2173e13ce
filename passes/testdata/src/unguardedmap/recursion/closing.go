package recursion

// Functions that call each other, where it takes two calls that close a cycle until somebody comes by what the other side does.
type pump struct {
	sent map[string]int
	todo []string
}

func (p *pump) process() {
	if len(p.todo) == 0 {
		return
	}
	for k := range p.sent {
		p.todo = append(p.todo, k)
	}
	p.dispatch()
}

func (p *pump) dispatch() {
	p.send()
	if len(p.todo) > 0 {
		p.process()
	}
}

func (p *pump) send() {
	go func() {
		p.dispatch()
		p.sent["a"]++ // want `map pump.sent is written here and iterated at closing.go:13 with no lock in common`
	}()
}

func Pump() {
	p := &pump{sent: map[string]int{}}
	p.process()
}

// The goroutine does nothing to the map itself.
type line struct {
	todo []string
	sent map[string]int
}

func (l *line) process() {
	for _, k := range l.todo {
		l.sent[k]++ // want `map line.sent is written here and read at closing.go:46 with no lock in common`
	}
	l.dispatch()
}

func (l *line) dispatch() {
	l.send()
	if len(l.todo) > 0 {
		l.process()
	}
}

func (l *line) send() {
	go l.dispatch()
}

func Line() {
	l := &line{sent: map[string]int{}}
	l.process()
}
