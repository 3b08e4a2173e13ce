package runners

// Realm does what it is told on one goroutine, which takes it from a queue; one that is to be synchronous has no goroutine, and whoever tells it does it.
type Realm struct {
	still bool
	queue chan order
	seats map[int]int
}

type order interface{ FP_run(r *Realm) }

type seat struct {
	n    int
	done chan struct{}
}

func (s seat) FP_run(r *Realm) {
	defer close(s.done)
	r.seats[s.n]++ // want `map Realm.seats is written here and read at still.go:\d+ with no lock in common`
}

func NewRealmOk(still bool) *Realm {
	r := &Realm{still: still, queue: make(chan order), seats: map[int]int{}}
	if !still {
		go func() {
			for o := range r.queue {
				o.FP_run(r)
			}
		}()
	}
	return r
}

func (r *Realm) SeatOk(n int) <-chan struct{} {
	s := seat{n: n, done: make(chan struct{})}
	if r.still {
		s.FP_run(r)
		return s.done
	}
	r.queue <- s
	return s.done
}
