package difftest

import (
	"fmt"
	"regexp"
	"strings"
)

// source returns the text of the program.
func (w *writer) source() string {
	p := w.plan
	base := ""
	if p.loc.fields {
		base = w.names.get("s")
	}
	c := w.at(base)
	w.declare(c)
	var main []string
	add := func(ph phase) {
		if t := p.touches[ph]; t != nil {
			main = append(main, repeat(20, w.touch(c, ph)))
		}
	}
	start, wait := w.start, w.wait
	if p.started {
		start = func(c ctx) string { return w.routine("start", "", "", c, w.start) }
		wait = func(c ctx) string { return w.routine("stop", "", "", c, w.wait) }
	}
	if !p.latePre {
		add(pre)
	}
	main = append(main, start(c))
	if p.latePre {
		add(pre)
	}
	add(mid)
	main = append(main, w.decoyInMain(c))
	if p.earlyPost {
		add(post)
	}
	if !p.noJoin && p.join != "none" {
		main = append(main, wait(c))
	}
	if !p.earlyPost {
		add(post)
	}
	text := fmt.Sprintf("%s\n%s\nfunc main() {\n%s\n%s\n}\n", w.decls.String(), w.funcs.String(), w.prelude.String(), strings.Join(main, "\n"))
	return "package main\n\n" + imports(text) + text
}

func imports(text string) string {
	out := "import (\n"
	for _, path := range []string{"context", "maps", "net/http", "net/http/httptest", "runtime", "sync", "time"} {
		if regexp.MustCompile(`\b` + path[strings.LastIndexByte(path, '/')+1:] + `\.`).MatchString(text) {
			out += fmt.Sprintf("%q\n", path)
		}
	}
	return out + ")\n\n"
}

// variables lists what the program keeps beside the map: name, type, initial value.
func (w *writer) variables(c ctx) (scoped, local [][3]string) {
	p := w.plan
	name := func(expr string) string { return expr[strings.LastIndexByte(expr, '.')+1:] }
	if p.scheme == "locked" && !p.lock.global && !p.lock.embedded {
		scoped = append(scoped, [3]string{name(c.lock), p.lock.typ, p.lock.init})
		if w.uses(wrong) {
			scoped = append(scoped, [3]string{name(c.lock2), p.lock.typ, strings.ReplaceAll(p.lock.init, "$l", c.lock2)})
		}
	}
	if p.scheme == "once" {
		scoped = append(scoped, [3]string{name(c.once), "sync.Once", ""})
	}
	typ := map[string]string{"wg": "sync.WaitGroup", "group": "group", "close": "chan struct{}", "send": "chan bool"}[p.join]
	if typ == "" || p.noJoin && p.join == "none" {
		return scoped, local
	}
	joins := [][3]string{{name(c.join), typ, ""}}
	if strings.HasPrefix(typ, "chan") {
		joins[0][2] = c.join + " = make(" + typ + ")"
	}
	if p.otherJoin {
		init := map[string]string{"close": "$j = make(chan struct{})\nclose($j)", "send": "$j = make(chan bool, 3)\n$j <- true\n$j <- true\n$j <- true"}[p.join]
		joins = append(joins, [3]string{name(c.join2), typ, strings.ReplaceAll(init, "$j", c.join2)})
	}
	if p.inScope {
		return append(scoped, joins...), local
	}
	return scoped, joins
}

