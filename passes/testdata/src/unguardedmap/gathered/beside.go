package gathered

import "time"

// watch tells how far the work is, from time to time and once more at the end, when the goroutine may be telling, too.
func watch(work, tell func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(time.Second)
		for {
			select {
			case <-tick.C:
				tell()
			case <-done:
				return
			}
		}
	}()
	work()
	tell()
	done <- struct{}{}
}

// watchOk has the goroutine end first.
func watchOk(work, tell func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(time.Second)
		for {
			select {
			case <-tick.C:
				tell()
			case <-done:
				return
			}
		}
	}()
	work()
	done <- struct{}{}
	tell()
}

type Printer struct {
	seen map[string]int
	last map[string]int
}

func (p *Printer) printBad() {
	p.seen["a"]++ // want `map Printer.seen is written here and read at beside.go:\d+ with no lock in common`
}

func (p *Printer) printOk() { p.last["a"]++ }

func TellBad(p *Printer) { watch(func() {}, p.printBad) }

func TellOk(p *Printer) { watchOk(func() {}, p.printOk) }
