package summary

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Contexts that one call in sight ends, and nothing else: who has received from Done comes after what came before that call, as if it had sent on a channel. Of a
// context with another parent, or whose cancel function is called in several places or handed on, it is not known who has ended it.

var cancelFunc = domain.InternMember("context", "CancelFunc")

// endedBy returns the key of a context, or of the function that cancels it, which are results of the call; nil if several may end it.
func (f *function) endedBy(call *ssa.Call) []domain.Path {
	if !callsNamed(call, "context.WithCancel") || !endless(call.Call.Args[0]) {
		return nil
	}
	for _, ref := range *call.Referrers() {
		if cancel, ok := ref.(*ssa.Extract); ok && cancel.Index == 1 {
			uses := cancelUses{maker: call.Parent()}
			if uses.scan(cancel); uses.calls == 1 && !uses.other {
				return one(f.local(call))
			}
		}
	}
	return nil
}

// doneOf returns the key of the context whose Done the call asks for, nil if it is not one that a call in sight ends.
func (f *function) doneOf(call *ssa.Call) []domain.Path {
	if m := call.Call.Method; m == nil || m.FullName() != "(context.Context).Done" {
		return nil
	}
	paths := f.paths(call.Call.Value)
	if len(paths) != 1 {
		return nil
	}
	if made, ok := f.made[paths[0].Root.Name].(*ssa.Call); !ok || f.endedBy(made) == nil {
		return nil
	}
	return paths
}

// cancels notes the call of a function that ends a context.
func (f *function) cancels(st *state, c *ssa.CallCommon) {
	if typeSym(c.Value.Type()) == cancelFunc {
		f.signal(st, f.paths(c.Value))
	}
}

// callsNamed reports whether call is one of a function of that full name.
func callsNamed(call *ssa.Call, names ...string) bool {
	callee := call.Call.StaticCallee()
	return callee != nil && origin(callee) != nil && slices.Contains(names, origin(callee).FullName())
}

// endless reports whether nothing ends the context v.
func endless(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	return ok && callsNamed(call, "context.Background", "context.TODO")
}

// cancelUses are the uses of a cancel function.
type cancelUses struct {
	maker *ssa.Function
	calls int
	other bool // it goes elsewhere
}

// scan looks at the uses of v, the function or a variable that holds it. One that its maker defers is called when nobody there waits any more.
func (u *cancelUses) scan(v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			u.scan(ref)
		case *ssa.Store:
			if variable, ok := ref.Addr.(*ssa.Alloc); !ok || ref.Val != v {
				u.other = u.other || ref.Addr != v
			} else {
				u.scan(variable)
			}
		case *ssa.MakeClosure:
			for i, b := range ref.Bindings {
				if b == v {
					u.scan(ref.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		case *ssa.Defer:
			if ref.Parent() != u.maker {
				u.calls++
			}
			u.other = u.other || ref.Call.Value != v
		case *ssa.Call:
			u.calls++
			u.other = u.other || ref.Call.Value != v
		default:
			u.other = true
		}
	}
}
