package misses

var (
	done  = make(chan struct{})
	table = map[string]int{}
)

// The signal of a function that runs as a goroutine is taken for its end, wherever it stands.
func run() {
	close(done)
	table["a"] = 1
}

func start() { go run() }
func stop()  { <-done }

func FN_StartStop() {
	start()
	stop()
	table["b"] = 1
}
