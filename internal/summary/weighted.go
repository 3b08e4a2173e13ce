package summary

import (
	"go/constant"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// A weighted semaphore of weight 1 is a lock. One of another weight lets several in, so that no row can say what Acquire does.

const weightedType = "golang.org/x/sync/semaphore"

// findWeighted finds the variables that hold semaphores of weight 1 and nothing else.
func (u *unit) findWeighted(funcs []*ssa.Function) {
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				st, ok := instr.(*ssa.Store)
				if !ok {
					continue
				}
				if one, made := weighs(st.Val); made {
					if v, ok := u.variableAt(st.Addr); ok {
						other, known := u.weighted[v]
						u.weighted[v] = one && (other || !known)
					}
				}
			}
		}
	}
}

// weighs reports whether v makes a weighted semaphore, and whether its weight is 1.
func weighs(v ssa.Value) (one, made bool) {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false, false
	}
	callee := call.Call.StaticCallee()
	if callee == nil || callee.Pkg == nil || callee.Pkg.Pkg.Path() != weightedType || callee.Name() != "NewWeighted" {
		return false, false
	}
	weight, ok := call.Call.Args[0].(*ssa.Const)
	if !ok || weight.Value == nil {
		return false, true
	}
	n, exact := constant.Int64Val(constant.ToInt(weight.Value))
	return exact && n == 1, true
}

// effects returns what the models say of t, or what is known of the variable that it is a method of.
func (f *function) effects(t target) []models.Effect {
	if e := f.u.effects(t); e != nil {
		return e
	}
	return f.ofWeighted(t)
}

// ofWeighted returns what t does if it is a method of a weighted semaphore that is a lock.
func (f *function) ofWeighted(t target) []models.Effect {
	if len(f.u.weighted) == 0 || t.obj == nil || t.obj.Pkg() == nil || t.obj.Pkg().Path() != weightedType || len(t.args) == 0 {
		return nil
	}
	if v, ok := f.u.variableOf(t.args[0]); !ok || !f.u.weighted[v] {
		return nil
	}
	kinds := map[string]models.EffectKind{"Acquire": models.Acquire, "TryAcquire": models.Try, "Release": models.Release}
	kind, ok := kinds[t.obj.Name()]
	if !ok {
		return nil
	}
	return []models.Effect{{Kind: kind, Mode: domain.WriteMode, Key: models.NoKey}}
}
