package tested

import (
	"context"
	"log/slog"
)

// console is called by whoever logs. Tests have it note what it was told.
type console struct {
	noted map[string]any
	level slog.Level
}

func newConsole(level slog.Level, noted map[string]any) *console {
	return &console{noted: noted, level: level}
}

func NewConsole() slog.Handler { return newConsole(slog.LevelInfo, nil) }

func (c *console) Enabled(_ context.Context, l slog.Level) bool { return l >= c.level }

func (c *console) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &console{noted: c.noted, level: c.level}
}

func (c *console) WithGroup(name string) slog.Handler { return c }

func (c *console) Handle(_ context.Context, r slog.Record) error {
	if c.noted != nil {
		c.noted["msg"] = r.Message
	}
	return nil
}

// memory notes what it was told, in the product, too.
type memory struct {
	noted map[string]any
}

func newMemory(noted map[string]any) *memory { return &memory{noted: noted} }

func NewMemory() slog.Handler { return newMemory(map[string]any{}) }

func (m *memory) Enabled(_ context.Context, l slog.Level) bool { return true }

func (m *memory) WithAttrs(attrs []slog.Attr) slog.Handler { return m }

func (m *memory) WithGroup(name string) slog.Handler { return m }

func (m *memory) Handle(_ context.Context, r slog.Record) error {
	if m.noted != nil {
		m.noted["msg"] = r.Message // want `map memory.noted is written here by several goroutines at once`
	}
	return nil
}

type ring struct{ noted map[string]int }

func newRing(noted map[string]int) *ring { return &ring{noted} }

func NewRing() *ring { return newRing(nil) }

func (r *ring) Note(k string) {
	if r.noted != nil {
		r.noted[k]++
	}
}
