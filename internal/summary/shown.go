package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Encoders and printers look for maps in what they are given. A helper that hands on what it was given, an answer to a request or the arguments of a
// message, does not know what that is; its callers do.

// operate records what the models say is done to v: to the map that it is, to those that are part of it, or to whatever the caller supplies.
func (f *function) operate(st *state, out *collector, pos token.Pos, v ssa.Value, e *models.Effect) {
	how := shows[e.Deep]
	var maps []held
	if IsMap(v.Type()) {
		f.touch(st, out, pos, v, nil, e.Touch)
	} else if out != nil && how != 0 {
		maps = f.mapsIn(v, how)
	}
	if out == nil {
		return
	}
	if how != 0 {
		maps = append(maps, f.mapsPutInto(v)...)
	}
	for _, m := range maps {
		out.reached(st, pos, v, m.paths, domain.Access{Kind: e.Touch, Under: lost(m.under, st.locks)})
	}
}

// lastWords reports whether what instr prints is used for nothing but a panic: the program, or what it was at, is over then, and the value is one that should not
// have come. A helper that tells what it was given instead of the type that it wants looks into it in no run that goes on.
func lastWords(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	return ok && diesWith(call)
}

func diesWith(v ssa.Value) bool {
	refs := v.Referrers()
	return refs != nil && len(*refs) > 0 && !slices.ContainsFunc(*refs, func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.Panic, *ssa.DebugRef:
			return false
		case *ssa.MakeInterface:
			return !diesWith(ref)
		}
		return true
	})
}

// showItself calls the method by which v says itself how it is encoded or printed, as the encoder does: there and then, under the locks that are held.
func (f *function) showItself(st *state, out *collector, v ssa.Value, e *models.Effect, instr ssa.Instruction) {
	fn := f.u.selfShown(v.Type(), shows[e.Deep])
	if fn == nil {
		return
	}
	t := target{fn: fn, obj: fn.Object().(*types.Func), args: []ssa.Value{v}}
	if sum := f.u.summaryOf(t); sum != nil {
		ctx := f.here(st)
		ctx.Chain = []domain.Frame{{Func: f.u.targetName(t), Pos: f.u.pos(instr.Pos())}}
		f.calls(out, t, 0, st.running, &ctx, nil, 0)
		f.enter(st, sum, f.env(t, nil), ctx, out, 0)
	}
}

// operateOn records what the models say that a goroutine does which is nothing but a call of t.
func (f *function) operateOn(s *spawning, t target, out *collector) {
	if out == nil {
		return
	}
	pos := s.pos
	if start, ok := f.at.(*ssa.Go); ok {
		pos = f.u.pos(start.Call.Pos())
	}
	for _, e := range f.u.effects(t) {
		if e.Kind != models.Access || e.Arg >= len(t.args) {
			continue
		}
		for _, v := range shownOf(t.args, e.Arg) {
			v = unwrap(v)
			if how := shows[e.Deep]; how == 0 && !IsMap(v.Type()) {
				continue
			}
			for _, m := range f.mapsIn(v, shows[e.Deep]) {
				for _, p := range m.paths {
					terms := &domain.Terms{Site: s.variant(nil), Many: s.repeats(v)}
					out.add(domain.Access{Terms: terms, Pos: pos, Path: p, Kind: e.Touch}, turned{})
				}
			}
		}
	}
}

var shows = [...]domain.Sym{models.Encoded: domain.Encoded, models.Decoded: domain.Decoded, models.Printed: domain.Printed}

// held is a map that is part of a value, if that is known, and what it was taken out under.
type held struct {
	paths, under []domain.Path
	in           ssa.Value
}

// mapsIn returns the maps that whoever encodes or prints v iterates over. What the caller of f has supplied is one of which only the caller knows.
func (f *function) mapsIn(v ssa.Value, how domain.Sym) (out []held) {
	t := v.Type()
	switch x, variable := v.(*ssa.Alloc); {
	case IsMap(t):
		return []held{{f.paths(v), f.takenUnder(v), v}}
	case variable && IsMap(deref(t)):
		return []held{{f.variable(x), f.takenInto(x), v}}
	case variable && isAny(deref(t)):
		return f.anyOf(f.variable(x), how)
	case isAny(t):
		return f.anyOf(f.paths(v), how)
	case isSlice(t) && isAny(t.Underlying().(*types.Slice).Elem()):
		return f.anyOf(extend(f.paths(v), domain.Elem), how)
	case showsItself(t, how):
		return nil
	}
	for _, sel := range mapFields(t, nil) {
		if how != domain.Printed && slices.ContainsFunc(sel, unexported) {
			continue
		}
		for _, p := range f.paths(v) {
			for _, s := range sel {
				p = p.Append(s)
			}
			of, under := f.sharedPart(&p, maxTaken)
			if len(of) == 0 {
				of, under = []domain.Path{p}, f.takenUnder(v)
			}
			out = append(out, held{of, under, v})
		}
	}
	return out
}

