package domain

import "cmp"

// Heard says that the function By has captured what hangs on a parameter or captured variable, and that others than its goroutines come to have By.
type Heard struct {
	Path Path
	By   Sym
}

// InsertHeard returns the sorted set with h added.
func InsertHeard(set []Heard, h Heard) []Heard {
	return insert(set, h, func(a, b Heard) int { return cmp.Or(a.Path.Compare(&b.Path), cmp.Compare(a.By, b.By)) })
}

// outsiders returns the set of what others can reach, with what functions of this package have captured: in other packages they have no names.
func outsiders(gives []Path, heard []Heard) []Path {
	for i := range heard {
		gives = InsertPath(gives, heard[i].Path)
	}
	return gives
}
