package tested

import (
	"io"
	"testing"
)

// Close is a function that has the name of a method.
func Close(c io.Closer) { c.Close() }

type closed struct{ rows map[string]int }

func (c *closed) Close() error { c.rows["closed"]++; return nil }

func TestCloseBad(t *testing.T) {
	c := &closed{rows: map[string]int{}}
	go func() { c.rows["open"]++ }() // want `map closed.rows is written here and`
	Close(c)
	c.rows["end"]++
}
