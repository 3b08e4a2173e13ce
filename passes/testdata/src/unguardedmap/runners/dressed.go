package runners

// Functions that a type of the package dresses as an interface, in a variable whose objects goroutines call.

type visitor interface{ visit(page string) }

type visitorFunc func(page string)

func (f visitorFunc) visit(page string) { f(page) }

type crawler struct {
	visitor visitor
	pages   chan string
}

func (c *crawler) run() {
	for range 4 {
		go c.crawl()
	}
}

func (c *crawler) crawl() {
	for page := range c.pages {
		c.visitor.visit(page)
	}
}

type siteBad struct {
	crawler crawler
	visited map[string]bool
}

func NewSite() *siteBad {
	s := &siteBad{visited: map[string]bool{}}
	s.crawler.visitor = visitorFunc(func(page string) {
		s.visited[page] = true // want `map siteBad.visited is written here by several goroutines at once with no lock: the callback NewSite\$1 is called by several goroutines at once`
	})
	return s
}

// One goroutine calls it, and nobody else touches the map.
type reader struct {
	visitor visitor
	pages   chan string
}

func (r *reader) run() { go r.read() }

func (r *reader) read() {
	for page := range r.pages {
		r.visitor.visit(page)
	}
}

type bookOk struct {
	reader reader
	read   map[string]bool
}

func NewBook() *bookOk {
	b := &bookOk{read: map[string]bool{}}
	b.reader.visitor = visitorFunc(func(page string) { b.read[page] = true })
	return b
}
