package perobject

import "sync"

// Each goroutine has a number for itself, and so has each of those that it starts in turn: no two have one element.
func rowsOk(rows [][]string) [][]map[string]int {
	var wg sync.WaitGroup
	out := make([][]map[string]int, len(rows))
	for i, row := range rows {
		wg.Add(1)
		go func(i int, row []string) {
			defer wg.Done()
			var cells sync.WaitGroup
			out[i] = make([]map[string]int, len(row))
			for j := range row {
				cells.Add(1)
				go func(j int) {
					defer cells.Done()
					out[i][j] = map[string]int{row[j]: 1}
				}(j)
			}
			cells.Wait()
		}(i, row)
	}
	wg.Wait()
	return out
}

// The numbers begin at one.
func shiftedOk(names []string) []map[string]int {
	var wg sync.WaitGroup
	out := make([]map[string]int, len(names)-1)
	for i := 1; i < len(names); i++ {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			out[i-1] = map[string]int{names[0]: 1}
			out[i-1][names[i]]++
		}(i)
	}
	wg.Wait()
	return out
}

// The inner goroutines of two rows have the same numbers.
func columnsBad(rows [][]string) []map[string]int {
	var wg sync.WaitGroup
	out := make([]map[string]int, 8)
	for i := range out {
		out[i] = map[string]int{}
	}
	for i, row := range rows {
		wg.Add(1)
		go func(i int, row []string) {
			defer wg.Done()
			var cells sync.WaitGroup
			for j := range row {
				cells.Add(1)
				go func(j int) {
					defer cells.Done()
					out[j][row[j]] = i // want `map out is written here by several goroutines at once with no lock`
				}(j)
			}
			cells.Wait()
		}(i, row)
	}
	wg.Wait()
	return out
}

// What all of them add to is not chosen by the number alone.
func halvedBad(names []string) []map[string]int {
	var wg sync.WaitGroup
	out := []map[string]int{{}, {}}
	for i := range names {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			out[i%2][names[i]] = i // want `map out is written here by several goroutines at once with no lock`
		}(i)
	}
	wg.Wait()
	return out
}

// A number that counts itself, and is never set to anything else.
func countedBad(names []string) {
	var n int
	out := []map[string]int{{}, {}}
	show := func() int { return n }
	for _, name := range names {
		go func() {
			out[0][name]++ // want `map out is written here by several goroutines at once with no lock`
		}()
		out[n%2][name] = show()
		out[n][name]++
		n++
	}
}

// Found or made, the element of the number that each goroutine has. Of numbers that come out of a channel, that there may be one already says that they come again.
type bench struct {
	mu   sync.Mutex
	seat map[int]*seat
}

type seat struct{ had map[string]bool }

func (b *bench) at(i int) *seat {
	b.mu.Lock()
	defer b.mu.Unlock()
	s, ok := b.seat[i]
	if !ok {
		s = &seat{had: map[string]bool{}}
		b.seat[i] = s
	}
	return s
}

func (b *bench) FP_Serve(n int, in chan string) {
	for i := range n {
		go func() {
			s := b.at(i)
			for k := range in {
				s.had[k] = true // want `map seat.had is written here by several goroutines at once with no lock`
			}
		}()
	}
}
