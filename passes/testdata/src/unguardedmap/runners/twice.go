package runners

import "sync"

// gaugeBad numbers what it sends by a function in a field, and sends on two goroutines.
type gaugeBad struct {
	next func(id byte) byte
	out  chan byte
}

var numbersBad = map[byte]byte{}

func nextBad(id byte) byte {
	numbersBad[id]++ // want `map numbersBad is written here by several goroutines at once with no lock: the callback nextBad is called by several goroutines at once`
	return numbersBad[id]
}

func NewGaugeBad() *gaugeBad { return &gaugeBad{next: nextBad, out: make(chan byte)} }

func (g *gaugeBad) Connect() {
	go func() {
		for {
			g.out <- g.next(1)
		}
	}()
	go func() {
		for {
			g.out <- g.next(2)
		}
	}()
}

// gaugeOk has one goroutine that numbers.
type gaugeOk struct {
	next func(id byte) byte
	out  chan byte
	in   chan byte
}

func NewGaugeOk() *gaugeOk {
	numbers := map[byte]byte{}
	return &gaugeOk{out: make(chan byte), in: make(chan byte), next: func(id byte) byte {
		numbers[id]++
		return numbers[id]
	}}
}

func (g *gaugeOk) Connect() {
	go func() {
		for {
			g.out <- g.next(1)
		}
	}()
	go func() {
		for id := range g.in {
			g.out <- id
		}
	}()
}

// gaugeLockedOk calls it with a lock of its own.
type gaugeLockedOk struct {
	mu   sync.Mutex
	next func(id byte) byte
	out  chan byte
}

func NewGaugeLockedOk() *gaugeLockedOk {
	numbers := map[byte]byte{}
	return &gaugeLockedOk{out: make(chan byte), next: func(id byte) byte {
		numbers[id]++
		return numbers[id]
	}}
}

func (g *gaugeLockedOk) one(id byte) byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.next(id)
}

func (g *gaugeLockedOk) Connect() {
	go func() {
		for {
			g.out <- g.one(1)
		}
	}()
	go func() {
		for {
			g.out <- g.one(2)
		}
	}()
}
