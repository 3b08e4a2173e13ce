package summary

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVerbsOf(t *testing.T) {
	for format, want := range map[string]string{
		"":                         "",
		"plain":                    "",
		"%v":                       "v",
		"100%% of %d: %-9.3fms %p": "dfp",
		"%+v%#v% x%T":              "vvxT",
		"世 %q":                     "q",
		"%*d %v":                   "",
		"%[2]v %[1]v":              "",
		"cut %":                    "",
	} {
		assert.Equal(t, want, string(verbsOf(format)), format)
	}
}
