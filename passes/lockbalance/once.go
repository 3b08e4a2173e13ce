package lockbalance

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// done is what a sync.Once is that has run its function.
const done = "done"

// once applies a call that has a sync.Once run what gives locks up, if it has not done so: often here, or else at the end. One that is set anew runs it again, for
// which its variable is followed like others (store). Whether one that nothing is known of has run, the lock tells: it is held only if not.
func (w *walker) once(in *world, once, run ssa.Value, instr ssa.Instruction) *world {
	gives := w.gives(run)
	if len(gives) == 0 {
		return in
	}
	q := fact{name: w.names.of(once), val: done, is: true, by: once, asked: w.names.itself(once)}
	if is, known := in.knows(q); known && is {
		return in
	}
	for _, t := range gives {
		if h := in.get(t.key); h.held() {
			in = w.release(in, t.key, t.mode, instr, nil)
		}
	}
	return in.learn(q)
}

// gives returns the locks that a function gives up on each way through it: the method of a lock, or a function literal.
func (w *walker) gives(run ssa.Value) (out []take) {
	mc, ok := run.(*ssa.MakeClosure)
	if !ok {
		return nil
	}
	callee := w.locks.Closure(mc)
	if callee.Fn == nil {
		if op, ok := bound(w, mc); ok && op.Kind == models.Release {
			out = append(out, take{w.key(op.Addr), op.Mode})
		}
		return out
	}
	exits := w.c.effectOf(callee.Fn).exits
	if len(exits) != 1 {
		return nil
	}
	params, free := w.actuals(callee)
	for _, h := range exits[0].holds {
		key, ok := translate(h.key, params, free)
		switch {
		case !ok || h.unsure || h.held():
			return nil
		case h.w < 0:
			out = append(out, take{key, domain.WriteMode})
		case h.r < 0:
			out = append(out, take{key, domain.ReadMode})
		}
	}
	return out
}

// onlyOnce reports whether a closure that gives locks up is called by sync.Onces alone, where it is made.
func (w *walker) onlyOnce(mc *ssa.MakeClosure) bool {
	elsewhere := func(ref ssa.Instruction) bool {
		call, ok := ref.(ssa.CallInstruction)
		if _, isGo := ref.(*ssa.Go); !ok || isGo {
			return true
		}
		_, run, ok := w.locks.Once(call.Common())
		return !ok || run != ssa.Value(mc)
	}
	return len(*mc.Referrers()) > 0 && !slices.ContainsFunc(*mc.Referrers(), elsewhere) && len(w.gives(mc)) > 0
}
