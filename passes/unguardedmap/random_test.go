package unguardedmap_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// writer writes random functions around accesses of a map.
type writer struct {
	*rand.Rand
	b      strings.Builder
	ints   [][]string // variables in scope, by block
	loops  []string   // labels of the loops around, empty for those that have none
	labels int
	depth  int
}

// function writes a method of S that does something random. What it does is the same each time: nothing depends on the order of a map.
func (w *writer) function(name string) string {
	w.b.Reset()
	w.ints, w.loops, w.depth = [][]string{{"n", "total"}}, nil, 0
	fmt.Fprintf(&w.b, "func (s *S) %s(t Tracer, k string, n int) (total int) {\n", name)
	w.block(2 + w.IntN(4))
	w.b.WriteString("return total\n}\n\n")
	return w.b.String()
}

func (w *writer) line(format string, args ...any) { fmt.Fprintf(&w.b, format+"\n", args...) }

func (w *writer) block(n int) {
	w.depth++
	w.ints = append(w.ints, nil)
	for range n {
		w.statement()
	}
	w.ints = w.ints[:len(w.ints)-1]
	w.depth--
}

func (w *writer) inner() int {
	if w.depth > 3 {
		return 1
	}
	return 1 + w.IntN(3)
}

func (w *writer) pick(of ...string) string { return of[w.IntN(len(of))] }

func (w *writer) key() string { return w.pick(`"a"`, `"b"`, `"c"`, "k") }

func (w *writer) at() string { return "s.m[" + w.key() + "]" }

// value writes an int: often what the map holds, at times what a call of unknown duration returns.
func (w *writer) value() string {
	switch w.IntN(8) {
	case 0, 1:
		return w.at()
	case 2:
		return "t.Next()"
	case 3:
		return "len(s.m)"
	case 4:
		return fmt.Sprint(w.IntN(5))
	case 5:
		return w.variable() + " + " + w.at()
	}
	return w.variable()
}

func (w *writer) variable() string {
	var all []string
	for _, names := range w.ints {
		all = append(all, names...)
	}
	return w.pick(all...)
}

// declare returns the name of a new variable: one of few, so that they hide each other.
func (w *writer) declare() string {
	name := w.pick("v", "x", "n", "val")
	top := len(w.ints) - 1
	if slices.Contains(w.ints[top], name) || top == 1 && slices.Contains(w.ints[0], name) {
		return ""
	}
	w.ints[top] = append(w.ints[top], name)
	return name
}

func (w *writer) condition() string {
	switch w.IntN(5) {
	case 0:
		return w.value() + " > " + w.value()
	case 1:
		return w.variable() + " > 1 && " + w.at() + " < 3"
	case 2:
		return w.at() + " == 1 || " + w.at() + " > 2"
	case 3:
		return "t.Next() > 1 && " + w.at() + " > 0"
	}
	return w.at() + " > 1"
}

func (w *writer) statement() {
	kinds := []func(){w.write, w.write, w.declaration, w.note, w.note, w.sum, w.returns, w.literal}
	if w.depth < 4 {
		kinds = append(kinds, w.ifOk, w.ifThen, w.ifThen, w.loop, w.rangeMap, w.rangeMap, w.switches, w.leaves)
	}
	kinds[w.IntN(len(kinds))]()
}

func (w *writer) write() {
	switch w.IntN(6) {
	case 0:
		w.line("%s++", w.at())
	case 1:
		w.line("%s += %s", w.at(), w.value())
	case 2:
		w.line("delete(s.m, %s)", w.key())
	case 3:
		w.line("%s = %s // set", w.at(), w.value())
	default:
		w.line("%s = %s", w.at(), w.value())
	}
}

func (w *writer) declaration() {
	value := w.value()
	if name := w.declare(); name != "" {
		w.line("%s := %s\n_ = %s", name, value, name)
	}
}

func (w *writer) note() {
	switch w.IntN(4) {
	case 0:
		w.line("t.Note(%s)", w.variable())
	case 1:
		w.line("t.Note(%s, %s)", w.value(), w.at())
	default:
		w.line("t.Note(%s)", w.value())
	}
}

func (w *writer) sum() { w.line("total += %s", w.value()) }

func (w *writer) returns() {
	if w.depth > 1 && w.IntN(3) == 0 {
		w.line("if %s {\nreturn %s\n}", w.condition(), w.value())
	}
}

func (w *writer) literal() {
	loops := w.loops
	w.loops = nil
	switch w.IntN(3) {
	case 0:
		w.line("func() {\n%s++\n}()", w.at())
	case 1:
		w.line("defer func() {\n%s++\n}()", w.at())
	case 2:
		w.line("defer t.Note(%s)", w.at())
	}
	w.loops = loops
}

func (w *writer) ifOk() {
	name := w.pick("v", "x", "n")
	w.ints = append(w.ints, []string{name})
	w.line("if %s, ok := %s; ok && %s > 0 {", name, w.at(), name)
	w.block(w.inner())
	if w.IntN(2) == 0 {
		w.line("} else {")
		w.block(w.inner())
	}
	w.line("}")
	w.ints = w.ints[:len(w.ints)-1]
}

func (w *writer) ifThen() {
	w.line("if %s {", w.condition())
	w.block(w.inner())
	switch w.IntN(4) {
	case 0:
		w.line("} else {")
		w.block(w.inner())
	case 1:
		w.line("} else if %s {", w.condition())
		w.block(w.inner())
	}
	w.line("}")
}

func (w *writer) loop() {
	label := ""
	if w.IntN(2) == 0 {
		w.labels++
		label = fmt.Sprintf("loop%d", w.labels)
		w.line("%s:", label)
	}
	w.loops = append(w.loops, label)
	w.line("for i := range 3 {\nif i > total+100 {\nbreak %s\n}", label)
	w.block(w.inner())
	w.line("}")
	w.loops = w.loops[:len(w.loops)-1]
}

// rangeMap writes a loop over the map whose outcome does not depend on the order.
func (w *writer) rangeMap() {
	switch w.IntN(4) {
	case 0:
		w.line("for _, v := range s.m {\ntotal += v\n}")
	case 1:
		w.line("for key, v := range s.m {\nt.Add(v)\nif v > 5 {\ndelete(s.m, key)\n}\n}")
	case 2:
		w.line("for key := range s.m {\nt.Add(len(key))\n}")
	case 3:
		w.line("for key := range s.m {\ns.m[key]++\n}")
	}
}

func (w *writer) switches() {
	w.line("switch %s {", w.pick(w.value(), "x := "+w.at()+"; x", w.at()))
	for i := range 2 {
		w.line("case %d:", i)
		w.block(w.inner())
	}
	w.line("default:")
	w.block(1)
	w.line("}")
}

func (w *writer) leaves() {
	if len(w.loops) == 0 {
		return
	}
	label := w.loops[w.IntN(len(w.loops))]
	if label == "" && w.loops[len(w.loops)-1] != "" {
		return
	}
	w.line("if %s {\n%s %s\n}", w.condition(), w.pick("break", "continue"), label)
}
