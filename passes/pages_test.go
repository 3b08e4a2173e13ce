package passes_test

import (
	"path"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/mapguard/mapguard/passes"
)

// TestEachCheckHasItsPage holds that the address with a finding leads somewhere.
func TestEachCheckHasItsPage(t *testing.T) {
	for _, a := range passes.All {
		assert.FileExists(t, "../docs/"+path.Base(a.URL), a.Name)
	}
}
