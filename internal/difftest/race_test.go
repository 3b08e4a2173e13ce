package difftest_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/difftest"
)

// TestLabels runs programs under the race detector: those labelled racy must be caught racing on a map, the others must not be caught at all.
//
//	go test ./internal/difftest -run Labels -v -timeout 1h -args -confirm 2000
func TestLabels(t *testing.T) {
	sample := programs(*confirm)
	if !flagged("confirm") {
		sample = cheap()
	}
	const chunk = 200
	for start := 0; start < len(sample); start += chunk {
		t.Logf("%d of %d confirmed", start, len(sample))
		confirmAll(t, sample[start:min(start+chunk, len(sample))])
	}
}

// cheap returns the default sample: nothing that would have net/http compiled for the race detector first.
func cheap() []*difftest.Program {
	var out []*difftest.Program
	for _, p := range programs(4 * *confirm) {
		if !strings.Contains(p.Source, "net/http") && len(out) < *confirm {
			out = append(out, p)
		}
	}
	return out
}

func confirmAll(t *testing.T, sample []*difftest.Program) {
	bin := raceBinary(t, sample)
	var all sync.WaitGroup
	slots := make(chan bool, runtime.NumCPU())
	for _, p := range sample {
		all.Go(func() {
			slots <- true
			defer func() { <-slots }()
			raced, out := runs(t, bin, p)
			switch {
			case p.Racy && !raced:
				assert.Fail(t, "no race seen", "seed %d, %s\n%s\n%s", p.Seed, p.Traits, p.Source, out)
			case !p.Racy && out != "":
				assert.Fail(t, "not safe", "seed %d, %s\n%s\n%s", p.Seed, p.Traits, p.Source, out)
			}
		})
	}
	all.Wait()
}

// runs runs p until a race is seen, at most five times if it is racy. It returns whether a race of a map was seen, and what was printed.
func runs(t *testing.T, bin string, p *difftest.Program) (raced bool, out string) {
	tries := 1
	if p.Racy {
		tries = 5
	}
	for i := range tries {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		cmd := exec.CommandContext(ctx, bin, p.Name(), fmt.Sprint(20<<i))
		cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", fmt.Sprint("GOMAXPROCS=", []int{2, 4, 1, 8, 3}[i]))
		text, err := cmd.CombinedOutput()
		cancel()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			assert.NoError(t, err)
		}
		out = string(text)
		if raceOfMap.MatchString(out) {
			return true, out
		}
	}
	return false, out
}

// raceOfMap matches a report of the race detector, or of the map itself, in which a map operation stands at the top of a stack.
var raceOfMap = regexp.MustCompile(`(Read|Write|read|write) at 0x[0-9a-f]+ by .*:\n  (runtime\.map|maps\.|internal/runtime/maps|reflect\.map)|fatal error: concurrent map`)

const driver = `
func main() {
	programs[os.Args[1]]()
	wait, _ := time.ParseDuration(os.Args[2] + "ms")
	time.Sleep(wait) // for goroutines that nothing waits for
}
`

// raceBinary builds a binary that holds all the programs, to be run by name. Without the race detector it skips the test.
func raceBinary(t *testing.T, sample []*difftest.Program) string {
	t.Helper()
	dir := t.TempDir()
	var imports, table strings.Builder
	for _, p := range sample {
		text := strings.Replace(strings.Replace(p.Source, "package main", "package "+p.Name(), 1), "func main()", "func Main()", 1)
		file := filepath.Join(dir, p.Name(), "p.go")
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
		fmt.Fprintf(&imports, "import %q\n", "programs/"+p.Name())
		fmt.Fprintf(&table, "\t%q: %s.Main,\n", p.Name(), p.Name())
	}
	main := "package main\n\nimport \"os\"\nimport \"time\"\n" + imports.String() + "\nvar programs = map[string]func(){\n" + table.String() + "}\n" + driver
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte(main), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module programs\n\ngo 1.26\n"), 0o666))
	bin := filepath.Join(dir, "programs.bin")
	cmd := exec.Command("go", "build", "-race", "-ldflags=-s -w", "-o", bin, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.CombinedOutput()
	if err != nil && noRace.Match(out) {
		t.Skipf("the race detector can't be used here (it needs cgo and a C compiler): %s", out)
	}
	require.NoError(t, err, string(out))
	return bin
}

var noRace = regexp.MustCompile(`-race requires cgo|-race is only supported|C compiler .* not found|cgo: `)

func flagged(name string) bool {
	for _, arg := range os.Args {
		if arg == "-"+name || strings.HasPrefix(arg, "-"+name+"=") {
			return true
		}
	}
	return false
}
