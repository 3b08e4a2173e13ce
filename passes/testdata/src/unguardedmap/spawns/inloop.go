package spawns

import "sync"

// A function that leaves a goroutine running, called in a loop.

type counter struct {
	mu    sync.Mutex
	words map[string]int
}

type tallyOk struct{ words map[string]int }

type tallyBad struct{ words map[string]int }

type dropsBad struct{ words map[string]int }

type stagesBad struct{ words map[string]int }

type partsOk struct{ parts [8]map[string]int }

type looksOk struct{ words map[string]int }

type turnsOk struct{ words map[string]int }

func countBad(c *tallyBad, in <-chan string) {
	go func() {
		for w := range in {
			c.words[w]++ // want `map tallyBad.words is written here by several goroutines at once with no lock`
		}
	}()
}

func CountAllBad(ins []<-chan string) {
	c := &tallyBad{words: map[string]int{}}
	for _, in := range ins {
		countBad(c, in)
	}
}

func (c *dropsBad) watchBad(wg *sync.WaitGroup, in <-chan string) {
	wg.Add(1)
	go c.run(wg, in)
}

func (c *dropsBad) run(wg *sync.WaitGroup, in <-chan string) {
	defer wg.Done()
	for w := range in {
		delete(c.words, w) // want `map dropsBad.words is deleted from here by several goroutines at once with no lock`
	}
}

func (c *dropsBad) startBad(wg *sync.WaitGroup, in <-chan string) { c.watchBad(wg, in) }

func DropAllBad(ins []<-chan string) int {
	c := &dropsBad{words: map[string]int{}}
	var wg sync.WaitGroup
	for _, in := range ins {
		c.startBad(&wg, in)
	}
	wg.Wait()
	return len(c.words)
}

func LiteralBad(ins []<-chan string) {
	words := map[string]int{}
	start := func(in <-chan string) {
		go func() {
			for w := range in {
				words[w]++ // want `map words is written here by several goroutines at once with no lock`
			}
		}()
	}
	for _, in := range ins {
		start(in)
	}
}

func stageBad(c *stagesBad) func(<-chan string) <-chan string {
	return func(in <-chan string) <-chan string {
		out := make(chan string)
		go func() {
			defer close(out)
			for w := range in {
				c.words[w]++ // want `map stagesBad.words is written here by several goroutines at once with no lock`
				out <- w
			}
		}()
		return out
	}
}

func PipeBad(ins []<-chan string) (outs []<-chan string) {
	stage := stageBad(&stagesBad{words: map[string]int{}})
	for _, in := range ins {
		outs = append(outs, stage(in))
	}
	return outs
}

func countOk(c *tallyOk, in <-chan string) {
	go func() {
		for w := range in {
			c.words[w]++
		}
	}()
}

// Each turn has a counter of its own.
func CountEachOk(ins []<-chan string) {
	for _, in := range ins {
		countOk(&tallyOk{words: map[string]int{}}, in)
	}
}

func CountGivenOk(cs []*tallyOk, in <-chan string) {
	for _, c := range cs {
		countOk(c, in)
	}
}

func countLockedOk(c *counter, in <-chan string) {
	go func() {
		for w := range in {
			c.mu.Lock()
			c.words[w]++
			c.mu.Unlock()
		}
	}()
}

func CountLockedOk(ins []<-chan string) {
	c := &counter{words: map[string]int{}}
	for _, in := range ins {
		countLockedOk(c, in)
	}
}

func countWaitedOk(c *turnsOk, wg *sync.WaitGroup, in <-chan string) {
	wg.Add(1)
	go func() {
		defer wg.Done()
		for w := range in {
			c.words[w]++
		}
	}()
}

// One at a time.
func InTurnOk(ins []<-chan string) {
	c := &turnsOk{words: map[string]int{}}
	for _, in := range ins {
		var wg sync.WaitGroup
		countWaitedOk(c, &wg, in)
		wg.Wait()
	}
}

func (c *partsOk) partOk(i int, in <-chan string) {
	go func() {
		for w := range in {
			c.parts[i][w]++
		}
	}()
}

// Each has a part.
func PartsOk(ins []<-chan string) {
	c := &partsOk{}
	for i := range c.parts {
		c.parts[i] = map[string]int{}
		c.partOk(i, ins[i])
	}
}

func (c *looksOk) lookOk(in <-chan string, out chan<- int) {
	go func() {
		for w := range in {
			out <- c.words[w]
		}
	}()
}

func LookOk(ins []<-chan string, out chan<- int) {
	c := &looksOk{words: map[string]int{}}
	c.words["a"] = 1
	for _, in := range ins {
		c.lookOk(in, out)
	}
}
