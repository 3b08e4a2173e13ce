package summary

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// copied resolves a reference field of a local struct that was filled by copying another one: the copy is this function's own, but its maps
// and pointers are those of the original until the field itself is set.
func (f *function) copied(addr *ssa.FieldAddr) []domain.Path {
	if !isReference(deref(addr.Type())) {
		return nil
	}
	if at, ok := addr.X.(*ssa.IndexAddr); ok {
		return f.elementField(at, fieldSym(addr.X.Type(), addr.Field))
	}
	alloc, sel := rootAlloc(addr)
	if alloc == nil {
		return nil
	}
	st := f.stores(alloc)
	if p := st.private(f, sel); p != nil {
		return p
	}
	if len(st.vals) != 1 || st.open || st.fields[sel[0]] {
		return nil
	}
	if at := loadedAt(st.vals[0]); at != nil && len(sel) == 1 {
		if p := f.elementField(at, sel[0]); p != nil {
			return p
		}
	}
	out := f.paths(st.vals[0])
	for _, s := range sel {
		out = f.field(out, s)
	}
	return out
}

// loadedAt returns where an element is that v is a copy of; nil if it is none.
func loadedAt(v ssa.Value) *ssa.IndexAddr {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		at, _ := load.X.(*ssa.IndexAddr)
		return at
	}
	return nil
}

// copiedElement is copied for an element of an array that was filled by copying another one, such as a parameter.
func (f *function) copiedElement(addr *ssa.IndexAddr) []domain.Path {
	alloc, ok := addr.X.(*ssa.Alloc)
	if !ok || !isReference(deref(addr.Type())) {
		return nil
	}
	st := f.stores(alloc)
	if len(st.vals) != 1 || st.open || st.fields[domain.Elem] {
		return nil
	}
	return extend(f.paths(st.vals[0]), f.element(addr.Index))
}

// rootAlloc returns the local struct that addr lies in and the fields on the way, nil if it lies elsewhere.
func rootAlloc(addr *ssa.FieldAddr) (*ssa.Alloc, []domain.Sym) {
	var sel []domain.Sym
	for {
		sel = append([]domain.Sym{fieldSym(addr.X.Type(), addr.Field)}, sel...)
		switch x := addr.X.(type) {
		case *ssa.Alloc:
			return x, sel
		case *ssa.FieldAddr:
			addr = x
		default:
			return nil, nil
		}
	}
}

// storeInfo is what is known of the stores to a local variable.
type storeInfo struct {
	vals   []ssa.Value
	open   bool                // also set by closures, or by whoever got its address
	fields map[domain.Sym]bool // fields set one by one
	below  map[domain.Sym]bool // of which a part is set by itself
	values map[domain.Sym][]ssa.Value
	leaves bool                       // its address is stored or passed on
	gaps   map[domain.Sym][]ssa.Value // fields set to a new map where they are found nil
	inner  []ssa.Value                // what closures set it to, in their names
	lost   bool                       // open, and not by closures alone
	put    bool                       // made the content of a cell
	sole   map[*ssa.UnOp]*ssa.Store   // see soleStores; nil until it is asked for
}

// private returns the shared memory that the only store to a field of a struct that stays here put into it: v := view{rows: s.rows}.
func (info *storeInfo) private(f *function, sel []domain.Sym) []domain.Path {
	if len(sel) != 1 || info.leaves || info.open || len(info.values[sel[0]]) != 1 {
		return nil
	}
	out := f.paths(info.values[sel[0]][0])
	for i := range out {
		if out[i].Root.Kind == domain.Local {
			return nil
		}
	}
	return out
}

func (f *function) stores(x *ssa.Alloc) *storeInfo {
	got, ok := f.stored[x]
	if !ok {
		got = newStoreInfo(x, x)
		f.stored[x] = got
	}
	return got
}

// only returns the value that the variable x holds all its life, nil if that is not known.
func (f *function) only(x *ssa.Alloc) ssa.Value {
	if st := f.stores(x); !st.open && len(st.vals) == 1 {
		return st.vals[0]
	}
	return nil
}

// newStoreInfo returns the stores to the variable x through v; a nil x stands for a struct behind the pointer v.
func newStoreInfo(x *ssa.Alloc, v ssa.Value) *storeInfo {
	info := &storeInfo{fields: map[domain.Sym]bool{}, below: map[domain.Sym]bool{}, values: map[domain.Sym][]ssa.Value{}}
	info.scan(x, v)
	for sel, vals := range info.gaps {
		// A copy of another struct has that one's map where there was one.
		if len(info.vals) != 1 || info.fields[sel] {
			info.fields[sel] = true
			info.values[sel] = append(info.values[sel], vals...)
		}
	}
	return info
}

