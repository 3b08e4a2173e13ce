package handover

// assigner starts its goroutine only while the channel that it ends with is not listened to.
type assigner struct {
	events chan string
	known  map[string]int
}

func (a *assigner) run() {
	changes := map[string]int{}
	done := make(chan struct{}, 1)
	var busy <-chan struct{}
	for {
		select {
		case k := <-a.events:
			changes[k] = 1
		case <-busy:
			busy = nil
		}
		if len(changes) > 0 && busy == nil {
			full := changes
			go a.FP_assign(full, done)
			changes = map[string]int{}
			busy = done
		}
	}
}

func (a *assigner) FP_assign(changes map[string]int, done chan struct{}) {
	for k := range changes {
		a.known[k] = 1 // want `map assigner.known is written here by several goroutines at once with no lock`
	}
	done <- struct{}{}
}

func Assign() {
	a := &assigner{events: make(chan string), known: map[string]int{}}
	go a.run()
}

// FP_Elements has two goroutines with an element each.
func FP_Elements() {
	var found [2]map[string]int
	done := make(chan bool)
	go func() {
		found[0] = map[string]int{"a": 1} // want `map variable found is replaced here and replaced at`
		println(len(found[0]))
		done <- true
	}()
	go func() {
		found[1] = map[string]int{"b": 1}
		println(len(found[1]))
		done <- true
	}()
	<-done
	<-done
}
