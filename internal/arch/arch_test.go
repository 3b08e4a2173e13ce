// Package arch holds the test of who imports whom.
package arch

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/mapguard/mapguard/"

// allowed lists what each layer may import besides the standard library. A prefix ends in a slash, on both sides.
var allowed = map[string][]string{
	"internal/domain":   nil,
	"internal/flow":     {"golang.org/x/tools/go/ssa"},
	"internal/intent":   nil,
	"internal/models":   {module + "internal/domain"},
	"internal/summary":  {"golang.org/x/tools/go/", module + "internal/domain", module + "internal/flow", module + "internal/intent", module + "internal/models"},
	"internal/pairs":    {module + "internal/domain", module + "internal/summary"},
	"internal/report":   {"golang.org/x/tools/go/analysis", module + "internal/domain", module + "internal/summary"},
	"internal/sections": {"golang.org/x/tools/go/", module + "internal/domain", module + "internal/models"},
	"internal/unit":     {"golang.org/x/tools/go/analysis", "golang.org/x/tools/go/gcexportdata"},
	"internal/barepass": {"golang.org/x/tools/go/analysis"},
	"internal/front/":   {"golang.org/x/tools/go/analysis", "golang.org/x/tools/go/analysis/", "golang.org/x/term", "go.yaml.in/yaml/v3", "github.com/rogpeppe/go-internal/diff", "github.com/sourcegraph/jsonrpc2", module + "internal/front/", module + "internal/unit"},
	"passes/":           {"golang.org/x/tools/go/", module + "internal/domain", module + "internal/edit", module + "internal/flow", module + "internal/models", module + "internal/pairs", module + "internal/report", module + "internal/sections", module + "internal/summary"},
	"internal/edit":     {"golang.org/x/tools/go/", module + "internal/models", module + "internal/sections"},
	"golangci":          {"golang.org/x/tools/go/analysis", "github.com/golangci/plugin-module-register/register", module + "passes"},
	"cmd/mapguard":      {module + "internal/front", module + "passes"},
}

func TestImportsFollowTheDesign(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	require.NoError(t, err)
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := map[string]bool{}
	for {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else {
			require.NoError(t, err)
		}
		layer := strings.TrimPrefix(pkg.ImportPath, module)
		for _, folder := range []string{"passes/", "internal/front/"} {
			if strings.HasPrefix(layer+"/", folder) && layer != "passes" {
				layer = folder
			}
		}
		may, ok := allowed[layer]
		if !ok {
			continue
		}
		seen[layer] = true
		for _, imp := range pkg.Imports {
			if !strings.Contains(strings.Split(imp, "/")[0], ".") {
				continue
			}
			fits := false
			for _, a := range may {
				fits = fits || imp == a || strings.HasSuffix(a, "/") && strings.HasPrefix(imp, a)
			}
			assert.True(t, fits, "%s imports %s", pkg.ImportPath, imp)
		}
	}
	assert.Len(t, seen, len(allowed))
}
