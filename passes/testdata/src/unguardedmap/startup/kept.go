package startup

import "sync"

// The one object of a program is kept in a variable of the package, and anybody gets it from there.

type Radio struct{ heard map[string]int }

var radio *Radio

func (r *Radio) listen(in chan string) {
	for k := range in {
		r.heard[k]++ // want `map Radio.heard is written here and read at kept.go:\d+ with no lock in common`
	}
}

func (r *Radio) HeardBad(k string) int { return r.heard[k] }

func TuneIn(in chan string) *Radio {
	radio = &Radio{heard: map[string]int{}}
	go radio.listen(in)
	return radio
}

type Siren struct{ calls map[string]int }

var (
	siren     *Siren
	sirenOnce sync.Once
)

func (s *Siren) listen(in chan string) {
	for k := range in {
		s.calls[k]++ // want `map Siren.calls is written here and read at kept.go:\d+ with no lock in common`
	}
}

func (s *Siren) CallsBad(k string) int { return s.calls[k] }

func TheSiren() *Siren {
	sirenOnce.Do(func() {
		siren = &Siren{calls: map[string]int{}}
		go siren.listen(make(chan string))
	})
	return siren
}

// Beacon can be named by other packages. That they call its methods is not taken for granted.
type Beacon struct{ seen map[string]int }

var TheBeacon = &Beacon{seen: map[string]int{}}

func watch(in chan string) {
	for k := range in {
		TheBeacon.seen[k]++
	}
}

func (b *Beacon) FN_Seen(k string) int { return b.seen[k] }

func Watch() { go watch(make(chan string)) }

// Lamp has a lock.
type Lamp struct {
	mu sync.Mutex
	on map[string]bool
}

var lamp *Lamp

func (l *Lamp) run(in chan string) {
	for k := range in {
		l.mu.Lock()
		l.on[k] = true
		l.mu.Unlock()
	}
}

func (l *Lamp) OnOk(k string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.on[k]
}

func TheLamp() *Lamp {
	lamp = &Lamp{on: map[string]bool{}}
	go lamp.run(make(chan string))
	return lamp
}

// Meter: the one that is kept, and has a goroutine, is not given to anybody.
type Meter struct{ runs map[string]int }

var own = &Meter{runs: map[string]int{}}

func (m *Meter) CountOk(k string) { m.runs[k]++ }

func count(in chan string) {
	for k := range in {
		own.runs[k]++
	}
}

func NewMeter() *Meter { return &Meter{runs: map[string]int{}} }

func Count() { go count(make(chan string)) }
