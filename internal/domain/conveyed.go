package domain

// Conveyed says on which goroutines the package that declares an interface calls a method of it, on the objects of whoever implements it.
type Conveyed uint8

const (
	NotConveyed Conveyed = iota // on its callers', or it is not known
	ByOne                       // on one of its own, again and again
	ByMany                      // on several, at once
)
