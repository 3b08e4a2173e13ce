package workers

type tallyFN struct{ lines map[string]int }

func NewTallyFN() *tallyFN { return &tallyFN{lines: map[string]int{}} }

// FN_Count starts a goroutine at each call, for what it was given, and waits for none.
func (t *tallyFN) FN_Count(in <-chan string) <-chan bool {
	done := make(chan bool)
	go func() {
		for line := range in {
			t.lines[line]++
		}
		done <- true
	}()
	return done
}
