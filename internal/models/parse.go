package models

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mapguard/mapguard/internal/domain"
)

// A row is one line: a name, and effects with a semicolon between them. What follows a # that begins a word is a comment. docs/models.md has the
// whole of it.

// line is a line of a file, counted from 1.
type line struct {
	n    int
	text string
}

// numbered yields the lines of a text.
func numbered(text string) iter.Seq[line] {
	return func(yield func(line) bool) {
		n := 0
		for text := range strings.Lines(text) {
			n++
			if !yield(line{n, text}) {
				return
			}
		}
	}
}

// parse reads rows. Errors name the file and the line.
func parse(file string, text iter.Seq[line]) ([]*Row, error) {
	var rows []*Row
	seen := map[string]int{}
	for line := range text {
		words := fields(line.text)
		if len(words) == 0 {
			continue
		}
		r, err := parseRow(words)
		if err == nil && seen[r.Name] != 0 {
			err = fmt.Errorf("%s has a row in line %d already: put all its effects into one row, with ; between them", r.Name, seen[r.Name])
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line.n, err)
		}
		r.File, r.Line = file, line.n
		seen[r.Name] = line.n
		rows = append(rows, r)
	}
	return rows, nil
}

// packageName returns the import path of what a row is about, without reading the rest of it, and the empty one for a pattern. A line without a row has none.
func packageName(row string) (path string, ok bool) {
	row = strings.TrimSpace(row)
	if row == "" || row[0] == '#' {
		return "", false
	}
	name := row
	if i := strings.IndexAny(row, " \t"); i >= 0 {
		name = row[:i]
	}
	if strings.HasPrefix(name, "*.") {
		return "", true
	}
	if typ, ok := strings.CutPrefix(name, "("); ok {
		name, _, _ = strings.Cut(strings.TrimPrefix(typ, "*"), ")")
	}
	return name[:max(0, strings.LastIndexByte(name, '.'))], true
}

// lazy compiles an expression when it is first wanted: most processes of a run read no table.
func lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

var (
	methodName  = lazy(`^\((\*?)([^()*\s]+)\.(\w+)\)\.(\w+)$`)
	patternName = lazy(`^\*\.([\w*]+)\((\*?)([^()*\s]+)\.(\w+)\)$`)
)

// fields returns the words of a line, up to the one that begins a comment.
func fields(line string) []string {
	words := strings.Fields(line)
	for i, w := range words {
		if w[0] == '#' {
			return words[:i]
		}
	}
	return words
}

func parseRow(words []string) (*Row, error) {
	r := &Row{Name: words[0]}
	if pkg, name, ok := functionName(r.Name); ok { // most are, and the table is read by each process that analyses something
		r.pkg, r.name = pkg, name
	} else if m := methodName().FindStringSubmatch(r.Name); m != nil {
		r.ptr, r.pkg, r.typ, r.name = m[1] != "", m[2], m[3], m[4]
	} else if m := patternName().FindStringSubmatch(r.Name); m != nil {
		r.pattern, r.name, r.ptr, r.pkg, r.typ = true, m[1], m[2] != "", m[3], m[4]
	} else {
		return nil, fmt.Errorf("%s names nothing: write import/path.Function, (*import/path.Type).Method, (import/path.Type).Field or *.Pattern*(import/path.Type)", r.Name)
	}
	if len(words) == 1 {
		return nil, fmt.Errorf("%s has no effect: write one after it, such as spawn 1 once", r.Name)
	}
	for text := range strings.SplitSeq(strings.Join(words[1:], " "), ";") {
		e, err := parseEffect(strings.Fields(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.Name, err)
		}
		e.Group = r.pkg
		r.effects = append(r.effects, e)
	}
	return r, r.check()
}

// functionName splits the name of a function, or of all functions of a package.
func functionName(text string) (pkg, name string, ok bool) {
	dot := strings.LastIndexByte(text, '.')
	if dot <= 0 || strings.ContainsAny(text[:dot], "()*") {
		return "", "", false
	}
	pkg, name = text[:dot], text[dot+1:]
	word := func(r rune) bool {
		return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return pkg, name, name == "*" || name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !word(r) })
}

