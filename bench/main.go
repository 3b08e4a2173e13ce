//go:build unix

// The bench command measures what mapguard costs against the go command's own vet, on modules that lie on this machine:
//
//	go run ./bench [-rounds N] [-leaf FILE] [-profile DIR] MODULE-DIR...
//
// In each round it runs go vet in each module with a tool that does nothing (the floor: what the unitchecker of x/tools takes to load packages), with the
// vet of the go command, and with mapguard. Each tool has a new build ID in each round, so that the go command's cache holds nothing of it. User CPU is
// what counts; on a shared machine the wall clock is noise, and CPU is, too, but less.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	rounds := flag.Int("rounds", 5, "how often each tool is run")
	worst := flag.String("profile", "", "leave CPU profiles of mapguard in this `folder`, and say which packages take most")
	leaf := flag.String("leaf", "", "measure a run after an edit, too: that of this `file` of the module, in a package that no other imports")
	flag.Parse()
	b := &bench{rounds: *rounds, profiles: *worst, leaf: *leaf, out: os.Stdout}
	if err := b.run(flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bench struct {
	rounds   int
	profiles string
	leaf     string // path below the module, empty if no edit is measured
	out      io.Writer
	tmp      string
}

// tool is something that go vet can run.
type tool struct {
	name string
	file string
}

// cost is what one run took.
type cost struct {
	cpu    float64 // user seconds, of all processes
	again  float64 // the same, when nothing has changed
	edit   float64 // the same, after an edit of one file
	memory int64   // bytes, of the largest process
	wall   time.Duration
}

func (b *bench) run(dirs []string) error {
	if len(dirs) == 0 {
		return errors.New("which modules? give their folders")
	}
	var err error
	if b.tmp, err = os.MkdirTemp("", "mapguard-bench"); err != nil {
		return err
	}
	defer os.RemoveAll(b.tmp)
	tools, err := b.tools()
	if err != nil {
		return err
	}
	for _, dir := range dirs {
		if err := loads(dir); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		if err := b.module(dir, tools); err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		if b.profiles != "" {
			if err := b.profile(dir); err != nil {
				return fmt.Errorf("%s: %w", dir, err)
			}
		}
	}
	return nil
}

// loads returns why the go command can't load a module. A run that fails so costs next to nothing, and go vet ends with the same code as if it had found something.
func loads(dir string) error {
	cmd := exec.Command("go", "list", "-deps", "./...")
	cmd.Dir = dir
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go list -deps ./...: %w: %s", err, strings.TrimSpace(stderr.String()))
	}
	return nil
}

// tools builds the tools. The go command's own is copied, since only a tool of ours can get a new build ID.
func (b *bench) tools() ([]tool, error) {
	floor, guard := tool{"floor", filepath.Join(b.tmp, "floor")}, tool{"mapguard", filepath.Join(b.tmp, "mapguard")}
	if err := build(floor.file, "./bench/floor"); err != nil {
		return nil, err
	}
	if err := build(guard.file, "./cmd/mapguard"); err != nil {
		return nil, err
	}
	vet, err := exec.Command("go", "tool", "-n", "vet").Output()
	if err != nil {
		return nil, fmt.Errorf("go tool -n vet: %w", err)
	}
	return []tool{floor, {"go vet", strings.TrimSpace(string(vet))}, guard}, nil
}

// unseen returns flags that the go command has not seen this tool with, if the tool is not fresh itself. The vet of a released Go says no build ID, so that a copy of it is the same tool.
func (t tool) unseen() []string {
	if t.name != "go vet" {
		return nil
	}
	return []string{fmt.Sprintf("-printf.funcs=fresh%d", time.Now().UnixNano())}
}