// fillsGap reports whether a store sets a field of a struct to a new map where a branch has just found it nil.
func fillsGap(to *ssa.FieldAddr, store *ssa.Store) bool {
	_, makes := store.Val.(*ssa.MakeMap)
	if b := store.Block(); makes && len(b.Preds) == 1 {
		before := b.Preds[0]
		if branch, ok := before.Instrs[len(before.Instrs)-1].(*ssa.If); ok {
			addr, isNilIf := nilTest(branch.Cond)
			tested, ok := addr.(*ssa.FieldAddr)
			return ok && tested.X == to.X && tested.Field == to.Field && (b == before.Succs[0]) == isNilIf
		}
	}
	return false
}

// scan records the uses of v, which is the variable or its image in a closure.
func (info *storeInfo) scan(x *ssa.Alloc, v ssa.Value) {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			switch {
			case ref.Addr != v:
				info.open, info.leaves, info.lost = true, true, true
			case x != nil && v == ssa.Value(x):
				info.vals = append(info.vals, ref.Val)
			default:
				info.open = true
				info.inner = append(info.inner, ref.Val)
			}
		case *ssa.FieldAddr:
			sel := fieldSym(ref.X.Type(), ref.Field)
			for _, use := range *ref.Referrers() {
				switch use := use.(type) {
				case *ssa.Store:
					switch {
					case use.Addr == ssa.Value(ref) && fillsGap(ref, use):
						if info.gaps == nil {
							info.gaps = map[domain.Sym][]ssa.Value{}
						}
						info.gaps[sel] = append(info.gaps[sel], use.Val)
					case use.Addr == ssa.Value(ref):
						info.fields[sel] = true
						info.values[sel] = append(info.values[sel], use.Val)
					}
				case *ssa.FieldAddr:
					if storedBelow(use) {
						info.fields[sel], info.below[sel] = true, true
					}
				}
			}
		case *ssa.IndexAddr:
			for _, use := range *ref.Referrers() {
				if st, ok := use.(*ssa.Store); ok && st.Addr == ssa.Value(ref) {
					info.fields[domain.Elem] = true
				}
			}
		case *ssa.MakeClosure:
			info.leaves = true
			for i, b := range ref.Bindings {
				if b == v {
					info.scan(x, ref.Fn.(*ssa.Function).FreeVars[i])
				}
			}
		case *ssa.Return:
			info.leaves = true
		case ssa.CallInstruction, *ssa.MakeInterface:
			info.leaves = true
			if IsMap(deref(v.Type())) && putsInCell(ref, v) {
				info.put = true // who loads it from there goes to the map, and sets no variable
				break
			}
			if onlyEncoded(ref) {
				break // json.Marshal(&v) looks at the variable, and sets nothing
			}
			info.open = info.open || x != nil && isReference(deref(x.Type()))
			info.lost = true
		}
	}
}

// onlyEncoded reports whether instr makes an address the argument of encoders, which keep nothing, and nothing else is done with it.
func onlyEncoded(instr ssa.Instruction) bool {
	mi, ok := instr.(*ssa.MakeInterface)
	return ok && len(*mi.Referrers()) > 0 && !slices.ContainsFunc(*mi.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(*ssa.Call)
		return !ok || !slices.ContainsFunc(effectsOf(&call.Call), func(e models.Effect) bool {
			return e.Kind == models.Access && e.Deep == models.Encoded && e.Arg < len(call.Call.Args) && call.Call.Args[e.Arg] == mi
		})
	})
}

// storedBelow reports whether a field of the struct at addr, or of one in it, is set.
func storedBelow(addr *ssa.FieldAddr) bool {
	for _, use := range *addr.Referrers() {
		switch use := use.(type) {
		case *ssa.Store:
			if use.Addr == ssa.Value(addr) {
				return true
			}
		case *ssa.FieldAddr:
			if storedBelow(use) {
				return true
			}
		}
	}
	return false
}

// structStore handles a store of a whole struct that is made on the spot: the maps in it are replaced. Of a struct that is copied it is not said, since whoever puts
// the same into one variable harms nobody but by the memory model.
func (f *function) structStore(st *state, instr *ssa.Store, to []domain.Path, out *collector) {
	for _, sel := range f.u.mapFieldsOf(instr.Val.Type()) {
		if !f.isFreshPart(st, instr.Val, sel) {
			continue
		}
		at := to
		for _, s := range sel {
			at = extend(at, s)
		}
		if len(at) == 1 {
			st.fresh = domain.InsertPath(st.fresh, at[0])
		}
		if out != nil {
			out.access(st, instr.Pos(), at, domain.Access{Kind: domain.Replace, Fresh: true})
		}
	}
}

// isFreshPart reports whether the map at sel of the struct v is nil, or a map that this function has to itself.
func (f *function) isFreshPart(st *state, v ssa.Value, sel []domain.Sym) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		_, zero := v.(*ssa.Const)
		return zero
	}
	alloc, ok := load.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	info := f.stores(alloc)
	if len(info.vals) > 0 || info.open {
		return false
	}
	vals := info.values[sel[0]]
	if len(sel) > 1 || len(vals) == 0 {
		return !info.fields[sel[0]]
	}
	return !slices.ContainsFunc(vals, func(v ssa.Value) bool { return !f.isFresh(st, v) })
}
