package tested

import (
	"net/http"
	"testing"
)

// A test that starts something is looked at whole, with the maps of messages.
func TestForwardBeside(t *testing.T) {
	req := &http.Request{Header: http.Header{}}
	done := make(chan bool)
	go func() {
		for range req.Header {
		}
		close(done)
	}()
	req.Header["a"] = nil // want `map Request.Header is written here and iterated at foreign_test.go:\d+ with no lock in common`
	<-done
}
