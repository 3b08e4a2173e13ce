package format

import (
	"fmt"
	"io"
	"strings"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// GitHub prints workflow commands. GitHub wants paths relative to the repository, and shows the related places only as text.
func GitHub(w io.Writer, fs []finding.Finding, c *Context) error {
	for _, f := range fs {
		path, _ := c.below(f.Pos.File)
		from, to := c.Source.File(f.Pos.File).Span(f.Pos, f.End)
		msg := f.Message
		for _, r := range f.Related {
			p := r.Pos
			p.File, _ = c.below(p.File)
			msg += fmt.Sprintf("\n%s: %s", p, r.Message)
		}
		where := fmt.Sprintf("file=%s,line=%d", property(path), from.Line)
		if from.Col > 0 {
			where += fmt.Sprintf(",col=%d", from.Col)
		}
		if to.Line == from.Line && to.Col > from.Col {
			where += fmt.Sprintf(",endColumn=%d", to.Col)
		}
		if _, err := fmt.Fprintf(w, "::warning %s,title=%s::%s\n", where, property("mapguard: "+f.Check), data(msg)); err != nil {
			return err
		}
	}
	return nil
}

// data escapes the message of a workflow command, property a value before it.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