// takenInto returns the locks under which what the variable holds was taken, if it is set once.
func (f *function) takenInto(x *ssa.Alloc) []domain.Path {
	if st := f.stores(x); len(st.vals) == 1 {
		return f.takenUnder(st.vals[0])
	}
	return nil
}

// mapsPutInto returns the maps that v was made with.
func (f *function) mapsPutInto(v ssa.Value) (out []held) {
	for _, m := range mapsInside(v, 0) {
		out = append(out, held{f.paths(m), f.takenUnder(m), m})
	}
	return out
}

// anyOf returns the part that is not known here of the values at the paths: those that a caller supplies.
func (f *function) anyOf(paths []domain.Path, how domain.Sym) (out []held) {
	for _, p := range paths {
		n := len(p.Sel())
		if (p.Root.Kind == domain.Param || p.Root.Kind == domain.FreeVar) && (n == 0 || n == 1 && p.Sel()[0] == domain.Elem) {
			out = append(out, held{paths: []domain.Path{p.Append(how)}})
		}
	}
	return out
}

// shown returns the maps that a callee finds, as how says, in the value at a path of its own.
func (e *env) shown(value *domain.Path, how domain.Sym) (out []held) {
	a := e.actual(&value.Root)
	if a == nil || a.val == nil {
		return nil
	}
	vals := []ssa.Value{a.val}
	if alloc, ok := a.val.(*ssa.Alloc); ok && alloc.Parent() == e.f.fn && !isStruct(deref(alloc.Type())) {
		vals = e.f.stores(alloc).vals // a captured variable
	}
	for _, v := range vals {
		for _, v := range shownOf([]ssa.Value{e.formatBefore(&value.Root), v}, 1) {
			out = append(out, e.f.mapsIn(unwrap(v), how)...)
			out = append(out, e.f.mapsPutInto(v)...)
		}
	}
	return out
}

// formatBefore returns the argument before the one at a root, nil if there is none.
func (e *env) formatBefore(r *domain.Root) ssa.Value {
	if r.Kind != domain.Param || r.Index == 0 {
		return nil
	}
	before := *r
	before.Index--
	if a := e.actual(&before); a != nil {
		return a.val
	}
	return nil
}

// showMethods holds the methods by which values say themselves how they are encoded, decoded or printed, the first that there is.
var showMethods = map[domain.Sym][]string{
	domain.Encoded: {"MarshalJSON", "MarshalText", "GobEncode", "MarshalBinary", "MarshalLogObject", "MarshalLogArray"},
	domain.Decoded: {"UnmarshalJSON", "UnmarshalText", "GobDecode", "UnmarshalBinary", "UnmarshalYAML"},
	domain.Printed: {"Format", "Error", "String", "GoString"},
}

// showsItself reports whether values of type t say themselves how they are encoded or printed.
func showsItself(t types.Type, how domain.Sym) bool { return showMethod(t, how) != nil }

func showMethod(t types.Type, how domain.Sym) *types.Func {
	for _, name := range showMethods[how] {
		if fn := methodNamed(t, nil, name); fn != nil {
			return fn
		}
	}
	return nil
}

// asked returns the methods of this package that an encoder or printer which c calls asks how what it is given is shown.
func (u *unit) asked(c *ssa.CallCommon) (out []*ssa.Function) {
	callee := c.StaticCallee()
	if callee == nil || callee.Object() == nil {
		return nil
	}
	effects, _ := models.Of(callee.Object().(*types.Func))
	for _, e := range effects {
		if e.Kind != models.Access || e.Deep == models.Flat || e.Arg >= len(c.Args) {
			continue
		}
		for _, v := range shownOf(c.Args, e.Arg) {
			if m := u.selfShown(unwrap(v).Type(), shows[e.Deep]); m != nil {
				out = append(out, m)
			}
		}
	}
	return out
}

// selfShown returns the method of this package, declared for t itself, by which values of type t say how they are shown; nil if there is none.
func (u *unit) selfShown(t types.Type, how domain.Sym) *ssa.Function {
	own, _ := types.Unalias(deref(t)).(*types.Named)
	if how == 0 || own == nil || own.Obj().Pkg() != u.pass.Pkg || types.IsInterface(own) {
		return nil
	}
	m := showMethod(t, how)
	if m == nil {
		return nil
	}
	m = m.Origin()
	of, ok := types.Unalias(deref(m.Signature().Recv().Type())).(*types.Named)
	if !ok || of.Origin() != own.Origin() {
		return nil // of what is embedded
	}
	fn := u.pkg.Prog.FuncValue(m)
	if fn == nil || fn.Blocks == nil {
		return nil
	}
	return fn
}

func unexported(s domain.Sym) bool {
	return !ast.IsExported(s.Name())
}

// isAny reports whether t is an interface without methods: an error or a context is not what maps are handed over in.
func isAny(t types.Type) bool {
	i, ok := t.Underlying().(*types.Interface)
	return ok && i.NumMethods() == 0
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}
