package handover

// Jobs of several workers have one map.
type taskBad struct {
	id  int
	own map[int]int
	out map[int]int
}

func fillAll(tasks <-chan taskBad) {
	for t := range tasks {
		t.own[t.id] = 1
		t.out[t.id] = 1 // want `map taskBad.out is written here by several goroutines at once with no lock`
	}
}

func TasksBad(n int) {
	tasks := make(chan taskBad)
	for range 3 {
		go fillAll(tasks)
	}
	out := map[int]int{}
	for i := range n {
		tasks <- taskBad{i, map[int]int{}, out}
	}
	close(tasks)
}

type taskOk struct{ out map[int]int }

func fillOwnOk(tasks <-chan *taskOk) {
	for t := range tasks {
		t.out[0] = 1
	}
}

// Each job has a map of its own, and one is sent by itself.
func TasksOk(n int) {
	tasks := make(chan *taskOk)
	for range 3 {
		go fillOwnOk(tasks)
	}
	for range n {
		tasks <- &taskOk{map[int]int{}}
	}
	last := map[int]int{}
	tasks <- &taskOk{last}
	close(tasks)
}

// Jobs of several workers lead to one object.
type FN_task struct {
	id  int
	sum *sums
}

type sums struct{ by map[int]int }

func sumAll(tasks <-chan FN_task) {
	for t := range tasks {
		t.sum.by[t.id]++
	}
}

func FN_Tasks(n int) {
	tasks := make(chan FN_task)
	for range 3 {
		go sumAll(tasks)
	}
	sum := &sums{map[int]int{}}
	for i := range n {
		tasks <- FN_task{i, sum}
	}
	close(tasks)
}
