package tested

// either runs f here, or starts it, as it is asked to.
func either(f func(), opt map[string]bool) {
	if opt["async"] {
		go f()
		return
	}
	f()
}

// both does both.
func both(f func()) {
	go f()
	f()
}
