package difftest

import "strings"

// shape is a way to start goroutines. In the texts LIT is the goroutine's code as a function literal and VALUE as a function value, which say
// that they are done by themselves, HELPER calls a function that starts one, ADD announces one to who waits, BODY is the code without that.
type shape struct {
	name   string
	text   string
	types  string // declarations it needs; $T the holder
	join   string // its own way to wait
	wait   string // the text of that
	many   bool   // starts several goroutines that run the same code
	single bool   // starts one
	again  bool   // text may stand twice
	feeds  bool   // main goes on only when the goroutines run
}

const groupType = `
type group struct { wg sync.WaitGroup }
func (g *group) Go(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}
func (g *group) Wait() { g.wg.Wait() }
`

const drive = `
// serve sends requests to h, as clients do.
func serve(h http.Handler) {
	for range 4 {
		go h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	}
}
`

var shapes = []shape{
	{name: "go closure", text: "ADD\ngo LIT()", single: true, again: true},
	{name: "go function", text: "ADD\ngo VALUE()", single: true, again: true},
	{name: "function value", text: "ADD\n$v := VALUE\ngo $v()", single: true},
	{name: "spawn helper", text: "ADD\nspawn(LIT)", types: "\nfunc spawn(f func()) { go f() }\n", single: true, again: true},
	{name: "nested go", text: "ADD\ngo func() {\ngo LIT()\n}()", single: true, again: true},
	{name: "interface", text: "ADD\nvar $v runner = task(VALUE)\ngo $v.run()", types: "\ntype runner interface{ run() }\ntype task func()\nfunc (t task) run() { t() }\n", single: true},
	{name: "AfterFunc", text: "ADD\ntime.AfterFunc(0, LIT)", single: true, again: true},
	{name: "context.AfterFunc", text: "ADD\n$v, cancel := context.WithCancel(context.Background())\ncontext.AfterFunc($v, LIT)\ncancel()", single: true},
	{name: "wg.Go", text: "JOIN.Go(VALUE)", join: "wg", single: true, again: true},
	{name: "group", text: "JOIN.Go(VALUE)", types: groupType, join: "group", single: true, again: true},
	{name: "worker", text: "ADD\n$v := make(chan int)\ngo func() {\nDONE\nfor range $v {\nBODY\n}\n}()\nfor i := range 5 {\n$v <- i\n}\nclose($v)", single: true, feeds: true},
	{name: "helper", text: "HELPER", join: "none", single: true},
	{name: "helper in a loop", text: "for range 3 {\nHELPER\n}", join: "none", many: true},
	{name: "twice", text: "ADD\ngo LIT()\nADD\ngo VALUE()", many: true},
	{name: "loop", text: "for range 3 {\nADD\ngo LIT()\n}", many: true},
	{name: "loop of a function", text: "for range 3 {\nADD\ngo VALUE()\n}", many: true},
	{name: "loop with parameter", text: "for i := range 3 {\nADD\ngo func(id int) {\nDONE\n_ = id\nBODY\n}(i)\n}", many: true},
	{name: "function values", text: "for _, $v := range []func(){LIT, VALUE} {\nADD\ngo $v()\n}", many: true},
	{name: "wg.Go loop", text: "for range 3 {\nJOIN.Go(LIT)\n}", join: "wg", many: true},
	{name: "group loop", text: "for range 3 {\nJOIN.Go(LIT)\n}", types: groupType, join: "group", many: true},
	{name: "AfterFunc loop", text: "for range 3 {\nADD\ntime.AfterFunc(time.Microsecond, LIT)\n}", many: true},
	{name: "workers", text: "$v := make(chan int)\nfor range 3 {\nADD\ngo func() {\nDONE\nfor range $v {\nBODY\n}\n}()\n}\nfor i := range 30 {\n$v <- i\n}\nclose($v)", many: true, feeds: true},
	{
		name: "handler", text: "$v := http.NewServeMux()\n$v.HandleFunc(\"/\", func(http.ResponseWriter, *http.Request) {\nBODY\n})\nserve($v)",
		types: drive, join: "none", many: true,
	},
	{
		name: "goroutine beside a handler", text: "$v := http.NewServeMux()\n$v.HandleFunc(\"/\", func(http.ResponseWriter, *http.Request) {\nBODY\n})\ngo func() {\nBODY\n}()\nserve($v)",
		types: drive, join: "none", many: true,
	},
	{
		name: "goroutine of a handler", text: "$v := http.NewServeMux()\n$v.HandleFunc(\"/\", func(http.ResponseWriter, *http.Request) {\ngo func() {\nBODY\n}()\n})\nserve($v)",
		types: drive, join: "none", many: true,
	},
	{
		name: "handler type", text: "$v := http.NewServeMux()\n$v.Handle(\"/\", &handler{VALUE})\nserve($v)",
		types: drive + "\ntype handler struct { f func() }\nfunc (h *handler) ServeHTTP(http.ResponseWriter, *http.Request) { h.f() }\n", join: "none", many: true,
	},
}

