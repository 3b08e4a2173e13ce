package making

import "errors"

// puppetOk is moved by the one goroutine that it is made with.
type puppetOk struct {
	strings map[string]int
	pulled  chan string
}

var errNoName = errors.New("no name")

var noPuppetOk = &puppetOk{}

func newPuppetOk(name string) (*puppetOk, error) {
	if name == "" {
		return noPuppetOk, errNoName
	}
	return &puppetOk{strings: map[string]int{}, pulled: make(chan string)}, nil
}

func (p *puppetOk) run() {
	for s := range p.pulled {
		if s == "" {
			for k := range p.strings {
				delete(p.strings, k)
			}
		}
		p.strings[s]++
	}
}

func RaiseOk(names []string) error {
	for _, name := range names {
		p, err := newPuppetOk(name)
		if err != nil {
			return err
		}
		go p.run()
	}
	return nil
}

// puppetBad is the same for all who have no name.
type puppetBad struct {
	strings map[string]int
	pulled  chan string
}

var noPuppetBad = &puppetBad{strings: map[string]int{}}

func newPuppetBad(name string) (*puppetBad, error) {
	if name == "" {
		return noPuppetBad, nil
	}
	return &puppetBad{strings: map[string]int{}, pulled: make(chan string)}, nil
}

func (p *puppetBad) run() {
	for s := range p.pulled {
		p.strings[s]++ // want `map puppetBad.strings is written here by several goroutines at once with no lock`
	}
}

func RaiseBad(names []string) error {
	for _, name := range names {
		p, err := newPuppetBad(name)
		if err != nil {
			return err
		}
		go p.run()
	}
	return nil
}
