package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Fact is the summary of an exported function, for the packages that import it. Absence means the default for unknown functions.
type Fact struct {
	Data []byte // see domain.Summary.Encode
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// String renders the summary for tests.
func (f *Fact) String() string {
	s, err := domain.Decode(f.Data)
	if err != nil {
		return err.Error()
	}
	return s.String()
}

// exportFacts exports the summaries of the functions that other packages can call.
func (u *unit) exportFacts(funcs []*ssa.Function) {
	for _, fn := range funcs {
		obj, ok := fn.Object().(*types.Func)
		if !ok || !obj.Exported() || fn.Parent() != nil {
			continue
		}
		if sum := u.exported(u.sums[fn]).sum.ForFacts(); !sum.Empty() {
			u.pass.ExportObjectFact(obj, &Fact{Data: sum.Encode()})
		}
	}
}
