package lockbalance

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// again forgets what was known of v, which is computed anew: in a loop, of its last turn.
func (w *walker) again(ws []*world, v ssa.Value) []*world {
	if !slices.ContainsFunc(ws, (*world).knowing) {
		return ws
	}
	self := w.names.itself(v)
	stale := func(f *known) bool { return f.by == v || f.ofSelf && strings.Contains(f.name, self) }
	lost := func(h hold) bool { return strings.Contains(h.key, self) }
	other := func(d *ssa.Defer) bool {
		return slices.ContainsFunc(d.Call.Args, func(a ssa.Value) bool { return strings.Contains(w.names.of(a), self) })
	}
	return w.map1(ws, func(in *world) *world {
		n := in.forget(stale).without(lost)
		if slices.ContainsFunc(n.defers, other) {
			n = n.deferring(slices.DeleteFunc(slices.Clone(n.defers), other))
		}
		return n
	})
}

// question splits a condition into what it asks, and whether it is true if that is so.
func (w *walker) question(cond ssa.Value) fact {
	cond, is := w.plain(cond)
	b, ok := cond.(*ssa.BinOp)
	if !ok {
		return fact{name: w.names.of(cond), val: "true", is: is, by: cond, asked: w.names.asked(cond)}
	}
	x, y, op := b.X, b.Y, b.Op
	switch op {
	case token.NEQ:
		op, is = token.EQL, !is
	case token.GEQ:
		op, is = token.LSS, !is
	case token.LEQ:
		op, is = token.GTR, !is
	}
	if op == token.GTR {
		op, x, y = token.LSS, y, x
	}
	if _, isConst := x.(*ssa.Const); isConst && op == token.EQL {
		x, y = y, x
	}
	if k, isConst := y.(*ssa.Const); isConst && op == token.EQL {
		val := constText(k)
		if val == "false" {
			val, is = "true", !is
		}
		return fact{name: w.names.of(x), val: val, is: is, by: x, asked: w.names.asked(x)}
	}
	return fact{name: "(" + w.names.of(x) + op.String() + w.names.of(y) + ")", val: "true", is: is, by: cond, asked: w.names.itself(x) + op.String() + w.names.itself(y)}
}

// plain returns what a condition asks behind negations, and assertions that say whether they hold, and what it is if the condition is true.
func (w *walker) plain(cond ssa.Value) (asked ssa.Value, is bool) {
	is = true
	for {
		switch v := cond.(type) {
		case *ssa.UnOp:
			if v.Op != token.NOT {
				return cond, is
			}
			cond, is = v.X, !is
		case *ssa.Call:
			of, as, ok := w.locks.Answered(&v.Call)
			if !ok {
				return cond, is
			}
			cond, is = of, is == as
		default:
			return cond, is
		}
	}
}

// edge returns the worlds that take the i'th edge out of b.
func (w *walker) edge(b *ssa.BasicBlock, i int, ws []*world) []*world {
	out := ws
	if cond, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
		if i == 1 && fromTicker(cond.Cond) {
			return nil
		}
		q := w.asked[cond]
		if i == 1 {
			q.is = !q.is
		}
		out = nil
		for _, in := range ws {
			got, known := in.knows(q)
			switch {
			case known && got != q.is:
			case w.remembers(q.name) && (!known || in.another(q)):
				out = append(out, in.learn(q))
			default:
				out = append(out, in)
			}
		}
	}
	succ := b.Succs[i]
	if succ.Dominates(b) {
		out = w.comesRound(b, i, out)
	}
	return w.stillAsked(succ, w.phis(b, i, out))
}

// stillAsked are worlds on the way into b without what nobody asks any more.
func (w *walker) stillAsked(b *ssa.BasicBlock, ws []*world) []*world {
	idle := func(f *known) bool { return !w.live.asksOf(b, f) }
	return w.map1(ws, func(in *world) *world { return in.forget(idle) })
}

// fromTicker reports whether cond says that the channel of a ticker or timer still gives values, which it does for ever: Stop does not close it.
func fromTicker(cond ssa.Value) bool {
	got, ok := cond.(*ssa.Extract)
	if !ok || got.Index != 1 {
		return false
	}
	recv, ok := got.Tuple.(*ssa.UnOp)
	if !ok || recv.Op != token.ARROW {
		return false
	}
	load, ok := recv.X.(*ssa.UnOp)
	if !ok {
		return false
	}
	field, ok := load.X.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	owner, ok := types.Unalias(field.X.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
	return ok && owner.Obj().Pkg() != nil && owner.Obj().Pkg().Path() == "time"
}

// remembers reports whether a fact about name may matter: it is asked again, or callers know the answer.
func (w *walker) remembers(name string) bool {
	return w.tested[name] > 1 || outer(name)
}

// phis gives the phis behind an edge the values that come over it.
func (w *walker) phis(b *ssa.BasicBlock, i int, ws []*world) []*world {
	succ := b.Succs[i]
	if len(succ.Instrs) == 0 {
		return ws
	}
	if _, ok := succ.Instrs[0].(*ssa.Phi); !ok {
		return ws
	}
	pred := predIndex(b, i)
	var out []*world
	for _, in := range ws {
		n := in
		var facts []fact
		for _, instr := range succ.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			if w.live.has(succ, w.names.of(phi)) {
				facts = append(facts, w.flows(in, phi, phi.Edges[pred])...)
			}
		}
		for _, instr := range succ.Instrs {
			phi, ok := instr.(*ssa.Phi)
			if !ok {
				break
			}
			n = w.again([]*world{n}, phi)[0]
		}
		for _, f := range facts {
			n = n.learn(f)
		}
		out = append(out, n)
	}
	return out
}

// predIndex returns which of the edges into its successor the i'th edge out of b is.
func predIndex(b *ssa.BasicBlock, i int) int {
	nth := 0
	for _, s := range b.Succs[:i] {
		if s == b.Succs[i] {
			nth++
		}
	}
	for j, p := range b.Succs[i].Preds {
		if p == b {
			if nth == 0 {
				return j
			}
			nth--
		}
	}
	return 0
}

// flows returns what is known of phi if it gets the value v.
func (w *walker) flows(in *world, phi *ssa.Phi, v ssa.Value) []fact {
	name := w.names.of(phi)
	if k, ok := v.(*ssa.Const); ok && !isNumber(k.Type()) {
		return []fact{{name: name, val: constText(k), is: true, by: phi, asked: w.names.itself(phi)}}
	}
	if notNil(v) {
		return []fact{{name: name, val: "nil", by: phi, asked: w.names.itself(phi)}}
	}
	var out []fact
	src := w.names.of(v)
	for _, f := range in.facts {
		if f.name == src && !f.old {
			out = append(out, fact{name: name, val: f.val, is: f.is, by: phi, asked: w.names.itself(phi)})
		}
	}
	return out
}

// isNumber: counters would make each turn of a loop a world of its own.
func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsNumeric != 0
}

func notNil(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.MakeInterface, *ssa.Alloc, *ssa.MakeClosure, *ssa.FieldAddr, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice:
		return true
	}
	return false
}
