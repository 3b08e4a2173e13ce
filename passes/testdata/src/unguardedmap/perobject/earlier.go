package perobject

import "sync"

// What an earlier turn of a loop has made is not what this turn makes.

type rest struct {
	mu sync.Mutex
	m  map[string]int
}

func newRest() *rest { return &rest{m: map[string]int{}} }

func (r *rest) add(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.m[k]++
}

// The goroutines of a turn collect what the next one goes over.
func retryOk(m map[string]int) int {
	todo := &rest{m: m}
	for range 3 {
		failed := newRest()
		var wg sync.WaitGroup
		for k := range todo.m {
			wg.Add(1)
			go func() {
				defer wg.Done()
				failed.add(k)
			}()
		}
		wg.Wait()
		if len(failed.m) == 0 {
			return 0
		}
		todo = failed
	}
	return len(todo.m)
}

func retryPlainOk(todo map[string]int) map[string]int {
	for len(todo) > 0 {
		failed, done := map[string]int{}, make(chan bool)
		go func() {
			failed["a"] = 1
			close(done)
		}()
		delete(todo, "b")
		<-done
		todo = failed
	}
	return todo
}

type left struct {
	mu sync.Mutex
	m  map[string]int
}

func (l *left) add(k string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.m[k]++
}

// Nobody has waited for the goroutines of the last turn.
func hurryBad(m map[string]int) {
	todo := &left{m: m}
	for range 3 {
		failed := &left{m: map[string]int{}}
		for k := range todo.m { // want `map left.m is iterated without left.mu`
			go failed.add(k)
		}
		todo = failed
	}
}

// The goroutine works on what the last turn has made, too.
func bothBad(todo map[string]int) {
	for range 3 {
		failed, done := map[string]int{}, make(chan bool)
		go func(last map[string]int) {
			delete(last, "a") // want `is deleted from here and written`
			close(done)
		}(todo)
		todo["b"] = 1
		<-done
		todo = failed
	}
}
