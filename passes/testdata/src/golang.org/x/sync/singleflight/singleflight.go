// Package singleflight has the signatures of the real one.
package singleflight

type Group struct{}

type Result struct {
	Val    any
	Err    error
	Shared bool
}

func (g *Group) Do(key string, fn func() (any, error)) (any, error, bool) { return nil, nil, false }

func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result { return nil }
