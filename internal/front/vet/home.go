package vet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Home returns the directory to run the go command in for what lies in dir, and the patterns of all packages that belong together there: those of the
// module, or of all modules of the workspace. There are no patterns if dir is in no module.
func Home(ctx context.Context, dir string) (home string, patterns []string, err error) {
	out, err := ask(ctx, dir, "env", "-json", "GOMOD", "GOWORK")
	if err != nil {
		return "", nil, err
	}
	var env struct{ GOMOD, GOWORK string }
	if err := json.Unmarshal(out, &env); err != nil {
		return "", nil, fmt.Errorf("reading the output of go env: %w", err)
	}
	switch {
	case env.GOWORK != "" && env.GOWORK != "off":
		home = filepath.Dir(env.GOWORK)
		out, err := ask(ctx, home, "list", "-m", "-f={{.Dir}}")
		if err != nil {
			return "", nil, err
		}
		for line := range strings.Lines(string(out)) {
			patterns = append(patterns, filepath.Join(strings.TrimSpace(line), "..."))
		}
		return home, patterns, nil
	case env.GOMOD == "" || env.GOMOD == os.DevNull:
		return dir, nil, nil
	}
	return filepath.Dir(env.GOMOD), []string{"./..."}, nil
}

// ask runs the go command for a short answer.
func ask(ctx context.Context, dir string, args ...string) ([]byte, error) {
	req := Request{Dir: dir}
	out, err := req.command(ctx, args...).Output()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &exit):
		return nil, fmt.Errorf("go %s: %s", args[0], strings.TrimSpace(string(exit.Stderr)))
	case err != nil:
		return nil, fmt.Errorf(noGo, err)
	}
	return out, nil
}
