package format

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Text prints findings for people: the message, the source with the place underlined, then the same for each related place, and the fix in a line.
func Text(w io.Writer, fs []finding.Finding, c *Context) error {
	for i, f := range fs {
		t := &texter{c: c, gutter: gutter(f, c)}
		if i > 0 {
			t.b.WriteByte('\n')
		}
		t.place("", f.Pos, f.End, f.Message, bold, red)
		for _, r := range merge(f.Related) {
			t.place("  ", r.Pos, r.End, r.Message, none, cyan)
		}
		if len(f.Fixes) > 0 {
			t.wrap("  ", t.paint(green, "fix: "), 5, f.Fixes[0].Message+" (mapguard fix does it)")
		}
		if _, err := io.WriteString(w, t.b.String()); err != nil {
			return err
		}
	}
	return nil
}

// merge joins what is said of one place, so that its source is shown once.
func merge(related []finding.Related) []finding.Related {
	var out []finding.Related
	at := map[finding.Pos]int{}
	for _, r := range related {
		if i, ok := at[r.Pos]; ok {
			out[i].Message += "; " + r.Message
			continue
		}
		at[r.Pos] = len(out)
		out = append(out, r)
	}
	return out
}

// texter prints one finding.
type texter struct {
	c      *Context
	b      strings.Builder
	gutter int // the width of the line numbers
}

func gutter(f finding.Finding, c *Context) int {
	last := f.Pos.Line
	for _, r := range f.Related {
		last = max(last, r.Pos.Line)
	}
	return max(len(strconv.Itoa(last+c.Context)), 3)
}

// place prints where, what, and the source.
func (t *texter) place(indent string, pos, end finding.Pos, msg string, style, mark colour) {
	file := t.c.Source.File(pos.File)
	from, to := file.Span(pos, end)
	shown := pos
	shown.File = t.c.rel(pos.File)
	head := shown.String() + ": "
	t.wrap(indent, t.paint(style, head), width(head), oneLine(msg))
	if file.Line(pos.Line) == "" {
		return
	}
	for n := max(pos.Line-t.c.Context, 1); n <= pos.Line+t.c.Context && n <= file.Lines(); n++ {
		if n == pos.Line {
			t.marked(n, file.Line(n), from, to, mark)
		} else {
			t.source(strconv.Itoa(n), t.cut(expand(file.Line(n)), 0))
		}
	}
}

func (t *texter) source(number, line string) {
	fmt.Fprintf(&t.b, "  %s %s\n", t.paint(dim, fmt.Sprintf("%*s |", t.gutter, number)), line)
}

// marked prints a line with carets below from to to.
func (t *texter) marked(n int, line string, from, to finding.Pos, mark colour) {
	lead := line[:min(max(from.Col, 1)-1, len(line))]
	start := width(expand(lead))
	length := 1
	if to.Line == from.Line && to.Col > from.Col {
		length = max(width(expand(line[:min(to.Col-1, len(line))]))-start, 1)
	} else if to.Line > from.Line {
		length = max(width(expand(line))-start, 1)
	}
	shown := expand(line)
	// Code far from the margin is moved left, so that the place itself is on the screen.
	trim := width(shown) - width(strings.TrimLeft(shown, " "))
	skip := max(trim-4, 0)
	if room := t.room(); room > 0 && start+length-skip > room {
		skip = min(start, max(start+length-room, 0))
		skip = max(skip, start-room/2)
	}
	text := t.cut(shown, skip)
	start -= skip
	if room := t.room(); room > 0 {
		length = max(min(length, room-start), 1)
	}
	t.source(strconv.Itoa(n), text)
	if from.Col > 0 {
		t.source("", strings.Repeat(" ", max(start, 0))+t.paint(mark, strings.Repeat("^", length)))
	}
}

// room is how many columns a line of source may have, 0 if any.
func (t *texter) room() int {
	if t.c.Width == 0 {
		return 0
	}
	return max(t.c.Width-t.gutter-5, 20)
}

// cut drops the first skip columns of a line and what doesn't fit the screen.
func (t *texter) cut(line string, skip int) string {
	var b strings.Builder
	room, col := t.room(), 0
	for _, r := range line {
		w := runeWidth(r)
		if col += w; col <= skip {
			continue
		}
		if room > 0 && col-skip > room {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ")
}

// wrap prints a head and words, broken at the width of the terminal with the further lines indented.
func (t *texter) wrap(indent, head string, headWidth int, text string) {
	col := len(indent) + headWidth
	t.b.WriteString(indent + head)
	for i, word := range strings.Split(text, " ") {
		if i > 0 && t.c.Width > 0 && col+1+width(word) > t.c.Width {
			t.b.WriteString("\n" + indent + "    ")
			col = len(indent) + 4
		} else if i > 0 {
			t.b.WriteByte(' ')
			col++
		}
		t.b.WriteString(word)
		col += width(word)
	}
	t.b.WriteByte('\n')
}

// colour is a terminal's code for one.
type colour string

const (
	none  colour = ""
	bold  colour = "1"
	dim   colour = "2"
	red   colour = "1;31"
	green colour = "32"
	cyan  colour = "36"
)

func (t *texter) paint(c colour, s string) string {
	if !t.c.Color || c == none {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

// oneLine keeps a message on its line and the terminal safe from what is in it.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

const tab = 4

// expand turns tabs into spaces and control characters, which could rewrite the screen, into a mark.
func expand(s string) string {
	var b strings.Builder
	col := 0
	for _, r := range s {
		switch {
		case r == '\t':
			n := tab - col%tab
			b.WriteString(strings.Repeat(" ", n))
			col += n
			continue
		case unicode.IsControl(r):
			r = unicode.ReplacementChar
		}
		b.WriteRune(r)
		col += runeWidth(r)
	}
	return b.String()
}

// width returns how many columns a terminal gives to s.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana), 0x1F300 <= r && r <= 0x1FAFF, 0xFF01 <= r && r <= 0xFF60:
		return 2
	}
	return 1
}
