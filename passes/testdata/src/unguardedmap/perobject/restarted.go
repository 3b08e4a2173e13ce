package perobject

import "errors"

type runner struct {
	seen map[string]int
	done chan int
}

var errNone = errors.New("none")

func newRunner(n int) (*runner, error) {
	r := &runner{seen: map[string]int{}, done: make(chan int)}
	if n > 10 {
		return nil, errNone
	}
	r.seen["new"] = n
	return r, nil
}

func (r *runner) stop()  { <-r.done }
func (r *runner) runOk() { r.seen["run"]++ }

// RestartOk makes another one each time, by a constructor that may fail.
func RestartOk(again chan bool) error {
	r, err := newRunner(1)
	if err != nil {
		return err
	}
	go r.runOk()
	for range again {
		r.stop()
		r, err = newRunner(1)
		if err != nil {
			return err
		}
		go r.runOk()
	}
	return nil
}

type pool struct{ last *runner }

// old returns the one that is there.
func (p *pool) old() (*runner, error) {
	if p.last == nil {
		return nil, errNone
	}
	return p.last, nil
}

func (r *runner) runBad() { r.seen["run"]++ } // want `map runner.seen is written here by several goroutines at once`

// ReuseBad takes the one that is there each time.
func (p *pool) ReuseBad(again chan bool) {
	for range again {
		r, err := p.old()
		if err != nil {
			return
		}
		go r.runBad()
	}
}