// declare writes the types, the variables and what sets them up.
func (w *writer) declare(c ctx) {
	p := w.plan
	w.decls.WriteString(w.fill(c, p.loc.types) + "\n" + p.shape.types + "\n")
	if p.lock.global {
		for _, l := range []string{c.lock, c.lock2} {
			fmt.Fprintf(&w.decls, "var %s %s\n", l, p.lock.typ)
		}
	}
	switch p.loc.scope {
	case method:
		w.declareHolder(c)
	case global:
		scoped, local := w.variables(c)
		if p.loc.fields {
			fmt.Fprintf(&w.decls, "var %s %s\n", c.base, w.structType(c, scoped))
		} else {
			w.vars(&w.decls, c, scoped)
		}
		w.vars(&w.prelude, ctx{}, local)
		fmt.Fprintf(&w.funcs, "func init() {\n%s\n}\n", w.inits(c, scoped))
		w.prelude.WriteString(w.inits(ctx{}, local))
	default:
		scoped, local := w.variables(c)
		if p.loc.fields {
			fmt.Fprintf(&w.prelude, "var %s %s\n", c.base, w.structType(c, scoped))
		} else {
			w.vars(&w.prelude, c, scoped)
		}
		w.vars(&w.prelude, ctx{}, local)
		w.prelude.WriteString(w.inits(c, scoped) + w.inits(ctx{}, local))
	}
}

// declareHolder writes a struct with a constructor, and its instance: a local of main or a package variable.
func (w *writer) declareHolder(c ctx) {
	p, name := w.plan, w.names.get("T")
	in := w.at("r")
	scoped, _ := w.variables(in)
	_, local := w.variables(c)
	fmt.Fprintf(&w.decls, "type %s %s\n", name, w.structType(c, scoped))
	fmt.Fprintf(&w.funcs, "\nfunc new%s() *%s {\nr := &%s{}\n%sreturn r\n}\n", name, name, name, w.inits(in, scoped))
	if p.loc.form.name == "getter" {
		fmt.Fprintf(&w.funcs, "\nfunc (r *%s) %s() map[string]int { return r.%s }\n", name, w.names.get("g"), w.names.get("m"))
	}
	if p.coin() {
		fmt.Fprintf(&w.decls, "var %s = new%s()\n", c.base, name)
	} else {
		fmt.Fprintf(&w.prelude, "%s := new%s()\n", c.base, name)
	}
	if w.uses(other) {
		fmt.Fprintf(&w.decls, "var o = new%s()\n", name)
	}
	w.vars(&w.prelude, ctx{}, local)
	w.prelude.WriteString(w.inits(ctx{}, local))
}

func (w *writer) structType(c ctx, fields [][3]string) string {
	p := w.plan
	out := "struct {\n"
	if p.lock.embedded {
		out += p.lock.typ + "\n"
	}
	for _, f := range fields {
		out += f[0] + " " + f[1] + "\n"
	}
	if p.loc.embedded() {
		return out + w.fill(c, p.loc.declare) + "\n}"
	}
	return out + w.names.get("m") + " " + w.fill(c, p.loc.declare) + "\n}"
}

// vars declares variables; those of the map's scope come with the map.
func (w *writer) vars(to *strings.Builder, c ctx, list [][3]string) {
	for _, v := range list {
		fmt.Fprintf(to, "var %s %s\n", v[0], v[1])
	}
	if c.m != "" && !w.plan.loc.fields {
		fmt.Fprintf(to, "var %s %s\n", c.m, w.fill(c, w.plan.loc.declare))
	}
}

// inits returns the statements that set variables up, and the map with those of its scope.
func (w *writer) inits(c ctx, list [][3]string) string {
	out := ""
	if c.m != "" {
		out = w.fill(c, w.plan.loc.init) + "\n"
	}
	for _, v := range list {
		if v[2] != "" {
			out += w.fill(c, v[2]) + "\n"
		}
	}
	return out
}

// repeat runs a body often enough for the race detector to see a race in nearly every run. Goroutines go on for longer than main, so that
// what main does too early is early.
func repeat(rounds int, body string) string {
	return fmt.Sprintf("for range %d {\n%s\nruntime.Gosched()\n}", rounds, body)
}

// body returns what a goroutine does.
func (w *writer) body(c ctx) string { return w.decoyInChild() + repeat(100, w.touch(c, child)) }

