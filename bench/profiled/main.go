//go:build unix

// The profiled command is mapguard as a vet tool, which leaves a CPU profile and what it took of each package in the folder $MAPGUARD_PROFILES.
package main

import (
	"encoding/json"
	"fmt"
	"io"
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
		ID                       string
		VetxOnly                 bool
		VetxOutput               string
		PackageFile, PackageVetx map[string]string
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
	if err == nil {
		err = sizes(pkg.PackageFile, pkg.PackageVetx, out)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

// sizes writes how large the facts and the export data of each import are.
func sizes(exports, facts map[string]string, out string) error {
	var text []byte
	for path, file := range exports {
		info, err := os.Stat(facts[path])
		if err != nil {
			continue // of the standard library there are none
		}
		n, err := exportSize(file)
		if err != nil {
			return err
		}
		text = fmt.Appendf(text, "%s %d %d\n", path, info.Size(), n)
	}
	return os.WriteFile(out+".sizes", text, 0o666)
}

// exportSize returns the size of the export data in a compiled package, which is the first file of an archive.
func exportSize(file string) (n int64, err error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	head := make([]byte, len("!<arch>\n")+60)
	if _, err := io.ReadFull(f, head); err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(string(head[len("!<arch>\n")+48:]), &n)
	return n, err
}