// start returns the statements that start the goroutines.
func (w *writer) start(c ctx) string {
	p := w.plan
	add, done := w.signals(c)
	text := p.shape.text
	if p.fault == "a second goroutine" {
		text += "\n" + text
	}
	// One after the other: each text is written, and its helpers declared, where it stands.
	for strings.Contains(text, "LIT") {
		text = strings.Replace(text, "LIT", "func() {\n"+done+"\n"+w.body(c)+"\n}", 1)
	}
	for strings.Contains(text, "BODY") {
		text = strings.Replace(text, "BODY", w.body(c), 1)
	}
	for strings.Contains(text, "HELPER") {
		call := w.routine("launch", "", "", c, func(in ctx) string { return "go func() {\n" + w.body(in) + "\n}()" })
		text = strings.Replace(text, "HELPER", call, 1)
	}
	for strings.Contains(text, "VALUE") {
		text = strings.Replace(text, "VALUE", w.value(c, done), 1)
	}
	return strings.NewReplacer("ADD", add, "DONE", done, "JOIN", c.join, "$v", w.names.fresh("v")).Replace(text)
}

// value returns a function value that runs the child's code and says done.
func (w *writer) value(c ctx, done string) string {
	if !w.plan.inScope && done != "" {
		call := w.routine(w.names.get("run"), "", "", c, func(in ctx) string { return w.body(in) })
		return "func() {\n" + done + "\n" + call + "\n}"
	}
	call := w.routine(w.names.get("run"), "", "", c, func(in ctx) string {
		_, done := w.signals(in)
		return done + "\n" + w.body(in)
	})
	if w.plan.loc.scope == argument {
		return "func() { " + call + " }"
	}
	return strings.TrimSuffix(call, "()")
}

// signals returns how a goroutine is announced and says that it is done, "" if the shape sees to it.
func (w *writer) signals(c ctx) (add, done string) {
	if w.plan.shape.join != "" {
		return "", ""
	}
	switch w.plan.join {
	case "wg":
		add, done = c.join+".Add(1)", "defer "+c.join+".Done()"
	case "close":
		done = "defer close(" + c.join + ")"
	case "send":
		done = "defer func() { " + c.join + " <- true }()"
	}
	if w.plan.earlyDone {
		done = strings.TrimPrefix(done, "defer ")
	}
	if w.plan.lateAdd {
		return "", add + "\n" + done
	}
	return add, done
}

// wait returns the statement that waits for the goroutines.
func (w *writer) wait(c ctx) string {
	join := c.join
	if w.plan.otherJoin {
		join = c.join2
	}
	switch w.plan.join {
	case "wg", "group":
		return join + ".Wait()"
	case "close":
		return "<-" + join
	case "send":
		if n := w.plan.shape.goroutines(w.plan.fault); n > 1 {
			return "for range " + string(rune('0'+n)) + " {\n<-" + join + "\n}"
		}
		return "<-" + join
	}
	return ""
}

// goroutines returns how many the shape starts.
func (s shape) goroutines(fault string) int {
	switch {
	case s.name == "twice" || s.name == "function values" || fault == "a second goroutine":
		return 2
	case s.many:
		return 3
	}
	return 1
}
