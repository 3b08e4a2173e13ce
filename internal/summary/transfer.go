package summary

import (
	"fmt"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// step moves st over one instruction. With a collector it also records what the instruction touches; the same code does both, so that
// what is recorded can't disagree with the fixed point.
func (f *function) step(st *state, instr ssa.Instruction, out *collector) {
	if st.dead {
		return
	}
	f.at = instr
	f.renew(st, instr)
	if len(st.none) > 0 && unsettles(instr) {
		st.none = nil
	}
	defer f.take(st, instr)
	f.literals(st, instr, out)
	switch instr := instr.(type) {
	case *ssa.Alloc:
		if out != nil {
			f.u.madeUnder(f, st, instr)
		}
	case *ssa.Call:
		f.call(st, &instr.Call, instr, instr, out)
	case *ssa.Go:
		f.goStmt(st, instr, out)
	case *ssa.Defer:
		st.defers = merged(st.defers, []*ssa.Defer{instr})
	case *ssa.RunDefers:
		for i := len(st.defers) - 1; i >= 0; i-- {
			d := st.defers[i]
			f.call(st, &d.Call, d, nil, out)
		}
		st.defers = nil
	case *ssa.Store:
		f.outcomeStored(st, instr)
		f.store(st, instr, out)
		f.callbackField(st, instr, out)
		f.runStored(st, instr, out)
	case *ssa.MapUpdate:
		f.publishInto(st, f.paths(instr.Map), instr.Value)
		f.putAt(out, extend(f.paths(instr.Map), domain.Elem), instr.Value)
		f.putLive(st, instr.Pos(), extend(f.paths(instr.Map), domain.Elem), instr.Value, out)
		f.touch(st, out, instr.Pos(), instr.Map, instr.Key, domain.Write)
		f.operands(st, out, instr.Pos(), instr.Key, instr.Value)
		f.runStored(st, instr, out)
	case *ssa.Lookup:
		if IsMap(instr.X.Type()) {
			f.touch(st, out, instr.Pos(), instr.X, instr.Index, domain.Read)
			f.operands(st, out, instr.Pos(), instr.Index)
		}
	case *ssa.Range:
		if IsMap(instr.X.Type()) {
			f.touch(st, out, instr.Pos(), instr.X, nil, domain.Iterate)
		}
	case *ssa.Next:
		// The iteration goes on under the locks of the loop, not those of its start. Next has no position.
		if r, ok := instr.Iter.(*ssa.Range); ok && IsMap(r.X.Type()) {
			f.touch(st, out, r.Pos(), r.X, nil, domain.Iterate)
		}
	case *ssa.UnOp:
		f.unop(st, instr, out)
	case *ssa.Send:
		if f.semaphoreOp(st, instr.Chan, true) {
			return
		}
		f.send(st, instr, instr.Pos(), instr.Chan, instr.X, out)
		f.pause(st, instr.Chan, instr.X)
		if f.unbuffered(instr.Chan) {
			f.wait(st, extend(f.paths(instr.Chan), domain.Received), false)
		}
	case *ssa.Select:
		for _, s := range instr.States {
			if s.Dir == types.SendOnly {
				f.send(st, instr, s.Pos, s.Chan, s.Send, out)
			}
		}
	case *ssa.MakeInterface:
		f.registerConverted(st, instr, out)
	case *ssa.MakeClosure:
		f.closure(st, instr, out)
	case *ssa.ChangeType:
		f.converted(st, instr, out)
	}
}

// send applies what a send does, if it is one of those that a select chooses from, too.
func (f *function) send(st *state, instr ssa.Instruction, pos token.Pos, ch, v ssa.Value, out *collector) {
	f.publish(st, v)
	f.leaves(out, v)
	f.sentLive(st, pos, v, out)
	f.signal(st, f.sendKeys(instr, ch))
	f.runSent(st, ch, v, instr, out)
}

// sendKeys returns the join keys of a send.
func (f *function) sendKeys(instr ssa.Instruction, ch ssa.Value) []domain.Path {
	if f.innermost(instr.Block()) != nil {
		return extend(f.signalKeys(ch), domain.Repeated)
	}
	return f.signalKeys(ch)
}

// renew notes that instr makes its memory anew: in each turn of a loop it is another piece, which nobody else has yet. What a call returns is renewed with the call, which may let
// others have it.
func (f *function) renew(st *state, instr ssa.Instruction) {
	v, ok := instr.(ssa.Value)
	if !ok || len(st.pub)+len(st.parts) == 0 {
		return
	}
	if call, ok := v.(*ssa.Call); ok {
		for _, ref := range *call.Referrers() {
			if ex, ok := ref.(*ssa.Extract); ok {
				f.renewValue(st, ex)
			}
		}
	}
	if ex, ok := v.(*ssa.Extract); ok {
		if _, ok := ex.Tuple.(*ssa.Call); ok {
			return
		}
	}
	f.renewValue(st, v)
}

func (f *function) renewValue(st *state, v ssa.Value) {
	name := f.names[v]
	st.pub, st.let, st.told = domain.WithoutSym(st.pub, name), domain.WithoutSym(st.let, name), domain.WithoutSym(st.told, name)
	st.parts = withoutRoot(st.parts, name)
}

func (f *function) unop(st *state, instr *ssa.UnOp, out *collector) {
	switch instr.Op {
	case token.ARROW:
		if f.semaphoreOp(st, instr.X, false) {
			return
		}
		f.wait(st, f.paths(instr.X), false)
		f.received(st, instr.X, instr.Block())
	case token.MUL:
		if IsMap(instr.Type()) {
			if out != nil {
				out.access(st, instr.Pos(), f.paths(instr.X), domain.Access{Kind: domain.Load})
			}
		} else if p, ok := f.listed(instr.X); ok && out != nil {
			out.access(st, instr.X.Pos(), []domain.Path{p}, domain.Access{Kind: domain.OperandRead})
		}
	}
}

func (f *function) store(st *state, instr *ssa.Store, out *collector) {
	to := f.paths(instr.Addr)
	f.counted(st, instr)
	fresh := false
	if IsMap(instr.Val.Type()) {
		fresh = f.isFresh(st, instr.Val)
		defer f.lazilySet(st, instr) // the store itself is made while it is not set
	} else {
		f.flagStored(st, instr.Addr, instr.Val)
	}
	f.publishInto(st, to, instr.Val)
	f.putAt(out, to, instr.Val)
	f.putLive(st, instr.Pos(), to, instr.Val, out)
	f.structStore(st, instr, to, out)
	if fresh && len(to) == 1 {
		st.fresh = domain.InsertPath(st.fresh, to[0])
	}
	if out == nil || f.u.never[instr] {
		return
	}
	if IsMap(instr.Val.Type()) {
		out.access(st, instr.Pos(), to, domain.Access{Kind: domain.Replace, Fresh: fresh})
		return
	}
	f.operandStore(st, instr, out)
}

// isFresh reports whether v is nil or a map that this function has to itself.
func (f *function) isFresh(st *state, v ssa.Value) bool {
	if c, ok := v.(*ssa.Const); ok {
		return c.IsNil()
	}
	paths := f.paths(v)
	for i := range paths {
		if paths[i].Root.Kind != domain.Local {
			return false
		}
	}
	return len(paths) > 0
}

// touch records an access to the content of the map m, at a key if there is one.
func (f *function) touch(st *state, out *collector, pos token.Pos, m, key ssa.Value, kind domain.Kind) {
	if out != nil {
		out.access(st, pos, f.paths(m), domain.Access{Kind: kind, Under: lost(f.takenUnder(m), st.locks), Key: f.keyOf(key)})
	}
}

// operands records local memory that a map operation copies as a key or value: m[*k] reads all of k. Only captured memory can be shared.
func (f *function) operands(st *state, out *collector, pos token.Pos, vals ...ssa.Value) {
	if out == nil {
		return
	}
	for _, v := range vals {
		if mi, ok := v.(*ssa.MakeInterface); ok {
			v = mi.X
		}
		if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
			if parts, ok := f.localParts(load.X); ok {
				out.access(st, pos, parts, domain.Access{Kind: domain.OperandRead})
			}
		}
	}
}

