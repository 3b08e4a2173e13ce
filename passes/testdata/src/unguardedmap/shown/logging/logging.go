// Package logging has the helpers of another package: it holds no map.
package logging

import (
	"fmt"
	"os"
)

// Logger writes messages.
type Logger struct{ level int }

// Debugf writes a message, if anybody wants it.
func (l *Logger) Debugf(format string, args ...any) {
	if l.level > 0 {
		l.write("debug", format, args...)
	}
}

func (l *Logger) write(level, format string, args ...any) {
	fmt.Fprintln(os.Stderr, level, fmt.Sprintf(format, args...))
}
