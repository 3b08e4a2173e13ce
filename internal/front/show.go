package front

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"github.com/mapguard/mapguard/internal/front/baseline"
	"github.com/mapguard/mapguard/internal/front/finding"
	"github.com/mapguard/mapguard/internal/front/format"
	"github.com/mapguard/mapguard/internal/front/source"
	"github.com/mapguard/mapguard/internal/front/write"
)

// print shows findings in the wanted format, on standard output or in a file.
func (a *app) print(o *options, fs []finding.Finding, incomplete bool, src *source.Cache) error {
	f, _ := format.Find(cmp.Or(o.format, "text"))
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	var others []format.Check
	if o.vet || len(o.own) > 0 {
		others = described(a.others())
	}
	c := &format.Context{
		Dir: dir, Root: root(dir), Context: o.context, Version: version().number, Checks: described(a.checks), Others: others, Incomplete: incomplete, Source: src,
		Fingerprint: func(f finding.Finding) string { return baseline.Fingerprint(f, src) },
	}
	if o.output == "" {
		c.Color, c.Width = a.terminal(o)
		var b bytes.Buffer
		if err := f.Write(&b, fs, c); err != nil {
			return err
		}
		_, err := io.Copy(a.stdout, &b)
		return err
	}
	c.Color = o.color == "always"
	var b bytes.Buffer
	if err := f.Write(&b, fs, c); err != nil {
		return err
	}
	return write.File(o.output, b.Bytes())
}

// terminal reports whether to colour what goes to standard output, and its width, 0 if that is no terminal.
func (a *app) terminal(o *options) (color bool, width int) {
	f, ok := a.stdout.(*os.File)
	is := ok && term.IsTerminal(int(f.Fd()))
	if is {
		width, _, _ = term.GetSize(int(f.Fd()))
	}
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 {
		width = n
	}
	switch o.color {
	case "always":
		return true, width
	case "never":
		return false, width
	}
	return is && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb", width
}

// root returns the directory that addresses in reports for other machines are relative to: of the repository or else of the module.
func root(dir string) string {
	for _, mark := range []string{".git", "go.work", "go.mod"} {
		for d := dir; ; d = filepath.Dir(d) {
			if _, err := os.Stat(filepath.Join(d, mark)); err == nil {
				return d
			}
			if d == filepath.Dir(d) {
				break
			}
		}
	}
	return dir
}

// counts is what a summary tells besides the findings shown.
type counts struct{ packages, excluded, known int }

// summary prints the last line.
func (a *app) summary(fs []finding.Finding, n counts) {
	var checks []string
	fixable := 0
	for _, f := range fs {
		if !slices.Contains(checks, f.Check) {
			checks = append(checks, f.Check)
		}
		if len(f.Fixes) > 0 {
			fixable++
		}
	}
	line := "no findings"
	if len(fs) > 0 {
		line = count(len(fs), "finding")
	}
	line += " in " + count(n.packages, "package")
	if n.known > 0 {
		line += fmt.Sprintf(", %d more in the baseline", n.known)
	}
	if n.excluded > 0 {
		line += fmt.Sprintf(", %d more in excluded paths", n.excluded)
	}
	fmt.Fprintln(a.stderr, "mapguard: "+line)
	slices.Sort(checks)
	switch len(checks) {
	case 0:
	case 1:
		fmt.Fprintf(a.stderr, "mapguard help %s explains it.\n", checks[0])
	default:
		fmt.Fprintf(a.stderr, "mapguard help %s explains them.\n", strings.Join(checks, " "))
	}
	if fixable > 0 {
		fmt.Fprintf(a.stderr, "mapguard fix mends %d of them; with -diff it shows how.\n", fixable)
	}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// hint says what to do where the go command has only said what is wrong.
func (a *app) hint(ctx context.Context) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD", "GOWORK").Output()
	if err != nil {
		return
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) >= 2 && (lines[0] == os.DevNull || lines[0] == "") && (lines[1] == "" || lines[1] == "off") {
		fmt.Fprintln(a.stderr, "There is no go.mod here or above: go to a module's directory, or name it by -C; go mod init makes one.")
	}
}
