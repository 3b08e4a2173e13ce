package format

import (
	"fmt"
	"io"

	"github.com/mapguard/mapguard/internal/front/finding"
)

// Short prints one line for each finding and no related places, for programs that take each line for a finding.
func Short(w io.Writer, fs []finding.Finding, c *Context) error {
	for _, f := range fs {
		pos := f.Pos
		pos.File = c.rel(pos.File)
		if _, err := fmt.Fprintf(w, "%s: %s (%s)\n", pos, oneLine(f.Message), f.Check); err != nil {
			return err
		}
	}
	return nil
}
