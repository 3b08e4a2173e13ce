package summary

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// What goes through a channel is handed over, mostly: its sender is done with it, and the receiver has it alone. A channel whose senders go on with what they have sent is like a
// container instead: who receives from it finds what was put there, which others may have, too. Two receivers still have one each.

// sentKept says of a channel that senders go on with what they send on it.
type sentKept struct {
	again bool // what was sent is sent again: several receivers may get one
	// beside holds where it is found in the object that has the channel: in a field, or as an element of one.
	beside [][]domain.Sym
}

// sending is that an instruction sends v on a channel, or calls a function that does.
type sending struct {
	instr ssa.Instruction
	v     ssa.Value
	on    variable
	owner ssa.Value       // the object that has the channel; nil for one that was sent on further down
	from  *ssa.BasicBlock // where the sender goes on, if that depends on a choice
}

// keptFinder looks into what senders do after a send.
type keptFinder struct {
	u        *unit
	sends    []sending
	calls    map[*ssa.Function][]ssa.CallInstruction
	replaced map[domain.Sym]bool    // fields that are set in objects which were there before
	waiting  map[*ssa.Function]bool // whether a function may wait for another goroutine
}

// findSentKept finds the channels whose senders go on with what they have sent.
func (u *unit) findSentKept(funcs []*ssa.Function) {
	k := keptFinder{u: u, calls: map[*ssa.Function][]ssa.CallInstruction{}, replaced: map[domain.Sym]bool{}, waiting: map[*ssa.Function]bool{}}
	funcs = slices.DeleteFunc(slices.Clone(funcs), u.inTest) // a test knows who is at it
	for _, fn := range funcs {
		eachInstr(fn, k.scan)
	}
	if len(k.sends) == 0 {
		return
	}
	for _, fn := range funcs {
		eachInstr(fn, k.call)
	}
	for range maxKeptDepth {
		sends := k.sends
		k.sends = nil
		for _, s := range sends {
			k.judge(s)
		}
	}
}

// maxKeptDepth is how many calls a sender may be away from the send.
const maxKeptDepth = 3

func (k *keptFinder) scan(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Send:
		k.send(instr, instr.Chan, instr.X, nil)
	case *ssa.Select:
		for i, st := range instr.States {
			if st.Dir == types.SendOnly {
				k.send(instr, st.Chan, st.Send, chosen(instr, i))
			}
		}
	case *ssa.Store:
		if addr, ok := instr.Addr.(*ssa.FieldAddr); ok {
			if _, made := addr.X.(*ssa.Alloc); !made {
				k.replaced[fieldSym(addr.X.Type(), addr.Field)] = true
			}
		}
	}
}

func (k *keptFinder) call(instr ssa.Instruction) {
	if call, ok := instr.(ssa.CallInstruction); ok {
		if callee := staticTarget(call.Common().Value); callee != nil {
			t := k.u.target(callee)
			k.calls[t] = append(k.calls[t], call)
		}
	}
}

func (k *keptFinder) send(instr ssa.Instruction, ch, v ssa.Value, from *ssa.BasicBlock) {
	if !reachesMapIn(v.Type(), maxLeads) {
		return
	}
	if on, ok := k.u.variableOf(ch); ok {
		k.sends = append(k.sends, sending{instr, v, on, ownerOf(ch), from})
	}
}

// judge notes the channel of s if its sender goes on with what is sent, and the calls that lead to s if that is a parameter.
func (k *keptFinder) judge(s sending) {
	for _, in := range contained(s.v) {
		v := in.v
		beside := k.foundBeside(v, s.owner)
		touched, again := k.goesOnWith(s, v)
		if in.field != 0 {
			always, seen := k.u.sentAgain[in.field]
			k.u.sentAgain[in.field] = again && (always || !seen)
		}
		if beside != nil || touched || again {
			kept := k.u.sentKept[s.on]
			kept.again = kept.again || again && in.field == 0
			if beside != nil && !slices.ContainsFunc(kept.beside, func(b []domain.Sym) bool { return slices.Equal(b, beside) }) {
				kept.beside = append(kept.beside, beside)
			}
			k.u.sentKept[s.on] = kept
		}
		p, ok := v.(*ssa.Parameter)
		if !ok {
			continue
		}
		i := slices.Index(p.Parent().Params, p)
		for _, call := range k.calls[p.Parent()] {
			if args := call.Common().Args; i < len(args) {
				k.sends = append(k.sends, sending{instr: call, v: args[i], on: s.on})
			}
		}
	}
}

