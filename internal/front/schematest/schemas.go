//go:build schemas

package schematest

// The modules are needed for the files that lie in them: nothing of this is compiled.
import (
	_ "github.com/reviewdog/reviewdog/proto/rdf"
	_ "github.com/securego/gosec/v2/report/sarif"
)