// check refuses what would be read and never looked at.
func (r *Row) check() error {
	for _, e := range r.effects {
		if e.Kind == Called && (len(r.effects) > 1 || r.ptr || r.pattern) {
			return fmt.Errorf("%s: called stands alone, with the name of a type, of a method of an interface or of a field: import/path.Type or (import/path.Type).Name", r.Name)
		}
		if e.Kind == Quick && len(r.effects) > 1 && !r.touches() || e.Kind != Quick && r.name == "*" {
			return fmt.Errorf("%s: quick stands alone or before what maps are touched, and alone is said of all functions of a package", r.Name)
		}
		if r.pattern && (len(r.effects) > 1 || e.Kind != Methods) {
			return fmt.Errorf("%s: a pattern has the effect methods alone", r.Name)
		}
	}
	_, err := path.Match(r.name, "")
	return err
}

// touches reports whether all effects behind the first touch maps.
func (r *Row) touches() bool {
	return !slices.ContainsFunc(r.effects[1:], func(e Effect) bool { return e.Kind != Access })
}

// verbs holds the effects by name; what they need behind it is in parseEffect.
var verbs = map[string]Effect{
	"lock":     {Kind: Acquire, Mode: domain.WriteMode},
	"rlock":    {Kind: Acquire, Mode: domain.ReadMode},
	"unlock":   {Kind: Release, Mode: domain.WriteMode},
	"runlock":  {Kind: Release, Mode: domain.ReadMode},
	"trylock":  {Kind: Try, Mode: domain.WriteMode},
	"tryrlock": {Kind: Try, Mode: domain.ReadMode},
	"spawn":    {Kind: Spawn, Spawn: domain.Go},
	"register": {Kind: Register, Spawn: domain.Callback},
	"methods":  {Kind: Methods, Spawn: domain.Callback},
	"called":   {Kind: Called, Spawn: domain.Callback},
	"call":     {Kind: Call},
	"wait":     {Kind: Wait},
	"signal":   {Kind: Signal},
	"expect":   {Kind: Expect},
	"once":     {Kind: Once},
	"read":     {Kind: Access, Touch: domain.Read},
	"write":    {Kind: Access, Touch: domain.Write},
	"delete":   {Kind: Access, Touch: domain.Delete},
	"clear":    {Kind: Access, Touch: domain.Clear},
	"iterate":  {Kind: Access, Touch: domain.Iterate},
	"encode":   {Kind: Access, Touch: domain.Iterate, Deep: Encoded},
	"decode":   {Kind: Access, Touch: domain.Fill, Deep: Decoded},
	"print":    {Kind: Access, Touch: domain.Iterate, Deep: Printed},
	"serve":    {Kind: Serve},
	"fresh":    {Kind: Fresh},
	"cleanup":  {Kind: Cleanup},
	"together": {Kind: Together},
	"wraps":    {Kind: Wraps, Times: Many},
	"element":  {Kind: Element},
	"content":  {Kind: Content},
	"put":      {Kind: Put},
	"insert":   {Kind: Insert},
	"set":      {Kind: Set},
	"ask":      {Kind: Ask},
	"swap":     {Kind: Swap},
	"settle":   {Kind: Settle},
	"drain":    {Kind: Drain, Spawn: domain.Handler},
	"noreturn": {Kind: NoReturn},
	"asserts":  {Kind: Asserts},
	"refutes":  {Kind: Asserts, Refutes: true},
	"answers":  {Kind: Answers},
	"denies":   {Kind: Answers, Refutes: true},
	"quick":    {Kind: Quick},
}

var timesWords = map[string]Times{"apart": Apart, "once": AtMostOnce, "alone": Alone, "serial": Serial, "single": Single, "many": Many}

// String returns the word that rows use.
func (n Times) String() string {
	for word, times := range timesWords {
		if times == n {
			return word
		}
	}
	return "?"
}

var kindWords = map[string]domain.SpawnKind{"goroutine": domain.Go, "timer": domain.Timer, "handler": domain.Handler, "callback": domain.Callback}

