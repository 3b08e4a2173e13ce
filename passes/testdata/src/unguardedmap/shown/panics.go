package shown

import (
	"fmt"
	"log"
	"sync"
)

type emitter struct {
	mu       sync.Mutex
	handlers map[string]func()
}

func (e *emitter) OnOk(name string, f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.handlers[name] = f
}

func (e *emitter) OffOk(name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.handlers, name)
}

// wire has an emitter in it.
type wire struct {
	emitter
	object any
}

// objectOk tells what it was given instead, and that is the end.
func objectOk(v any) any {
	if w, ok := v.(*wire); ok {
		return w.object
	}
	panic(fmt.Sprintf("not a wire: %+v", v))
}

func ParentOk(w *wire) any { return objectOk(w) }

// label goes on with what it has printed.
func label(v any) string {
	s := fmt.Sprintf("%+v", v)
	if len(s) > 99 {
		panic("long: " + s)
	}
	return s
}

func LabelBad(w *wire) string { return label(w) } // want `map emitter.handlers is iterated without emitter.mu`

// It is logged first, whatever comes then.
func objectLogged(v any) any {
	if w, ok := v.(*wire); ok {
		log.Printf("%+v", v)
		return w.object
	}
	log.Printf("not a wire: %+v", v)
	panic("not a wire")
}

func ParentBad(w *wire) any { return objectLogged(w) } // want `map emitter.handlers is iterated without emitter.mu`
