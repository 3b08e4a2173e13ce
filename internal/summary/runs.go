package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// What a function puts into a variable whose functions are run, see runners.go, it starts.

// run hands val, a function or a slice of some, to the goroutines that run what is in the variables. A task that is sent runs from now on; one that is
// stored waits for something to happen. The channel ch is the one it is sent on, nil if it is stored.
func (f *function) run(st *state, vars []variable, ch, val ssa.Value, kind domain.SpawnKind, instr ssa.Instruction, out *collector) {
	val = f.undressed(val)
	if !holdsFuncs(val.Type()) {
		return
	}
	for _, v := range vars {
		r, ok := f.u.runners[v]
		if !ok {
			continue
		}
		e := models.Effect{Kind: models.Spawn, Spawn: kind, Times: models.Single, Group: runnerOf(v.name()), Key: models.NoKey}
		if r.many {
			e.Times = models.Many
		}
		if r.handler && kind.Registered() {
			e.Spawn = domain.Handler
		}
		locks := f.executorOf(v, ch)
		for _, val := range f.funcsIn(val) {
			f.hand(st, val, e, locks, f.endOf(r, instr), instr, out)
		}
		return
	}
}

// endOf returns the keys that the goroutine signals which runs what instr stores in a field of its object.
func (f *function) endOf(r runner, instr ssa.Instruction) []domain.Path {
	st, ok := instr.(*ssa.Store)
	if !ok || r.loop == nil {
		return nil
	}
	field, ok := st.Addr.(*ssa.FieldAddr)
	if !ok {
		return nil
	}
	f.u.looked.note(r.loop)
	sum := f.u.sums[r.loop]
	if sum == nil {
		return nil
	}
	return f.env(target{fn: r.loop, obj: origin(r.loop), args: []ssa.Value{field.X}}, nil).set(sum.Signals)
}

// hand starts or registers the function val, which runs under the locks on a goroutine with those signals.
func (f *function) hand(st *state, val ssa.Value, e models.Effect, locks domain.Lockset, signals []domain.Path, instr ssa.Instruction, out *collector) {
	for _, fv := range f.funcVals(val) {
		s := f.newSpawning(st, instr.Pos(), instr.Block(), e.Spawn)
		s.once, s.signals = locks, signals
		if e.Times != models.Many {
			s.self, s.turn = false, domain.Intern(e.Group)
		}
		if e.Spawn.Registered() {
			s.many, s.self = e.Times == models.Many, false // what is sent is run once, what is stored again and again
		}
		if e.Spawn.Registered() {
			s.running = nil
		}
		if fv.fn == nil {
			f.startDynamic(st, s, fv, &ssa.CallCommon{}, out)
		} else if t := f.u.bind(fv, nil); f.u.summaryOf(t) != nil {
			f.start(st, s, t, out)
		}
	}
}

// funcsIn returns the function v, or those in the slice v that were put in here.
func (f *function) funcsIn(v ssa.Value) []ssa.Value {
	if _, ok := v.Type().Underlying().(*types.Slice); ok {
		return f.elements(v)
	}
	return []ssa.Value{v}
}

func holdsFuncs(t types.Type) bool {
	if s, ok := t.Underlying().(*types.Slice); ok {
		t = s.Elem()
	}
	return isFunc(t)
}

// runSent applies the send of a function on a channel whose functions are run.
func (f *function) runSent(st *state, ch, val ssa.Value, instr ssa.Instruction, out *collector) {
	if len(f.u.runners) > 0 && holdsFuncs(dress(val).Type()) {
		f.run(st, f.u.holders(ch), ch, val, domain.Go, instr, out)
	}
}

// runStored applies the store of a function in a variable or table whose functions are run.
func (f *function) runStored(st *state, instr ssa.Instruction, out *collector) {
	if len(f.u.runners) == 0 {
		return
	}
	switch instr := instr.(type) {
	case *ssa.Store:
		if holdsFuncs(dress(instr.Val).Type()) {
			h := holderFinder{u: f.u, seen: map[ssa.Value]bool{}}
			if _, local := f.u.outermost(instr.Addr).(*ssa.Alloc); !local && !(f.u.serves(instr.Addr) && keptHere(instr.Addr)) {
				h.address(instr.Addr)
			}
			f.run(st, h.out, nil, instr.Val, domain.Callback, instr, out)
		}
	case *ssa.MapUpdate:
		if holdsFuncs(dress(instr.Value).Type()) {
			f.run(st, f.u.holders(instr.Map), nil, instr.Value, domain.Callback, instr, out)
		}
	}
}

// serves reports whether the functions in the field at addr are run for each request.
func (u *unit) serves(addr ssa.Value) bool {
	field, ok := addr.(*ssa.FieldAddr)
	return ok && u.runners[variable{field: fieldSym(field.X.Type(), field.Field)}].handler
}

// keptHere reports whether the object that the field at addr is part of is made here and goes nowhere, but into interfaces: where it is handed to a server
// as one, its methods are registered with what is in its fields.
func keptHere(addr ssa.Value) bool {
	alloc, ok := addr.(*ssa.FieldAddr).X.(*ssa.Alloc)
	return ok && !slices.ContainsFunc(*alloc.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.FieldAddr, *ssa.MakeInterface, *ssa.DebugRef:
			return false
		case *ssa.Call:
			return len(ref.Call.Args) == 0 || ref.Call.Args[0] != ssa.Value(alloc) || ref.Call.StaticCallee() == nil || ref.Call.StaticCallee().Signature.Recv() == nil
		}
		return true
	})
}