func build(out, pkg string) error {
	cmd := exec.Command("go", "build", "-o", out, pkg)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// fresh returns a copy of the tool that the go command has not seen: its build ID is the hash of the file.
func (b *bench) fresh(t tool) (string, error) {
	data, err := os.ReadFile(t.file)
	if err != nil {
		return "", err
	}
	file := filepath.Join(b.tmp, "fresh-"+filepath.Base(t.file))
	data = fmt.Appendf(data, "%d", time.Now().UnixNano())
	return file, os.WriteFile(file, data, 0o700)
}

func (b *bench) module(dir string, tools []tool) error {
	costs := map[string][]cost{}
	for range b.rounds {
		for _, t := range tools {
			file, err := b.fresh(t)
			if err != nil {
				return err
			}
			flags := t.unseen()
			c, err := vet(dir, file, flags)
			if err != nil {
				return err
			}
			again, err := vet(dir, file, flags)
			if err != nil {
				return err
			}
			c.again = again.cpu
			if b.leaf != "" {
				edited, err := b.edited(dir)
				if err != nil {
					return err
				}
				after, err := vet(dir, file, append([]string{edited}, flags...))
				if err != nil {
					return err
				}
				c.edit = after.cpu
			}
			costs[t.name] = append(costs[t.name], c)
		}
	}
	b.table(dir, tools, costs)
	return nil
}

// edited returns the flag that has the go command see the leaf with another comment at its end. The module itself stays as it is.
func (b *bench) edited(dir string) (string, error) {
	file, err := filepath.Abs(filepath.Join(dir, b.leaf))
	if err != nil {
		return "", err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	text := filepath.Join(b.tmp, "edited.go")
	if err := os.WriteFile(text, fmt.Appendf(data, "\n// %d\n", time.Now().UnixNano()), 0o600); err != nil {
		return "", err
	}
	overlay := filepath.Join(b.tmp, "overlay.json")
	return "-overlay=" + overlay, os.WriteFile(overlay, fmt.Appendf(nil, `{"Replace": {%q: %q}}`, file, text), 0o600)
}

// vet runs go vet with a tool on a module. That it finds something is no error.
func vet(dir, file string, flags []string, env ...string) (cost, error) {
	cmd := exec.Command("go", append(append([]string{"vet", "-vettool=" + file}, flags...), "./...")...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	start := time.Now()
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return cost{}, err
	}
	use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return cost{}, errors.New("this system does not tell what processes take")
	}
	return cost{cpu: cmd.ProcessState.UserTime().Seconds(), memory: use.Maxrss << 10, wall: time.Since(start)}, nil
}

// table prints medians, and ratios within each round to go vet and to the floor.
func (b *bench) table(dir string, tools []tool, costs map[string][]cost) {
	fmt.Fprintf(b.out, "%s, %d rounds\n", dir, b.rounds)
	fmt.Fprintf(b.out, "%-10s %9s %9s %9s %9s   %-22s %-22s\n", "tool", "user s", "again s", "edit s", "peak GB", "to go vet min med max", "to floor min med max")
	for _, t := range tools {
		of := costs[t.name]
		cpu := func(c cost) float64 { return c.cpu }
		fmt.Fprintf(b.out, "%-10s %9.2f %9.2f %9.2f %9.2f   %-22s %-22s\n", t.name, median(of, cpu), median(of, func(c cost) float64 { return c.again }),
			median(of, func(c cost) float64 { return c.edit }), median(of, func(c cost) float64 { return float64(c.memory) / 1e9 }), ratios(of, costs["go vet"]), ratios(of, costs["floor"]))
	}
}

func median(costs []cost, of func(cost) float64) float64 {
	var all []float64
	for _, c := range costs {
		all = append(all, of(c))
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func ratios(costs, to []cost) string {
	var all []float64
	for i := range costs {
		all = append(all, costs[i].cpu/to[i].cpu)
	}
	slices.Sort(all)
	return fmt.Sprintf("%.2f %.2f %.2f", all[0], all[len(all)/2], all[len(all)-1])
}

// shown is how many packages are named.
const shown = 15

// profile runs mapguard once more and says which packages took most. Each has left a profile, for go tool pprof.
func (b *bench) profile(dir string) error {
	out, err := filepath.Abs(filepath.Join(b.profiles, filepath.Base(dir)))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	t := tool{"profiled", filepath.Join(b.tmp, "profiled")}
	if err := build(t.file, "./bench/profiled"); err != nil {
		return err
	}
	file, err := b.fresh(t)
	if err != nil {
		return err
	}
	if _, err := vet(dir, file, nil, "MAPGUARD_PROFILES="+out); err != nil {
		return err
	}
	lines, err := records(out)
	if err != nil {
		return err
	}
	if err := b.facts(out); err != nil {
		return err
	}
	fmt.Fprintln(b.out, "  user s  peak KB  facts B  allocated MB  only facts  package  profile")
	for _, l := range lines[:min(len(lines), shown)] {
		fmt.Fprintln(b.out, " ", strings.TrimSpace(l))
	}
	return nil
}

// records returns what each process has left, the dearest first.
func records(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		lines = append(lines, string(data))
	}
	seconds := func(line string) (s float64) {
		fmt.Sscan(line, &s)
		return s
	}
	slices.SortFunc(lines, func(a, b string) int { return cmp.Compare(seconds(b), seconds(a)) })
	return lines, nil
}
