package config_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/config"
)

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, file string
		want          bool
	}{
		{"gen", "/r/gen/a.go", true},
		{"gen", "/r/x/gen/y/a.go", true},
		{"gen", "/r/generated/a.go", false},
		{"./gen", "/r/gen/a.go", true},
		{"./gen", "/r/x/gen/a.go", false},
		{"gen/...", "/r/gen/x/a.go", true},
		{"gen/**", "/r/gen/x/a.go", true},
		{"gen/**", "/r/gen", false},
		{"x/gen", "/r/x/gen/a.go", true},
		{"x/gen", "/r/y/x/gen/a.go", false},
		{"**/gen/*.go", "/r/x/y/gen/a.go", true},
		{"*_mock.go", "/r/x/a_mock.go", true},
		{"*_mock.go", "/r/x/a.go", false},
		{"x/*.go", "/r/x/y/a.go", false},
		{"gen", "/elsewhere/gen/a.go", false},
		{"/r/gen", "/r/gen/a.go", true},
	} {
		p, err := config.NewPattern("/r", c.pattern)
		require.NoError(t, err, c.pattern)
		assert.Equal(t, c.want, p.Match(c.file), "%s on %s", c.pattern, c.file)
	}
	for _, bad := range []string{"", "/", "..", "../x", "/elsewhere", "a[", "."} {
		_, err := config.NewPattern("/r", bad)
		assert.Error(t, err, bad)
	}
}
