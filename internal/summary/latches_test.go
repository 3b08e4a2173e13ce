package summary

import (
	"go/constant"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/go/ssa"
)

// A row of a user may say that a function swaps pointers.
func TestSwappedForNil(t *testing.T) {
	assert.Nil(t, constantOf(ssa.NewConst(nil, types.NewPointer(types.Typ[types.Int]))))
	assert.Equal(t, constant.MakeInt64(1), constantOf(ssa.NewConst(constant.MakeInt64(1), types.Typ[types.Int])))
	s, v := states{}, variable{}
	s.note(v, flagOp{swaps: true, from: constant.MakeInt64(1)})
	assert.Empty(t, s[v].latches(), "a value that is not known")
}