// ownerOf returns the object a field of which v is loaded from, nil if there is none.
func ownerOf(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if addr, ok := load.X.(*ssa.FieldAddr); ok {
			return addr.X
		}
	}
	return nil
}

// foundBeside returns where v is found in the owner of the channel on which it is sent: in a field in whose place nothing is put, or in a table. nil if it is not.
func (k *keptFinder) foundBeside(v, owner ssa.Value) []domain.Sym {
	addr, isField := v.(*ssa.FieldAddr)
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		addr, isField = load.X.(*ssa.FieldAddr)
	}
	if owner == nil || isField && addr.X != owner {
		return nil
	}
	if isField {
		if field := fieldSym(owner.Type(), addr.Field); !k.replaced[field] {
			return []domain.Sym{field}
		}
		return nil
	}
	if refs := v.Referrers(); refs != nil {
		for _, ref := range *refs {
			if put, ok := ref.(*ssa.MapUpdate); ok && put.Value == v && ownerOf(put.Map) == owner {
				table := put.Map.(*ssa.UnOp).X.(*ssa.FieldAddr)
				return []domain.Sym{fieldSym(owner.Type(), table.Field), domain.Drawn}
			}
		}
	}
	return nil
}

// goesOnWith reports whether the sender of v touches it again before waiting for anything, and whether it sends it again.
func (k *keptFinder) goesOnWith(s sending, v ssa.Value) (touched, again bool) {
	switch v := v.(type) {
	case *ssa.MakeMap, *ssa.Alloc, *ssa.Call, *ssa.Parameter:
		return k.touchedAfter(s, v, v)
	case *ssa.Extract:
		if _, ok := v.Tuple.(*ssa.Call); ok {
			return k.touchedAfter(s, v, v)
		}
	case *ssa.UnOp:
		if cell, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			if set := onlyStore(cell); set != nil {
				return k.touchedAfter(s, cell, set)
			}
		}
	}
	return false, false
}

// chosen returns the block in which a select goes on that has chosen its i'th case, nil if it has no other.
func chosen(sel *ssa.Select, i int) *ssa.BasicBlock {
	for _, ref := range *sel.Referrers() {
		index, ok := ref.(*ssa.Extract)
		if !ok || index.Index != 0 {
			continue
		}
		for _, ref := range *index.Referrers() {
			is, ok := ref.(*ssa.BinOp)
			if !ok || is.Op != token.EQL {
				continue
			}
			if c, ok := is.Y.(*ssa.Const); !ok || c.Int64() != int64(i) {
				continue
			}
			b := is.Block()
			if branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok && branch.Cond == ssa.Value(is) {
				return b.Succs[0]
			}
		}
	}
	return nil
}

// maxLeads bounds the steps from what is sent to a map: a pointer, a struct, one in it, the map.
const maxLeads = 4

// maxFields bounds the fields within each other by which the sender comes to the map that it touches.
const maxFields = 3

// content is something that is sent: the value itself, or a map in a field of it.
type content struct {
	v     ssa.Value
	field domain.Sym
}

// contained returns what is sent with v: itself, and the maps that are put into a struct which is made for that.
func contained(v ssa.Value) []content {
	v = unwrap(v)
	out := []content{{v: v}}
	alloc, ok := v.(*ssa.Alloc)
	if load, isLoad := v.(*ssa.UnOp); isLoad && load.Op == token.MUL {
		alloc, ok = load.X.(*ssa.Alloc)
	}
	if !ok || !isStruct(deref(alloc.Type())) {
		return out
	}
	for _, ref := range *alloc.Referrers() {
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, ref := range *addr.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == ssa.Value(addr) && IsMap(store.Val.Type()) {
				out = append(out, content{unwrap(store.Val), fieldSym(addr.X.Type(), addr.Field)})
			}
		}
	}
	return out
}

