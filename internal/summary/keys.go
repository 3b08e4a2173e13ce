package summary

import (
	"math"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// maxMade bounds the steps in which a key is made of an argument: the length of the text of the address of a listener.
const maxMade = 12

// keyOf returns the argument that the key v of a map operation is, is a part of, or is made from, as domain.Access.Key numbers them.
func (f *function) keyOf(v ssa.Value) int8 {
	for range maxMade {
		switch x := v.(type) {
		case *ssa.Parameter:
			return number(f.paramIndex(x), 1)
		case *ssa.FreeVar:
			return number(f.freeIndex(x), -1)
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.Field:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.BinOp:
			if v = x.X; isConst(v) {
				v = x.Y
			}
		case *ssa.Extract:
			if v = x.Tuple; !isCall(v) {
				return 0
			}
		case *ssa.Call:
			if v = x.Call.Value; x.Call.IsInvoke() {
				continue
			}
			if len(x.Call.Args) > 0 {
				v = x.Call.Args[0]
			} else if x.Call.StaticCallee() != nil {
				return 0
			}
		case *ssa.Alloc:
			st := f.stores(x)
			if len(st.vals) != 1 {
				return 0
			}
			v = st.vals[0]
		default:
			return 0
		}
	}
	return 0
}

func isCall(v ssa.Value) bool {
	_, ok := v.(*ssa.Call)
	return ok
}

func isConst(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

func number(i, sign int) int8 {
	if i < 0 || i >= math.MaxInt8 {
		return 0
	}
	return int8(sign * (i + 1))
}

// keyOf returns the argument of the caller that the key of a callee's access is.
func (e *env) keyOf(a *domain.Access) int8 {
	r := domain.Root{Kind: domain.Param, Index: int16(a.Key) - 1}
	switch {
	case a.Key == 0:
		return 0
	case a.Key < 0:
		r = domain.Root{Kind: domain.FreeVar, Index: -int16(a.Key) - 1}
	}
	if actual := e.actual(&r); actual != nil && actual.val != nil {
		return e.f.keyOf(actual.val)
	}
	return 0
}
