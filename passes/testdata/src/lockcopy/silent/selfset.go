package silent

import "sync"

type record struct {
	mu sync.Mutex
	m  map[string]int
}

// The named result is set to nothing but itself, by the return.
func selfSetOk() (r *record, err error) {
	defer func() {
		if err != nil && r != nil {
			r = nil
		}
	}()
	return r, err
}

func selfReadOk() (r *record, err error) {
	defer func() { println(err == nil) }()
	if n := len(r.m); n > 0 {
		return r, nil
	}
	m := r.m
	other := &record{m: m}
	other.m["a"] = 1
	return r, nil
}
