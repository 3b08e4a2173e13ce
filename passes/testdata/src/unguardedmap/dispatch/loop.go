package dispatch

// Desk is worked on by its loop.
type Desk struct {
	leave chan string
	all   map[string]int
}

func (d *Desk) Start() {
	go func() {
		for name := range d.leave {
			d.FP_Leave(name)
		}
	}()
}

// FP_Leave is exported by habit: nothing but the loop calls it, here and elsewhere.
func (d *Desk) FP_Leave(name string) {
	delete(d.all, name) // want `map Desk.all is deleted from here and deleted from at loop.go:\d+`
}
