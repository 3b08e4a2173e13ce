package handover

// Batches that a loop gives to goroutines, and goes on with new ones.

func tell(m map[string]int) {
	for k := range m {
		println(k)
	}
}

// The closure captures a variable that holds the batch.
func BatchOk(in chan string) {
	batch := map[string]int{}
	for k := range in {
		batch[k]++
		if len(batch) > 10 {
			full := batch
			go func() { tell(full) }()
			batch = map[string]int{}
		}
	}
}

// The same in another order, beside a timer.
func BatchTickOk(in chan string, tick chan int) {
	batch := map[string]int{}
	for {
		select {
		case k := <-in:
			batch[k]++
		case <-tick:
			full := batch
			batch = map[string]int{}
			go func() { tell(full) }()
		}
	}
}

// Only where there is something in it, and nobody at work.
func BatchBusyOk(in chan string) {
	batch := map[string]int{}
	done := make(chan int, 1)
	var busy <-chan int
	for {
		select {
		case k := <-in:
			batch[k]++
		case <-busy:
			busy = nil
		}
		if len(batch) > 0 && busy == nil {
			full := batch
			go func() {
				tell(full)
				done <- 1
			}()
			batch = map[string]int{}
			busy = done
		}
	}
}

// Made when the first thing comes.
func BatchLazyOk(in chan string) {
	var batch map[string]int
	for k := range in {
		if batch == nil {
			batch = make(map[string]int)
		}
		batch[k]++
		if len(batch) > 10 {
			full := batch
			go func() { tell(full) }()
			batch = nil
		}
	}
}

type crate struct{ in map[string]int }

func newCrate() *crate { return &crate{in: map[string]int{}} }

func (c *crate) tell() { tell(c.in) }

// In an object.
func BatchObjectOk(in chan string) {
	b := newCrate()
	for k := range in {
		b.in[k]++
		if len(b.in) > 10 {
			full := b
			go func() { full.tell() }()
			b = newCrate()
		}
	}
}

// The loop goes on with the same.
func BatchKeptBad(in chan string) {
	batch := map[string]int{}
	for k := range in {
		batch[k]++ // want `map batch is written here and iterated at .*batches.go:6 with no lock in common`
		if len(batch) > 10 {
			full := batch
			go func() { tell(full) }()
		}
	}
}

// With a new one now and then.
func BatchOftenBad(in chan string) {
	batch := map[string]int{}
	for k := range in {
		batch[k]++ // want `map batch is written here and iterated at .*batches.go:6 with no lock in common`
		if len(batch) > 10 {
			full := batch
			go func() { tell(full) }()
			if len(batch) > 100 {
				batch = map[string]int{}
			}
		}
	}
}

// The same, as an argument.
func BatchArgumentBad(in chan string) {
	batch := map[string]int{}
	for k := range in {
		batch[k]++ // want `map batch is written here and iterated at .*batches.go:6 with no lock in common`
		if len(batch) > 10 {
			go tell(batch)
			if len(batch) > 100 {
				batch = map[string]int{}
			}
		}
	}
}

// Made when the first thing comes, and kept.
func BatchLazyBad(in chan string) {
	var batch map[string]int
	for k := range in {
		if batch == nil {
			batch = make(map[string]int)
		}
		batch[k]++ // want `map batch is written here and iterated at .*batches.go:6 with no lock in common`
		if len(batch) > 10 {
			full := batch
			go func() { tell(full) }()
		}
	}
}
