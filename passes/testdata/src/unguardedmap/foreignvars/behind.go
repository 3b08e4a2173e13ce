package foreignvars

import "unguardedmap/foreignvars/lib"

func loginBad(names []string) {
	for _, n := range names {
		go lib.Login(n) // want `map sessions.in is written here by several goroutines at once with no lock`
	}
}

func guardedOk(names []string) {
	for _, n := range names {
		go lib.Book(n)
		go lib.Option(n)
		go lib.Tally(n)
	}
}

func oneOk(name string) {
	done := make(chan bool)
	go func() {
		lib.Login(name)
		close(done)
	}()
	<-done
	lib.Out(name)
}
