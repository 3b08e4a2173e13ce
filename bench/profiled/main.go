// The profiled command is mapguard as a vet tool, which leaves a CPU profile and what it took of each package in the folder $MAPGUARD_PROFILES.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"syscall"

	"github.com/mapguard/mapguard/internal/front"
	"github.com/mapguard/mapguard/passes"
)

func main() {
	os.Exit(profiled(os.Args[1:]))
}

func profiled(args []string) int {
	dir := os.Getenv("MAPGUARD_PROFILES")
	file := args[len(args)-1]
	if dir == "" || !strings.HasSuffix(file, ".cfg") {
		return front.Main(args, passes.All, passes.Guards, passes.Stats, passes.Unread)
	}
	out := filepath.Join(dir, fmt.Sprint(os.Getpid()))
	f, err := os.Create(out + ".pprof")
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := front.Main(args, passes.All, passes.Guards, passes.Stats, passes.Unread)
	pprof.StopCPUProfile()
	record(file, out)
	return code
}

// record writes which package this process was about and what it took.
func record(file, out string) {
	var pkg struct {
		ID         string
		VetxOnly   bool
		VetxOutput string
	}
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &pkg)
	}
	var use syscall.Rusage
	if err == nil {
		err = syscall.Getrusage(syscall.RUSAGE_SELF, &use)
	}
	facts := int64(0)
	if info, err := os.Stat(pkg.VetxOutput); err == nil {
		facts = info.Size()
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	if err == nil {
		line := fmt.Sprintf("%.3f %d %d %d %v %s %s.pprof\n", float64(use.Utime.Nano())/1e9, use.Maxrss, facts, mem.TotalAlloc>>20, pkg.VetxOnly, strings.ReplaceAll(pkg.ID, " ", "_"), out)
		err = os.WriteFile(out+".txt", []byte(line), 0o666)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
