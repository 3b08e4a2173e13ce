package runners

import "sync"

// Functions that get the state from the goroutine that runs them, and do not capture it.

type machine struct {
	vals map[string]int
	ops  chan func(map[string]int)
}

func newMachine() *machine {
	m := &machine{vals: map[string]int{}, ops: make(chan func(map[string]int))}
	go m.run()
	return m
}

func (m *machine) run() {
	for op := range m.ops {
		op(m.vals)
	}
}

func (m *machine) IncOk(k string) {
	m.ops <- func(vals map[string]int) { vals[k]++ }
}

func (m *machine) GetOk(k string) int {
	reply := make(chan int, 1)
	m.ops <- func(vals map[string]int) { reply <- vals[k] }
	return <-reply
}

func (m *machine) FN_Get(k string) int { return m.vals[k] }

type request struct{ headers map[string]string }

func header(k, v string) func(*request) {
	return func(r *request) { r.headers[k] = v } // want `map request.headers is written here by several goroutines at once with no lock`
}

func (r *request) set(opts ...func(*request)) {
	for _, o := range opts {
		o(r)
	}
}

func RequestsBad(r *request, n int) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() { r.set(header("a", "b")) })
	}
	wg.Wait()
}

// Each goroutine has a request of its own.
func RequestsOk(n int) {
	for range n {
		go func() {
			r := &request{headers: map[string]string{}}
			r.set(header("a", "b"))
		}()
	}
}
