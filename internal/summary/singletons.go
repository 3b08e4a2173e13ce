package summary

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/models"
)

// findOnce finds the package variables that the function of a sync.Once sets: an object that is made by whoever comes first is for several goroutines. It notes the
// types of which others can have objects made, too.
func (u *unit) findOnce(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if made, ok := instr.(*ssa.Alloc); ok && made.Heap && isStruct(deref(made.Type())) && fn.Parent() == nil && token.IsExported(fn.Name()) && !u.inTest(fn) {
				u.several[typeSym(made.Type())] = true
			}
			call, ok := instr.(*ssa.Call)
			if !ok || !does(call, models.Once) {
				continue
			}
			for _, arg := range call.Call.Args {
				switch f := arg.(type) {
				case *ssa.Function:
					u.noteOnce(f)
				case *ssa.MakeClosure:
					u.noteOnce(f.Fn.(*ssa.Function))
				}
			}
		}
	}
}

func (u *unit) noteOnce(fn *ssa.Function) {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok {
				if g, ok := st.Addr.(*ssa.Global); ok && typeSym(g.Type()) != 0 {
					u.once[variableSym(g)] = true
				}
			}
		}
	}
}

// Once returns the package variable that a sync.Once sets and that the memory at p hangs on, 0 if there is none. A method of a type of which the package has one
// variable, and makes objects nowhere that others call, is taken to be called on that.
func (r *Result) Once(p *domain.Path) domain.Sym {
	v := p.Root.Name
	if p.Root.Kind == domain.Param {
		v = r.Single[p.Root.Type]
	} else if p.Root.Kind != domain.Global {
		return 0
	}
	if !r.u.once[v] || r.u.several[p.Root.Type] {
		return 0
	}
	return v
}
