// Package informers has callbacks in the fields of a struct, and by an interface, that are called one after another.
package informers

import "k8s.io/client-go/tools/cache"

// One handler: its functions take turns.
func HandlerOk(pods cache.SharedInformer) {
	names := map[any]bool{}
	pods.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(obj any) { names[obj] = true },
		DeleteFunc: func(obj any) { delete(names, obj) },
	})
}

// Two handlers don't.
func HandlersBad(pods, nodes cache.SharedInformer) {
	names := map[any]bool{}
	pods.AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(obj any) {
			names[obj] = true // want `map names is written here and deleted from at informers.go:\d+ with no lock in common: the callback`
		},
	})
	nodes.AddEventHandler(cache.ResourceEventHandlerFuncs{
		DeleteFunc: func(obj any) { delete(names, obj) },
	})
}

type storeBad struct{ names map[any]bool }

// A handler by its methods, beside who asks.
func (s *storeBad) OnAdd(obj any, first bool) {
	s.names[obj] = true // want `map storeBad.names is written here and read at informers.go:\d+ with no lock in common: storeBad.OnAdd is called back on another goroutine`
}

func (s *storeBad) OnUpdate(_, obj any) {}
func (s *storeBad) OnDelete(obj any)    {}
func (s *storeBad) Has(obj any) bool    { return s.names[obj] }

type storeOk struct{ names map[any]bool }

// The methods alone need no lock.
func (s *storeOk) OnAdd(obj any, first bool) { s.names[obj] = true }
func (s *storeOk) OnUpdate(_, obj any)       { s.names[obj] = true }
func (s *storeOk) OnDelete(obj any)          { delete(s.names, obj) }
