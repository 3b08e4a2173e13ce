package callers

// A run that is given nothing does not come to what it does with each, or if there is something.

type seat struct{ marks map[string]string } // its owner's goroutine marks it

func (s *seat) mark(name string)        { s.marks[name] = "x" }
func (s *seat) has(name string) bool    { return s.marks[name] != "" }
func (s *seat) hasAny(n ...string) bool { return len(n) > 0 && s.has(n[0]) }

type row struct {
	own  *seat
	next func(string)
}

func NewRow() *row {
	r := &row{own: &seat{marks: map[string]string{}}}
	go r.loop()
	return r
}

func (r *row) loop() {
	for name := range make(chan string) {
		r.own.mark(name)
		r.count([]string{name}, r.next, nil)
	}
}

func (r *row) count(names []string, each func(string), err error) (n int) {
	for _, name := range names {
		if r.own.has(name) {
			n++
		}
	}
	if each != nil && r.own.has("") {
		each("")
	}
	if r.own.hasAny() {
		n++
	}
	if err == nil {
		return n
	}
	if r.own.has("a") {
		n++
	}
	return n
}

// CloseOk counts none.
func (r *row) CloseOk() { r.recount(nil, nil) }

func (r *row) recount(names []string, each func(string)) { r.count(names, each, nil) }

type bench struct{ own *seats }

type seats struct{ marks map[string]string }

func (s *seats) mark(name string) { s.marks[name] = "x" } // want `map seats.marks is written here and read`
func (s *seats) has(name string) bool {
	return s.marks[name] != ""
}

func NewBench() *bench {
	b := &bench{own: &seats{marks: map[string]string{}}}
	go b.loop()
	return b
}

func (b *bench) loop() {
	for name := range make(chan string) {
		b.own.mark(name)
	}
}

func (b *bench) count(names []string, more ...string) (n int) {
	if names == nil {
		names = more
	}
	for _, name := range names {
		if b.own.has(name) {
			n++
		}
	}
	return n
}

// CloseBad counts those that come instead.
func (b *bench) CloseBad() { b.count(nil, "a") }

type shelf struct{ own *seats2 }

type seats2 struct{ marks map[string]string }

func (s *seats2) mark(name string) { s.marks[name] = "x" } // want `map seats2.marks is written here and read`
func (s *seats2) has(name string) bool {
	return s.marks[name] != ""
}

func NewShelf() *shelf {
	b := &shelf{own: &seats2{marks: map[string]string{}}}
	go b.loop()
	return b
}

func (b *shelf) loop() {
	for name := range make(chan string) {
		b.own.mark(name)
	}
}

func (b *shelf) count(err error, names *[2]string) (n int) {
	for i := range names {
		if err != nil && b.own.has("") {
			n += i
		}
	}
	return n
}

type tooMany struct{}

func (*tooMany) Error() string { return "" }

// CloseBad comes with an error, nil as what is in it may be; nil counts two.
func (b *shelf) CloseBad(e *tooMany) { b.count(e, nil) }

type seats3 struct{ marks map[string]string }

func (s *seats3) mark(name string) { s.marks[name] = "x" } // want `map seats3.marks is written here and read`
func (s *seats3) has(name string) bool {
	return s.marks[name] != ""
}

type stall struct{ own *seats3 }

func NewStall() *stall {
	b := &stall{own: &seats3{marks: map[string]string{}}}
	go b.loop()
	return b
}

func (b *stall) loop() {
	for name := range make(chan string) {
		b.own.mark(name)
	}
}

// The second look is like the first to a caller.
func (b *stall) count(names []string) (n int) {
	for _, name := range names {
		if b.own.has(name) {
			n++
		}
	}
	if b.own.has("") {
		n++
	}
	return n
}

// CloseBad looks once.
func (b *stall) CloseBad() { b.count(nil) }
