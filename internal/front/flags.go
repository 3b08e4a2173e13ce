package front

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/mapguard/mapguard/internal/front/format"
)

// options is what a command line says.
type options struct {
	format        string
	output        string
	color         string
	context       int
	exclude       []string
	baseline      string
	writeBaseline string
	config        string
	configSet     bool
	version       bool
	chdir         string

	diff, force bool     // of fix
	only        []string // of fix: -check

	pause time.Duration // of lsp

	build    []string // flags for the go command
	overlay  string
	tool     []string // flags for our checks
	vet      bool     // with those of go vet
	own      []string // flags for these
	patterns []string
}

// The build flags of go vet, as of Go 1.26. Others can be given by GOFLAGS.
var (
	buildBools  = strings.Fields("a n v x race msan asan cover work buildvcs linkshared modcacherw trimpath")
	buildValues = strings.Fields("p mod modfile overlay tags toolexec pgo pkgdir installsuffix compiler gcflags ldflags asmflags gccgoflags buildmode covermode coverpkg")
)

// flagSet returns the flags of a command, "" for the run over packages, that fill o.
func flagSet(o *options, command string, checks, others []*analysis.Analyzer) *flag.FlagSet {
	fs := flag.NewFlagSet("mapguard", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Func("C", "", func(s string) error { o.chdir = s; return nil })
	fs.Func("config", "", func(s string) error { o.config, o.configSet = s, true; return nil })
	fs.Func("exclude", "", func(s string) error { o.exclude = append(o.exclude, s); return nil })
	fs.Var(colorValue{&o.color}, "color", "")
	switch command {
	case "lsp":
		fs.StringVar(&o.baseline, "baseline", "", "")
		fs.DurationVar(&o.pause, "pause", time.Second, "")
		fs.Bool("stdio", true, "") // some editors say so
	case "fix":
		fs.BoolVar(&o.diff, "diff", false, "")
		fs.BoolVar(&o.force, "force", false, "")
		fs.Func("check", "", func(s string) error { o.only = append(o.only, strings.Split(s, ",")...); return nil })
	default:
		fs.Func("format", "", o.setFormat)
		fs.BoolFunc("json", "", func(s string) error { return o.setJSON(s) })
		fs.StringVar(&o.output, "o", "", "")
		fs.IntVar(&o.context, "c", 0, "")
		fs.StringVar(&o.baseline, "baseline", "", "")
		fs.StringVar(&o.writeBaseline, "write-baseline", "", "")
		fs.BoolVar(&o.version, "version", false, "")
		fs.BoolVar(&o.version, "V", false, "")
	}
	for _, name := range buildBools {
		fs.Var(through{&o.build, name, true, nil}, name, "")
	}
	for _, name := range buildValues {
		var also *string
		if name == "overlay" {
			also = &o.overlay
		}
		fs.Var(through{&o.build, name, false, also}, name, "")
	}
	fs.BoolVar(&o.vet, "vet", false, "")
	if command == "" {
		fs.Var(through{&o.tool, statsFlag, true, nil}, statsFlag, "")
	}
	if find(strings.Split(modelsFlag, ".")[0], checks) != nil {
		fs.Var(through{&o.tool, modelsFlag, false, nil}, "models", "")
	}
	checkFlags(fs, &o.tool, checks)
	checkFlags(fs, &o.own, others)
	return fs
}

// checkFlags adds the flags that choose checks, and those of the checks, which are passed on.
func checkFlags(fs *flag.FlagSet, to *[]string, checks []*analysis.Analyzer) {
	for _, a := range checks {
		fs.Var(through{to, a.Name, true, nil}, a.Name, "")
		a.Flags.VisitAll(func(f *flag.Flag) {
			b, ok := f.Value.(interface{ IsBoolFlag() bool })
			name := a.Name + "." + f.Name
			fs.Var(through{to, name, ok && b.IsBoolFlag(), nil}, name, "")
		})
	}
}

func (o *options) setFormat(s string) error {
	if _, ok := format.Find(s); !ok {
		return fmt.Errorf("the formats are %s", strings.Join(format.Names(), ", "))
	}
	o.format = s
	return nil
}

func (o *options) setJSON(s string) error {
	on, err := strconv.ParseBool(s)
	if err == nil && on {
		o.format = "json"
	}
	return err
}

// through is a flag that is passed on as it is.
type through struct {
	to   *[]string
	name string
	bool bool
	also *string
}

func (t through) String() string   { return "" }
func (t through) IsBoolFlag() bool { return t.bool }
func (t through) Set(s string) error {
	if t.bool {
		if _, err := strconv.ParseBool(s); err != nil && s != "auto" { // -buildvcs=auto
			return errors.New("want true or false")
		}
	}
	if t.also != nil {
		*t.also = s
	}
	*t.to = append(*t.to, "-"+t.name+"="+s)
	return nil
}

// colorValue is auto, always or never; -color alone is always.
type colorValue struct{ to *string }

func (c colorValue) String() string   { return "" }
func (c colorValue) IsBoolFlag() bool { return true }
func (c colorValue) Set(s string) error {
	switch s {
	case "true":
		s = "always"
	case "false":
		s = "never"
	case "auto", "always", "never":
	default:
		return errors.New("want auto, always or never")
	}
	*c.to = s
	return nil
}

// advice is what to say of flags that mean something elsewhere.
var advice = map[string]string{
	"vettool": "mapguard is the vet tool itself: leave -vettool out, or run go vet -vettool=\"$(which mapguard)\"",
	"fix":     "mapguard fix applies fixes: mapguard fix ./...",
	"diff":    "mapguard fix -diff prints fixes: mapguard fix -diff ./...",
	"fixtool": "mapguard fix applies fixes: mapguard fix ./...",
	"force":   "-force is a flag of mapguard fix",
	"check":   "-check is a flag of mapguard fix; to run one check alone, name it: mapguard -unguardedmap ./...",
	"sarif":   "write -format=sarif",
	"q":       "to see findings only, leave the rest out by 2>/dev/null",
}

// parse reads a command line. Flags come before packages, as for the go command.
func (a *app) parse(args []string, command string) (*options, error) {
	o := &options{color: "auto"}
	fs := flagSet(o, command, a.checks, nil)
	err := fs.Parse(args)
	if err != nil && strings.HasPrefix(err.Error(), undefined) { // it may be one of go vet's, which takes a while to tell
		*o = options{color: "auto"}
		fs = flagSet(o, command, a.checks, a.others())
		err = fs.Parse(args)
	}
	if err != nil {
		return nil, explain(err, fs, command)
	}
	o.patterns = fs.Args()
	for _, p := range o.patterns {
		if strings.HasPrefix(p, "-") {
			return nil, fmt.Errorf("the flag %s stands after a package: flags come first, as in: mapguard %s ./...", p, p)
		}
	}
	return o, nil
}

// undefined is what the flag package says of a flag that is none.
const undefined = "flag provided but not defined: -"

// explain turns an error of the flag package into one that says what to do.
func explain(err error, fs *flag.FlagSet, command string) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	name, ok := strings.CutPrefix(err.Error(), undefined)
	if !ok {
		return err
	}
	if a, ok := advice[name]; ok {
		return errors.New(a)
	}
	best, least := "", 3
	fs.VisitAll(func(f *flag.Flag) {
		if d := distance(name, f.Name); d < least {
			best, least = f.Name, d
		}
	})
	if best != "" {
		return fmt.Errorf("there is no flag -%s; is it -%s?", name, best)
	}
	return fmt.Errorf("there is no flag -%s; mapguard -h lists them", name)
}

// distance is how many letters to insert, delete or replace to get from a to b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}

// flagsOf returns the flags of a check.
func flagsOf(c *analysis.Analyzer) (out []*flag.Flag) {
	c.Flags.VisitAll(func(f *flag.Flag) { out = append(out, f) })
	return out
}
