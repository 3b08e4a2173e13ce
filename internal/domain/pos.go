package domain

import (
	"cmp"
	"fmt"
)

// Pos is a position as it was recorded where the code was compiled: under go vet the position of an imported object
// has no column, so facts carry these.
type Pos struct {
	File      Sym
	Line, Col int32
}

// String returns file:line:col.
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// Compare orders positions as a reader would.
func (p Pos) Compare(q Pos) int {
	if p.File != q.File {
		return cmp.Compare(p.File.String(), q.File.String())
	}
	return cmp.Or(cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
}

// Frame is one step of a call chain: Func was called at Pos.
type Frame struct {
	Func Sym
	Pos  Pos
}

// MaxChain bounds the frames that are kept: the outermost, for a message, and the innermost.
const MaxChain = 6
