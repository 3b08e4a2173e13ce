package happensbefore

// roomOk is stopped by a send that its one goroutine takes as the last thing it does: who has sent it has the map for himself.
type roomOk struct {
	bye   chan bool
	in    chan int
	users map[int]string
}

func (r *roomOk) loop() {
	for {
		select {
		case <-r.bye:
			return
		case n := <-r.in:
			r.users[n] = "x"
		}
	}
}

func (r *roomOk) Start() {
	r.bye, r.in = make(chan bool), make(chan int)
	go r.loop()
}

func (r *roomOk) Stop() (n int) {
	r.bye <- true
	for _, u := range r.users {
		n += len(u)
	}
	return n
}

// roomBad goes on after it.
type roomBad struct {
	bye   chan bool
	in    chan int
	users map[int]string
}

func (r *roomBad) loop() {
	for {
		select {
		case <-r.bye:
			r.users[-1] = "bye" // want `map roomBad.users is written here and iterated at stopped.go:\d+ with no lock in common`
			return
		case n := <-r.in:
			r.users[n] = "x"
		}
	}
}

func (r *roomBad) Start() {
	r.bye, r.in = make(chan bool), make(chan int)
	go r.loop()
}

func (r *roomBad) Stop() (n int) {
	r.bye <- true
	for _, u := range r.users {
		n += len(u)
	}
	return n
}

// roomEarlyBad looks before it stops.
type roomEarlyBad struct {
	bye   chan bool
	in    chan int
	users map[int]string
}

func (r *roomEarlyBad) loop() {
	for {
		select {
		case <-r.bye:
			return
		case n := <-r.in:
			r.users[n] = "x" // want `map roomEarlyBad.users is written here and iterated at stopped.go:\d+ with no lock in common`
		}
	}
}

func (r *roomEarlyBad) Start() {
	r.bye, r.in = make(chan bool), make(chan int)
	go r.loop()
}

func (r *roomEarlyBad) Stop() (n int) {
	for _, u := range r.users {
		n += len(u)
	}
	r.bye <- true
	return n
}

var (
	lobby = &roomOk{users: map[int]string{}}
	attic = &roomBad{users: map[int]string{}}
	porch = &roomEarlyBad{users: map[int]string{}}
)

// Serve has one goroutine start them, and another one stop them.
func Serve(stop chan bool) {
	lobby.Start()
	attic.Start()
	porch.Start()
	go func() {
		<-stop
		lobby.Stop()
		attic.Stop()
		porch.Stop()
	}()
}

// roomFedBad goes on when it has fed the goroutine, which goes on, too.
type roomFedBad struct {
	in    chan int
	users map[int]string
}

func (r *roomFedBad) loop() {
	for n := range r.in {
		r.users[n] = "x" // want `map roomFedBad.users is written here and measured at stopped.go:\d+ with no lock in common`
	}
}

var cellar = &roomFedBad{in: make(chan int), users: map[int]string{}}

func Feed(stop chan bool) {
	go cellar.loop()
	go func() {
		<-stop
		cellar.in <- 1
		println(len(cellar.users))
	}()
}

// FN_Clear stops one room, and looks into another: whose goroutine it is that has ended, is not asked.
type roomTwin struct {
	bye   chan bool
	in    chan int
	users map[int]string
}

func (r *roomTwin) loop() {
	for {
		select {
		case <-r.bye:
			return
		case n := <-r.in:
			r.users[n] = "x"
		}
	}
}

func (r *roomTwin) stop() { r.bye <- true }

var (
	left  = &roomTwin{bye: make(chan bool), in: make(chan int), users: map[int]string{}}
	right = &roomTwin{bye: make(chan bool), in: make(chan int), users: map[int]string{}}
)

func FN_Clear(stop chan bool) {
	go left.loop()
	go right.loop()
	go func() {
		<-stop
		left.stop()
		println(len(right.users))
	}()
}
