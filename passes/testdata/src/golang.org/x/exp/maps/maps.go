// Package maps is a stub with the shape of golang.org/x/exp/maps.
package maps

func Clear[M ~map[K]V, K comparable, V any](m M) {}

func Keys[M ~map[K]V, K comparable, V any](m M) []K { return nil }
