package summary

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Fact is the summary of an exported function, for the packages that import it. Absence means the default for unknown functions.
type Fact struct {
	Data []byte // see domain.Summary.Encode
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// MarshalBinary returns the encoded summary, for drivers that keep facts as they are.
func (f *Fact) MarshalBinary() ([]byte, error) { return f.Data, nil }

// UnmarshalBinary keeps data, which must not change any more.
func (f *Fact) UnmarshalBinary(data []byte) error {
	f.Data = data
	return nil
}

// String renders the summary for tests.
func (f *Fact) String() string {
	s, err := domain.Decode(f.Data)
	if err != nil {
		return err.Error()
	}
	return s.String()
}

var testNames = []string{"Test", "Benchmark", "Fuzz", "Example"}

// isTest reports whether fn, which stands in a test file, is a test: nobody calls it.
func isTest(fn *types.Func) bool {
	return fn.Signature().Recv() == nil && slices.ContainsFunc(testNames, func(prefix string) bool { return strings.HasPrefix(fn.Name(), prefix) })
}

// exportFact exports the summary of a function that other packages can call.
func (u *unit) exportFact(fn *ssa.Function) {
	obj, ok := fn.Object().(*types.Func)
	if !ok || !obj.Exported() || fn.Parent() != nil || u.inTest(fn) && isTest(obj) {
		return
	}
	if sum := u.exported(u.sums[fn]).sum.ForFacts(u.tells); !sum.Empty() {
		u.pass.ExportObjectFact(obj, &Fact{Data: sum.Encode()})
	}
}
