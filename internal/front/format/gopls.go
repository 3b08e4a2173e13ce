package format

import (
	"fmt"
	"io"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Gopls prints what gopls check v0.23.0 prints: absolute paths, columns in bytes, the end's line left out if it is the start's, related places
// marked by "- ".
func Gopls(w io.Writer, fs []finding.Finding, c *Context) error {
	for _, f := range fs {
		if _, err := fmt.Fprintf(w, "%s: %s\n", c.goplsSpan(f.Pos, f.End), oneLine(f.Message)); err != nil {
			return err
		}
		for _, r := range f.Related {
			if _, err := fmt.Fprintf(w, "%s: - %s\n", c.goplsSpan(r.Pos, r.End), oneLine(r.Message)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Context) goplsSpan(pos, end finding.Pos) string {
	from, to := c.Source.File(pos.File).Span(pos, end)
	switch {
	case from.Col == 0 || to == pos || to.Line == from.Line && to.Col <= from.Col:
		return from.String()
	case to.Line == from.Line:
		return fmt.Sprintf("%s-%d", from, to.Col)
	}
	return fmt.Sprintf("%s-%d:%d", from, to.Line, to.Col)
}
