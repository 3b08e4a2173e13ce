package main_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// TestScripts runs the built program as people do: one script for each thing it promises. UPDATE=1 go test -run Scripts rewrites what the scripts expect.
func TestScripts(t *testing.T) {
	out, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	require.NoError(t, err)
	dirs := strings.Split(string(out), "\n")
	repo, err := filepath.Abs("../..")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       os.Getenv("UPDATE") != "",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(bin)+string(os.PathListSeparator)+e.Getenv("PATH"))
			e.Setenv("GOCACHE", dirs[0])
			e.Setenv("GOMODCACHE", dirs[1])
			e.Setenv("GOTOOLCHAIN", "local")
			e.Setenv("GOPROXY", "off")
			e.Setenv("MAPGUARD", bin)
			e.Setenv("REPO", repo)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exit": exit, "many": many},
	})
}

// exit runs a program and checks its exit code: exit 2 mapguard ./...
func exit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exit code program [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		got = strings.TrimPrefix(failed.String(), "exit status ")
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// many writes a package with 1,000 findings: many many.go
func many(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	b.WriteString("package many\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "\nvar m%d = map[int]int{}\n\nfunc F%d() {\n\tfor i := range 9 {\n\t\tgo func() { m%d[i]++ }()\n\t}\n}\n", i, i, i)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o666))
}
