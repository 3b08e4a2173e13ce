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

// panel has the frame by a type of this package.
type panel struct{ *screen.Frame }

type dialOk struct {
	panel
	data map[string]int
}

func NewDial() *dialOk {
	d := &dialOk{panel: panel{&screen.Frame{}}, data: map[string]int{}}
	go func() {
		for {
			d.Lock()
			d.data["a"]++
			d.Unlock()
		}
	}()
	return d
}

func (d *dialOk) Draw(lines *[]string) {
	for k := range d.data {
		*lines = append(*lines, k)
	}
}
