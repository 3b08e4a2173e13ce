// Package bus calls its listeners one after another.
package bus

type Listener interface {
	Added(k string)
	Removed(k string)
}

var listeners []Listener

func Subscribe(l Listener) { listeners = append(listeners, l) }
