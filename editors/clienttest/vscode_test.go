package clienttest

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestVSCode compiles and packs the extension, and speaks to the server by the protocol package that VS Code's client is made of.
func TestVSCode(t *testing.T) {
	for _, args := range [][]string{{"ci", "--no-audit", "--no-fund"}, {"test"}} {
		cmd := exec.Command("npm", args...)
		cmd.Dir = "../vscode"
		cmd.Env = append(os.Environ(), "MAPGUARD="+build(t))
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
	}
}
