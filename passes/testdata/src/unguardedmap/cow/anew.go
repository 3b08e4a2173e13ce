package cow

import "sync"

var known sync.Map // of map[int]string, by name

// all calls f for each.
func all(name string, f func(int, string) bool) {
	for i, r := range name {
		if !f(i, string(r)) {
			return
		}
	}
}

// KnownOk puts together anew what is out of date, and no one has it meanwhile.
func KnownOk(name string) map[int]string {
	v, _ := known.Load(name)
	found, _ := v.(map[int]string)
	if len(found) == len(name) {
		return found
	}
	found = make(map[int]string)
	all(name, func(i int, s string) bool {
		found[i] = s
		return true
	})
	known.Store(name, found)
	return found
}

// KnownBad adds what is missing to what others have found.
func KnownBad(name string) map[int]string {
	v, _ := known.Load(name)
	found, _ := v.(map[int]string)
	if found == nil {
		found = make(map[int]string)
	}
	all(name, func(i int, s string) bool {
		found[i] = s // want `map known\[\] is written here`
		return true
	})
	known.Store(name, found)
	return found
}

var again sync.Map

// AgainBad comes back to what it has found.
func AgainBad(names ...string) {
	var found map[int]string
	for _, name := range names {
		all(name, func(i int, s string) bool {
			found[i] = s // want `map again\[\] is written here`
			return true
		})
		v, _ := again.Load(name)
		found, _ = v.(map[int]string)
	}
}
