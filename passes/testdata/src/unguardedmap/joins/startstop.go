package joins

var (
	ended = make(chan struct{})
	table = map[string]int{}
)

func run() {
	table["a"] = 1
	close(ended)
}

func start() { go run() }
func stop()  { <-ended }

func StartStopOk() {
	start()
	stop()
	table["b"] = 1
}

var (
	begun = make(chan struct{})
	late  = map[string]int{}
)

// The signal is not the end of the function.
func runLate() {
	close(begun)
	late["a"] = 1 // want `map late is written here and written at startstop.go:\d+ with no lock in common`
}

func startLate() { go runLate() }
func stopLate()  { <-begun }

func StartStopBad() {
	startLate()
	stopLate()
	late["b"] = 1
}