// operandStore records a store to local memory that may be an operand of a map operation elsewhere.
func (f *function) operandStore(st *state, instr *ssa.Store, out *collector) {
	if p, ok := f.listed(instr.Addr); ok {
		out.access(st, instr.Pos(), []domain.Path{p}, domain.Access{Kind: domain.OperandWrite})
		return
	}
	parts, ok := f.localParts(instr.Addr)
	if !ok {
		return
	}
	kind := domain.Store
	val := instr.Val
	if ex, ok := val.(*ssa.Extract); ok {
		val = ex.Tuple
	}
	if look, ok := val.(*ssa.Lookup); ok && IsMap(look.X.Type()) {
		kind = domain.OperandWrite
	}
	out.access(st, instr.Pos(), parts, domain.Access{Kind: kind})
}

// listed returns the element at addr of a slice that is itself an element of a captured map: m[1][0]. Both indices have to be constants, or goroutines that
// have a part each would be taken to share it.
func (f *function) listed(addr ssa.Value) (domain.Path, bool) {
	elem, ok := addr.(*ssa.IndexAddr)
	if !ok {
		return domain.Path{}, false
	}
	slice, ok := elem.X.(*ssa.Lookup)
	if !ok {
		return domain.Path{}, false
	}
	key, constKey := slice.Index.(*ssa.Const)
	i, constIndex := elem.Index.(*ssa.Const)
	if !constKey || !constIndex || !IsMap(slice.X.Type()) {
		return domain.Path{}, false
	}
	for _, p := range f.paths(slice.X) {
		if len(p.Sel()) == 0 && (p.Root.Kind == domain.Local || p.Root.Kind == domain.FreeVar) {
			return p.Append(domain.Intern(fmt.Sprintf("[%s]", key.Value))).Append(domain.Intern(fmt.Sprintf("[%s]", i.Value))), true
		}
	}
	return domain.Path{}, false
}

