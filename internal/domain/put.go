package domain

import "cmp"

// Put says that a call puts what parameter Param points to where others find it.
type Put struct {
	Param int
	At    Path
}

func comparePut(a, b Put) int { return cmp.Or(cmp.Compare(a.Param, b.Param), a.At.Compare(&b.At)) }

// InsertPut returns the sorted set with p added.
func InsertPut(set []Put, p Put) []Put { return insert(set, p, comparePut) }
