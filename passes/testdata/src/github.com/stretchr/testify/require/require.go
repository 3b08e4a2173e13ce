// Package require is a stub with the shape of github.com/stretchr/testify/require.
package require

import "time"

type TestingT interface {
	Errorf(format string, args ...interface{})
	FailNow()
}

func True(t TestingT, value bool, msgAndArgs ...interface{}) {}

func False(t TestingT, value bool, msgAndArgs ...interface{}) {}

type Assertions struct{}

func New(t TestingT) *Assertions { return &Assertions{} }

func (a *Assertions) Truef(value bool, msg string, args ...interface{}) {}

// Eventually looks at the condition on goroutines of its own, as the real one does.
func Eventually(t TestingT, condition func() bool, waitFor, tick time.Duration, msgAndArgs ...interface{}) {
	ch := make(chan bool, 1)
	check := func() { ch <- condition() }
	var tickC <-chan time.Time
	go check()
	for {
		select {
		case <-tickC:
			tickC = nil
			go check()
		case ok := <-ch:
			if ok {
				return
			}
			tickC = time.After(tick)
		}
	}
}