// touchedAfter reports whether a map that v leads to is touched after s, before the function waits for something and before v is made anew, and whether it is sent once more.
func (k *keptFinder) touchedAfter(s sending, v ssa.Value, made any) (touched, again bool) {
	uses := map[ssa.Instruction]bool{}
	k.mapUses(v, uses, maxFields)
	delete(uses, s.instr)
	seen := map[*ssa.BasicBlock]bool{}
	var from func(b *ssa.BasicBlock, instrs []ssa.Instruction)
	from = func(b *ssa.BasicBlock, instrs []ssa.Instruction) {
		for _, i := range instrs {
			touched, again = touched || uses[i], again || i == s.instr
			if any(i) == made || again || k.waits(i) {
				return
			}
		}
		for _, succ := range b.Succs {
			if !seen[succ] {
				seen[succ] = true
				from(succ, succ.Instrs)
			}
		}
	}
	if b := s.instr.Block(); s.from != nil {
		from(s.from, s.from.Instrs)
	} else {
		from(b, b.Instrs[slices.Index(b.Instrs, s.instr)+1:])
	}
	return touched, again
}

// waits reports whether an instruction may wait for another goroutine.
func (k *keptFinder) waits(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW && !ticks(instr.X)
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(s *ssa.SelectState) bool { return s.Dir == types.RecvOnly && !ticks(s.Chan) })
	case *ssa.Call:
		if callee := staticTarget(instr.Call.Value); callee != nil && k.waitsInside(k.u.target(callee)) {
			return true
		}
		return slices.ContainsFunc(effectsOf(&instr.Call), func(e models.Effect) bool { return e.Kind == models.Wait })
	}
	return false
}

// ticks reports whether a clock sends on ch.
func ticks(ch ssa.Value) bool {
	c, ok := ch.Type().Underlying().(*types.Chan)
	return ok && types.TypeString(c.Elem(), nil) == "time.Time"
}

// waitsInside reports whether a function of the package, or what it calls by name, may wait for another goroutine.
func (k *keptFinder) waitsInside(fn *ssa.Function) bool {
	if waits, known := k.waiting[fn]; known {
		return waits
	}
	k.waiting[fn] = false
	found := false
	eachInstr(fn, func(instr ssa.Instruction) { found = found || k.waits(instr) })
	k.waiting[fn] = found
	return found
}

// mapUses adds the instructions that touch a map which v leads to, or hand v on.
func (k *keptFinder) mapUses(v ssa.Value, uses map[ssa.Instruction]bool, depth int) {
	refs := v.Referrers()
	if refs == nil || depth == 0 {
		return
	}
	for _, ref := range *refs {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Map == v {
				uses[ref] = true
			}
		case *ssa.Lookup, *ssa.Range:
			if IsMap(v.Type()) {
				uses[ref] = true
			}
		case *ssa.FieldAddr:
			k.mapUses(ref, uses, depth-1)
		case *ssa.Field:
			k.mapUses(ref, uses, depth-1)
		case *ssa.UnOp:
			if ref.Op == token.MUL {
				k.mapUses(ref, uses, depth)
			}
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); ok && (b.Name() == "delete" || b.Name() == "clear") || k.isOurs(ref) && slices.Contains(ref.Call.Args, v) {
				uses[ref] = true
			}
		}
	}
}

// isOurs reports whether call is one of a function of the package, which waits for nobody.
func (k *keptFinder) isOurs(call *ssa.Call) bool {
	callee := staticTarget(call.Call.Value)
	if callee == nil {
		return false
	}
	t := k.u.target(callee)
	return t.Pkg == k.u.pkg && len(t.Blocks) > 0 && !k.waitsInside(t)
}
