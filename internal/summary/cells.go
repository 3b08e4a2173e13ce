package summary

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// Cells: an atomic.Pointer and a sync.Map are there because several goroutines use them. That orders who loads and who stores; what is in the map that was
// loaded, it does not. To write there in place is wrong if anybody else has loaded it, and nobody would have taken an atomic cell for a map of one goroutine: this says
// more than a plain field does.

// noteCell records that what a call returns is the whole content of the cells at paths, or else an element of containers there.
func (f *function) noteCell(paths []domain.Path, whole bool) {
	if !f.solving {
		return // asked by a check: several run at once
	}
	for i := range paths {
		if loc := paths[i].Loc(); loc != 0 {
			f.u.cells[loc] = whole
		}
	}
}

// putsInCell reports whether instr makes v the content of a cell.
func putsInCell(instr ssa.Instruction, v ssa.Value) bool {
	call, ok := instr.(*ssa.Call)
	return ok && slices.ContainsFunc(effectsOf(&call.Call), func(e models.Effect) bool {
		return e.Kind == models.Put && e.Key < len(call.Call.Args) && call.Call.Args[e.Key] == v
	})
}

// container returns the paths of a container. One of another package that is embedded in what that exports goes by the name of this.
func (f *function) container(v ssa.Value) []domain.Path {
	for {
		load, ok := v.(*ssa.UnOp)
		if !ok {
			return f.paths(v)
		}
		addr, ok := load.X.(*ssa.FieldAddr)
		if !ok {
			return f.paths(v)
		}
		st, ok := deref(addr.X.Type()).Underlying().(*types.Struct)
		if !ok || !st.Field(addr.Field).Embedded() || st.Field(addr.Field).Pkg() == f.u.pass.Pkg {
			return f.paths(v)
		}
		v = addr.X
	}
}

// Cell returns the cell or the container that the memory at p comes out of, 0 if it is none. Of a container only maps count that are its elements, or inner maps of
// those: an object that is looked up in a sync.Map is often the business of the one goroutine that looks it up.
func (r *Result) Cell(p *domain.Path) domain.Sym {
	q := domain.Of(p.Root)
	for i := 0; ; i++ {
		loc := q.Loc()
		whole, ok := r.u.cells[loc]
		if ok && (whole || i < len(p.Sel()) && onlyElements(p.Sel()[i:])) {
			return loc
		}
		if i == len(p.Sel()) {
			return 0
		}
		q = q.Append(p.Sel()[i])
	}
}

// onlyElements reports whether all selections are of elements.
func onlyElements(sel []domain.Sym) bool {
	for _, s := range sel {
		if _, named := s.Index(); s != domain.Elem && !named {
			return false
		}
	}
	return true
}
