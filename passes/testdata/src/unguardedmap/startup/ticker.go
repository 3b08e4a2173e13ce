package startup

import "time"

// listeners are told of the time by a goroutine that initialisation starts, by a helper.
var listenersBad = map[string]func(){}

func init() { startTicker() }

func startTicker() {
	go func() {
		for range time.Tick(time.Second) {
			for _, tell := range listenersBad {
				tell()
			}
		}
	}()
}

func ListenBad(name string, tell func()) {
	listenersBad[name] = tell // want `map listenersBad is written here and iterated at ticker.go:\d+ with no lock in common`
}

var listenersOk = map[string]func(){}

// StartTicker starts it when somebody wants that: he may have had all listen before.
func StartTicker() { startTickerOk() }

func startTickerOk() {
	go func() {
		for range time.Tick(time.Second) {
			for _, tell := range listenersOk {
				tell()
			}
		}
	}()
}

func ListenOk(name string, tell func()) { listenersOk[name] = tell }
