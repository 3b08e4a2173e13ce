package silent

import "sync"

// Options by value: each gets a copy of its own, changes it and hands it back.
type upload struct {
	mu    sync.Mutex
	stats map[string]int
	path  string
	size  int64
}

type option func(upload) (upload, error)

// Told of once: it is the type of the options that is wrong.
func withPath(path string) option {
	return func(u upload) (upload, error) { // want `the function literal copies upload: its parameter u is a value`
		u.path = path
		return u, nil
	}
}

func withSizeOk(size int64) option {
	return func(u upload) (upload, error) {
		u.size = size
		return u, nil
	}
}

func withBothBad(path string) option {
	return func(u upload) (upload, error) { // want `the function literal copies upload: its parameter u is a value`
		u.mu.Lock()
		defer u.mu.Unlock()
		u.path = path
		return u, nil // want `the return copies upload`
	}
}

// A value that an interface holds has no address: nobody has ever locked it.
type marked struct {
	once sync.Once
	name string
}

type doNotCopy [0]sync.Mutex

type message struct {
	_    doNotCopy
	tags map[string]string
}

func sameMessageOk(that any) (out *message) {
	switch t := that.(type) {
	case *message:
		out = t
	case message:
		out = &t
	}
	return out
}

func sameOk(that any) *marked {
	var out *marked
	switch t := that.(type) {
	case *marked:
		out = t
	case marked:
		out = &t
	}
	return out
}
