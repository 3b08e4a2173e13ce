package happensbefore

import "unguardedmap/happensbefore/flusher"

type output struct {
	worker *flusher.Periodic
	series map[string]int
}

func (o *output) Start() error {
	w, err := flusher.New(1, o.flushOk)
	if err != nil {
		return err
	}
	o.worker = w
	return nil
}

func (o *output) flushOk() { o.series["a"]++ }

func (o *output) StopOk() int {
	o.worker.Stop()
	return len(o.series)
}

type outputBad struct {
	worker *flusher.Periodic
	series map[string]int
}

func (o *outputBad) Start() error {
	w, err := flusher.New(1, o.flushBad)
	if err != nil {
		return err
	}
	o.worker = w
	return nil
}

func (o *outputBad) flushBad() { o.series["a"]++ } // want `map outputBad.series is written here and measured at flushed.go:\d+ with no lock in common`

func (o *outputBad) Stop() int {
	o.worker.Halt()
	return len(o.series)
}