// parseEffect reads a verb, the argument that it is about, and what more the verb takes.
func parseEffect(words []string) (Effect, error) {
	if len(words) == 0 {
		return Effect{}, errors.New("an effect is empty: is there a ; too many?")
	}
	verb := words[0]
	e, ok := verbs[verb]
	if !ok {
		return Effect{}, fmt.Errorf("there is no effect %q: the effects are %s", verb, "lock, rlock, unlock, runlock, trylock, tryrlock, spawn, register, methods, called, call, wait, signal, expect, once, read, write, delete, clear, iterate, encode, decode, print, serve, fresh, cleanup, wraps, element, content, put, insert, together, settle, drain, set, ask, noreturn, asserts, refutes, answers, denies, quick")
	}
	e.Key = NoKey
	starts := e.Kind == Spawn || e.Kind == Register || e.Kind == Methods || e.Kind == Called
	timed, numbered := false, false
	for _, w := range words[1:] {
		n, err := strconv.ParseUint(w, 10, 8)
		times, isTimes := timesWords[w]
		kind, isKind := kindWords[w]
		key, isKey := strings.CutPrefix(w, "key=")
		unless, isUnless := strings.CutPrefix(w, "unless=")
		switch {
		case err == nil && !numbered && e.HasArg():
			e.Arg, numbered = int(n), true
		case w == "once" && e.Kind == Wraps:
			e.Times = AtMostOnce
		case isTimes && (starts && (times != Alone || e.Kind == Called) || e.Kind == Call && times == Serial) && !timed:
			e.Times, timed = times, true
		case isKind && (starts || e.Kind == Drain):
			e.Spawn = kind
		case isKey && (e.Kind == Spawn || e.Kind == Once || e.Kind == Put || e.Kind == Insert):
			n, err := strconv.ParseUint(key, 10, 8)
			if err != nil {
				return e, fmt.Errorf("%s: key= wants the number of an argument, the receiver of a method being 0", w)
			}
			e.Key = int(n)
		case w == "joined" && e.Kind == Spawn:
			e.Joined = true
		case isUnless && e.Joined && unless != "":
			e.Unless = unless
		default:
			return e, fmt.Errorf("%q has no place behind %s", w, verb)
		}
	}
	switch {
	case starts && !timed:
		return e, fmt.Errorf("%s wants to know how often it runs because of one call: once, serial (never beside itself), single (one goroutine for all of the package), many, or apart (while nothing else runs)", verb)
	case e.Kind == Once && e.Key == NoKey:
		return e, errors.New("once wants key= and the number of the argument that holds the sync.Once")
	case (e.Kind == Put || e.Kind == Insert) && e.Key == NoKey:
		return e, fmt.Errorf("%s wants key= and the number of the argument that is kept", verb)
	case (starts || e.Kind == Call || e.Kind == Cleanup || e.Kind == Element || e.Kind == Content || e.Kind == Put || e.Kind == Insert || e.Kind == Wraps || e.Kind == Once || e.Kind == Access || e.Kind == Asserts || e.Kind == Answers) && e.HasArg() && !numbered:
		return e, fmt.Errorf("%s wants the number of an argument, the receiver of a method being 0", verb)
	}
	return e, nil
}

// HasArg reports whether the effect is about an argument.
func (e *Effect) HasArg() bool {
	switch e.Kind {
	case NoReturn, Fresh, Serve, Called, Quick, Together, Settle, Drain:
		return false
	}
	return true
}

// read reads the file of a spec and holds its content against the hash, if there is one.
func read(spec string) ([]*Row, error) {
	file, want := Split(spec)
	text, err := os.ReadFile(file)
	if err != nil {
		if !filepath.IsAbs(file) {
			return nil, fmt.Errorf("%w: go vet runs its tool in the folder of each package, so give the whole path", err)
		}
		return nil, err
	}
	if got := hash(text); want != "" && got != want {
		return nil, fmt.Errorf("%s is not what it was when the run began (SHA-256 %s, not %s): run again", file, got, want)
	}
	return parse(file, numbered(string(text)))
}

// Pin returns the spec of a file with its path made absolute and the hash of its content, after a look for mistakes in it.
func Pin(spec string) (string, error) {
	file, _ := Split(spec)
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if _, err := parse(file, numbered(string(text))); err != nil {
		return "", err
	}
	file, err = filepath.Abs(file)
	return file + "@" + hash(text), err
}

// Split takes a spec apart. A path may have an @ of its own.
func Split(spec string) (file, sum string) {
	if i := strings.LastIndexByte(spec, '@'); i >= 0 && isSum(spec[i+1:]) {
		return spec[:i], spec[i+1:]
	}
	return spec, ""
}

func isSum(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}

func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
