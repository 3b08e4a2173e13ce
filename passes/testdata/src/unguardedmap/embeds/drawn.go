package embeds

import "unguardedmap/embeds/screen"

// gaugeOk is drawn by another package, under the lock that it has from there.
type gaugeOk struct {
	*screen.Frame
	data map[string]int
}

func NewGauge() *gaugeOk {
	g := &gaugeOk{Frame: &screen.Frame{}, data: map[string]int{}}
	go func() {
		for {
			g.Lock()
			g.data["a"]++
			g.Unlock()
		}
	}()
	return g
}

func (g *gaugeOk) Draw(lines *[]string) {
	g.Frame.Draw(lines)
	for k := range g.data {
		*lines = append(*lines, k)
	}
}

// EnableBad is nothing that the other package knows of.
func (g *gaugeOk) EnableBad() {
	for k := range g.data { // want `map gaugeOk.data is iterated without gaugeOk.Frame`
		println(k)
	}
}
