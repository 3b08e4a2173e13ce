package difftest

import (
	"fmt"
	"slices"
	"strings"
)

// decoyInChild returns a map of each goroutine's own.
func (w *writer) decoyInChild() string {
	if !w.plan.decoys[0] {
		return ""
	}
	if !slices.Contains(w.decoys, "mine") {
		w.decoys = append(w.decoys, "mine")
	}
	return "mine := map[string]int{}\nmine[\"a\"]++\n"
}

// decoyInMain returns touches of maps that no goroutine knows: a local one, and the same field of an object that is not shared.
func (w *writer) decoyInMain(c ctx) string {
	out := ""
	if w.plan.decoys[1] {
		w.decoys = append(w.decoys, "scratch")
		out += "scratch := map[string]int{}\nscratch[\"a\"]++\n"
	}
	if w.plan.decoys[2] && w.plan.loc.scope == method {
		out += fmt.Sprintf("private := new%s()\n%s\n", w.names.get("T"), w.opsOn(w.fill(w.at("private"), strings.ReplaceAll(w.plan.loc.expr, "$a", "$e")), section{ops: writes[:1]}))
	}
	return out
}
