package closurevars

// Two closures of one factory share its map: what the one is called by and the other is not known to be one.
func countBoth() (func(string), func() int) {
	m := map[string]int{}
	return func(k string) { m[k]++ }, func() int { return len(m) }
}

func FN_CountBoth() {
	count, total := countBoth()
	go count("a")
	println(total())
}