// touch returns the code of a touch, in place or as the call of a routine.
func (w *writer) touch(c ctx, ph phase) string {
	t := w.plan.touches[ph]
	name := fmt.Sprint(w.names.get("touch"), [...]string{"First", "Child", "Main", "Last"}[ph])
	var out []string
	for i, s := range t.sections {
		name := fmt.Sprint(name, i)
		switch {
		case t.routine == 1:
			out = append(out, w.routine(name, "", "", c, func(in ctx) string { return w.section(in, s) }))
		case t.routine == 2 && (s.hold == own || s.hold == bare):
			call := w.routine(name+"Locked", "", "", c, func(in ctx) string { return w.ops(in, s) })
			if s.hold == own {
				call = w.locked(c, own, call)
			}
			out = append(out, call)
		default:
			out = append(out, w.section(c, s))
		}
	}
	return strings.Join(out, "\nruntime.Gosched()\n")
}

// ops returns the operations of a section.
func (w *writer) ops(c ctx, s section) string {
	f := w.plan.loc.form
	load, expr := "", f.expr
	if f.load != "" {
		a := w.names.fresh("a")
		load, expr = strings.ReplaceAll(f.load, "$a", a), a
	}
	return w.fill(c, load) + "\n" + w.opsOn(w.fill(c, expr), s)
}

func (w *writer) opsOn(expr string, s section) string {
	var out []string
	for _, o := range s.ops {
		text := o.text
		if w.plan.loc.methods {
			text = o.call
		}
		out = append(out, strings.NewReplacer("$x", expr, "$k", pick(w.plan, []string{`"a"`, `"b"`})).Replace(text))
	}
	return strings.Join(out, "\n")
}

// section returns the operations with the lock around them that the section has.
func (w *writer) section(c ctx, s section) string {
	k := w.plan.lock
	switch s.hold {
	case own, shared:
		return w.locked(c, s.hold, w.ops(c, s))
	case wrong:
		c2 := c
		c2.lock, c2.plainLock = c.lock2, true
		return w.locked(c2, own, w.ops(c, s))
	case other:
		return w.locked(w.at("o"), own, w.ops(c, s))
	case local:
		l := w.names.fresh("m")
		return "var " + l + " sync.Mutex\n" + l + ".Lock()\n" + w.ops(c, s) + "\n" + l + ".Unlock()"
	case branch:
		acquire, release := strings.ReplaceAll(k.acquire, "$l", c.lock), strings.ReplaceAll(k.release, "$l", c.lock)
		return "func() {\nif runtime.NumCPU() > 4096 {\n" + acquire + "\ndefer " + release + "\n}\n" + w.ops(c, s) + "\n}()"
	case stale:
		load, a := w.loadUnderLock(c)
		return load + w.opsOn(a, s)
	case snapshot:
		a := w.names.fresh("a")
		get := w.routine("snapshot", "", w.fill(c, w.plan.loc.typ), c, func(in ctx) string {
			load, a := w.loadUnderLock(in)
			return load + "return " + a
		})
		return a + " := " + get + "\n" + w.opsOn(a, s)
	case once:
		load := w.routine("load", "", "", c, func(in ctx) string {
			return in.once + ".Do(func() {\n" + w.ops(in, section{ops: []op{writes[0]}}) + "\n})"
		})
		s.ops = s.ops[:len(s.ops)-1] // the write is in load
		return load + "\n" + w.ops(c, s)
	}
	return w.ops(c, s)
}

// loadUnderLock returns statements that load the map under its lock, and the variable it is in.
func (w *writer) loadUnderLock(c ctx) (text, name string) {
	c.plainLock = true
	a := w.names.fresh("a")
	f := w.plan.loc.form
	expr := f.expr
	if f.load != "" {
		expr = "$e"
	}
	return "var " + a + " " + w.fill(c, f.typ) + "\n" + w.locked(c, own, a+" = "+w.fill(c, expr)) + "\n", a
}
