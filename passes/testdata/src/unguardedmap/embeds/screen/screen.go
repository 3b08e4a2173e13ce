// Package screen draws what others have, each under its lock.
package screen

import "sync"

// Drawn is drawn under its lock.
type Drawn interface {
	sync.Locker
	Draw(*[]string)
}

// Frame is embedded in what is drawn.
type Frame struct {
	sync.Mutex
	Title string
}

// Draw draws the title.
func (f *Frame) Draw(lines *[]string) { *lines = append(*lines, f.Title) }

// Render draws them all.
func Render(all ...Drawn) (lines []string) {
	for _, d := range all {
		d.Lock()
		d.Draw(&lines)
		d.Unlock()
	}
	return lines
}
