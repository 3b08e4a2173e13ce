// Package lib starts goroutines for others.
package lib

// Async runs f on its own goroutine.
func Async(f func()) { go f() }
