package happensbefore

import (
	"io"
	"log"
	"os"
)

// The program ends there: nothing follows.
func ExitOk(fail bool) int {
	m := map[string]int{}
	go func() { m["a"] = 1 }()
	if fail {
		os.Exit(1)
	}
	log.Fatal("never here")
	return len(m)
}

func ReturnBad(fail bool) int {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want `map m is written here and measured at ends.go:\d+ with no lock in common`
	}()
	if fail {
		log.Print("failed")
	}
	return len(m)
}

// A logger writes one line after another.
type linesOk struct{ n map[string]int }

func (l *linesOk) Write(p []byte) (int, error) {
	l.n["lines"]++
	return len(p), nil
}

func LogOk(in chan string) {
	l := log.New(&linesOk{n: map[string]int{}}, "", 0)
	for range 2 {
		go func() {
			for k := range in {
				l.Print(k)
			}
		}()
	}
}

// Without a logger before it nobody keeps the writers apart.
type linesBad struct{ n map[string]int }

func (l *linesBad) Write(p []byte) (int, error) {
	l.n["lines"]++ // want `map linesBad.n is written here by several goroutines at once with no lock`
	return len(p), nil
}

func WriteBad(in chan string) {
	l := &linesBad{n: map[string]int{}}
	for range 2 {
		go func() {
			for k := range in {
				l.Write([]byte(k))
			}
		}()
	}
}

var _ io.Writer = (*linesBad)(nil)
