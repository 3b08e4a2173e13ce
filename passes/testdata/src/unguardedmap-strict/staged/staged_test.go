package staged

import "testing"

func TestMuxBad(t *testing.T) {
	m := newMux()
	go m.Serve()
	m.m["a"] = make(chan string, 1) // want `map Mux.m is written here and read at staged.go:13 with no lock in common: the goroutine Mux.Serve starts at staged_test.go:7`
	m.conn <- "a"
}

// It is over.
func TestMuxOk(t *testing.T) {
	m := newMux()
	done := make(chan bool)
	go func() {
		m.Serve()
		close(done)
	}()
	close(m.conn)
	<-done
	m.m["a"] = make(chan string, 1)
}
