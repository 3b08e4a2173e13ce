package tested

import (
	"io"
	"net"
	"testing"
)

func pipe() (a, b io.ReadWriter) { return net.Pipe() }

func serveWire(w *Wire, job func(*Wire)) { go job(w) }

// The server has answered before the test sets the variable.
func TestDialogOk(t *testing.T) {
	connect := func(job func(*Wire)) *Wire {
		server, client := pipe()
		go job(&Wire{server})
		return &Wire{client}
	}
	t.Run("ask", func(t *testing.T) {
		mark := "x"
		w := connect(func(w *Wire) {
			w.Send(map[string]string{"mark": mark, "at": "1"})
			w.Send(map[string]string{"mark": "z"})
		})
		w.Ask()
		mark = w.Ask()
		if mark != "x" {
			t.Fatal(mark)
		}
	})
}

// The test sets it at once.
func TestMonologueBad(t *testing.T) {
	server, client := pipe()
	w := &Wire{client}
	mark := "x"
	serveWire(&Wire{server}, func(w *Wire) { w.Send(map[string]string{"mark": mark}) })
	mark = "y" // want `the operand mark of a map operation is set here and used as an operand at dialog_test.go:\d+`
	if got := w.Ask(); got != mark {
		t.Fatal(got)
	}
}

// Another goroutine goes on with the map.
func TestDialogBad(t *testing.T) {
	server, client := pipe()
	w := &Wire{client}
	marks := map[string]string{}
	serveWire(&Wire{server}, func(w *Wire) {
		for {
			marks["x"] = w.Ask() // want `map marks is written here and written at dialog_test.go:\d+ with no lock in common`
		}
	})
	w.Send(map[string]string{"x": "y"})
	marks["y"] = "z"
}