// localParts returns the part of a captured variable, or of the object a captured variable points to, that addr lies in: a field is none of the others, and a
// struct is all of its fields.
func (f *function) localParts(addr ssa.Value) ([]domain.Path, bool) {
	var outer *ssa.FieldAddr
	for {
		switch x := addr.(type) {
		case *ssa.FieldAddr:
			addr, outer = x.X, x
			continue
		case *ssa.IndexAddr:
			if _, isArray := deref(x.X.Type()).Underlying().(*types.Array); isArray {
				addr, outer = x.X, nil
				continue
			}
			return nil, false
		}
		break
	}
	for _, p := range f.paths(addr) {
		if len(p.Sel()) == 0 && (p.Root.Kind == domain.Local || p.Root.Kind == domain.FreeVar) {
			if _, pointer := addr.(*ssa.UnOp); pointer {
				p = p.Append(domain.Deref) // what the variable points to, not the variable
			}
			return partsOf(p, deref(addr.Type()), outer), true
		}
	}
	return nil, false
}

// partsOf returns the fields of the memory at p, of type t, or only the one that is selected: by numbers, since with their names they would be those of all objects of the type, and reports
// would not call them as the code does.
func partsOf(p domain.Path, t types.Type, field *ssa.FieldAddr) (out []domain.Path) {
	of, ok := t.Underlying().(*types.Struct)
	if !ok {
		return []domain.Path{p}
	}
	for i := range of.NumFields() {
		if field == nil || field.Field == i {
			out = append(out, p.Append(domain.Intern(fmt.Sprintf("(%d)", i))))
		}
	}
	return out
}

// tried notes the lock that a call has taken if it returned true, by all its names, as what takes it in any case does.
func (f *function) tried(st *state, call *ssa.Call) {
	if l, ok := f.takesLatch(&call.Call); ok {
		st.locks = st.locks.With(l)
		return
	}
	known, _ := f.targets(&call.Call)
	for _, t := range known {
		for _, e := range f.effects(t) {
			if e.Kind == tryEffect {
				lock := f.u.wholeLock(t.args[0])
				f.holds(st, f.oneOfTable(f.lockPaths(lock)), e.Mode, f.keyed(lock))
				return
			}
		}
	}
}
