package owners

// What a function makes and gives to its goroutine alone is nothing that other packages call a method on.
type strangerOk struct{ seen map[int]int }

func (s *strangerOk) Read()  { s.seen[1] = s.seen[2] }
func (s *strangerOk) serve() { s.seen[3] = 2 }

func acceptOk(in <-chan int) {
	for range in {
		s := &strangerOk{seen: map[int]int{}}
		go s.serve()
	}
}

// It is kept for others.
type acquaintance struct{ seen map[int]int }

func (a *acquaintance) Read() { a.seen[1] = a.seen[2] }
func (a *acquaintance) serve() {
	a.seen[3] = 2 // want `map acquaintance.seen is written here and written at stranger.go:\d+ with no lock in common: the goroutine acquaintance.serve starts at stranger.go:\d+`
}

var Last *acquaintance

func acceptBad(in <-chan int) {
	for range in {
		a := &acquaintance{seen: map[int]int{}}
		go a.serve()
		Last = a
	}
}

var (
	_ = acceptOk
	_ = acceptBad
)
