package tested

import (
	"log/slog"
	"sync"
	"testing"
)

func TestConsoleOk(t *testing.T) {
	noted := map[string]any{}
	slog.New(newConsole(slog.LevelInfo, noted)).Info("a")
	if noted["msg"] != "a" {
		t.Fatal(noted)
	}
}

// The product makes rings without a map. A test that fills it on several goroutines is told of.
func TestRingBad(t *testing.T) {
	r := newRing(map[string]int{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { r.noted["a"]++ }) // want `map r.noted is written here by several goroutines at once`
	}
	wg.Wait()
}
