package write_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/front/write"
)

func names(t *testing.T, dir string) (out []string) {
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func read(t *testing.T, name string) string {
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "f"), filepath.Join(dir, "link")
	require.NoError(t, write.File(file, []byte("one")))
	require.NoError(t, os.Chmod(file, 0o640))
	require.NoError(t, os.Symlink(file, link))
	require.NoError(t, write.File(link, []byte("two")))
	assert.Equal(t, "two", read(t, file), "through the link")
	info, err := os.Lstat(file)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode(), "the mode is kept")
	info, err = os.Lstat(link)
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink, "the link stays one")
	require.NoError(t, write.File(os.DevNull, []byte("x")))
	assert.Equal(t, []string{"f", "link"}, names(t, dir), "nothing is left behind")
}

// TestFilesAllOrNone holds that a file that can't be written leaves the others as they were.
func TestFilesAllOrNone(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	require.NoError(t, os.WriteFile(a, []byte("old"), 0o666))
	require.NoError(t, os.WriteFile(b, []byte("old"), 0o444))
	content := map[string][]byte{a: []byte("new"), b: []byte("new"), dir: nil, filepath.Join(dir, "none", "c"): nil}
	assert.ErrorContains(t, write.Files(content, []string{a, b}), "b is read-only")
	assert.ErrorContains(t, write.Files(content, []string{a, dir}), "is a directory")
	assert.ErrorContains(t, write.Files(content, []string{a, filepath.Join(dir, "none", "c")}), "no such file")
	assert.Equal(t, "old", read(t, a))
	assert.Equal(t, []string{"a", "b"}, names(t, dir))
}
