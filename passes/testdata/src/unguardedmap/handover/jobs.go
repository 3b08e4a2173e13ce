package handover

// Jobs of several workers have one map, or lead to one object.
type FN_task struct {
	id  int
	out map[int]int
	sum *sums
}

type sums struct{ by map[int]int }

func fillAll(tasks <-chan FN_task) {
	for t := range tasks {
		t.out[t.id] = 1
		t.sum.by[t.id]++
	}
}

func FN_Tasks(n int) {
	tasks := make(chan FN_task)
	for range 3 {
		go fillAll(tasks)
	}
	out, sum := map[int]int{}, &sums{map[int]int{}}
	for i := range n {
		tasks <- FN_task{i, out, sum}
	}
	close(tasks)
}
