package summary

import (
	"go/constant"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// shownOf returns the values that the argument i of a call, perhaps a variadic one, has for an encoder or printer. Those are left out of which the format before
// them, a constant, wants the address or the type alone.
func shownOf(args []ssa.Value, i int) []ssa.Value {
	vals := elements(args[i])
	if i == 0 || args[i-1] == nil {
		return vals
	}
	format, ok := args[i-1].(*ssa.Const)
	if !ok || format.Value == nil || format.Value.Kind() != constant.String {
		return vals
	}
	verbs := verbsOf(constant.StringVal(format.Value))
	if len(verbs) != len(vals) {
		return vals
	}
	var out []ssa.Value
	for n, v := range vals {
		if verbs[n] != 'p' && verbs[n] != 'T' {
			out = append(out, v)
		}
	}
	return out
}

// verbsOf returns the verbs of a format, one for each argument; nil if the format takes its arguments otherwise than one after another.
func verbsOf(format string) (verbs []rune) {
	text := []rune(format)
	for len(text) > 0 {
		i := slices.Index(text, '%')
		if i < 0 {
			break
		}
		text = text[i+1:]
		for len(text) > 0 && strings.ContainsRune("+-# 0123456789.", text[0]) {
			text = text[1:]
		}
		switch {
		case len(text) == 0 || text[0] == '*' || text[0] == '[':
			return nil
		case text[0] != '%':
			verbs = append(verbs, text[0])
		}
		text = text[1:]
	}
	return verbs
}
