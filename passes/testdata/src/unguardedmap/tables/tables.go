// Package tables has functions and objects that reach a goroutine by way of local tables.
package tables

type label struct{ notes map[string]int }

type shelf struct{ first *label }

func (s *shelf) watch(stop chan bool) {
	for {
		select {
		case <-stop:
			return
		default:
			_ = len(s.first.notes)
		}
	}
}

type step struct {
	labels []*label
	do     func(step)
}

// The function in the table writes what the goroutine reads through another object.
func TableBad(stop chan bool) {
	steps := []step{{
		labels: []*label{{notes: map[string]int{}}},
		do: func(s step) {
			s.labels[0].notes["a"] = 1 // want `map label.notes is written here and measured at tables.go:\d+ with no lock in common: the goroutine shelf.watch`
		},
	}}
	for _, s := range steps {
		sh := &shelf{first: s.labels[0]}
		go sh.watch(stop)
		s.do(s)
	}
}

// The function is done before the goroutine starts.
func TableOk(stop chan bool) {
	steps := []step{{
		labels: []*label{{notes: map[string]int{}}},
		do: func(s step) {
			s.labels[0].notes["a"] = 1
		},
	}}
	for _, s := range steps {
		s.do(s)
		sh := &shelf{first: s.labels[0]}
		go sh.watch(stop)
	}
}
