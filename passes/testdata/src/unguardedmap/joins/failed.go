package joins

import "fmt"

type ledgerOk struct{ sums map[string]int }

// Only a call that fails leaves the goroutine running, and who gets an error does not look at the ledger.
func loadLedgerOk(bad bool) (*ledgerOk, error) {
	l := &ledgerOk{map[string]int{}}
	in, done := make(chan string), make(chan bool)
	go func() {
		defer close(done)
		for k := range in {
			l.sums[k]++
		}
	}()
	if bad {
		close(in)
		return l, fmt.Errorf("bad")
	}
	in <- "a"
	close(in)
	<-done
	return l, nil
}

func LedgerOk() int {
	l, err := loadLedgerOk(false)
	if err != nil {
		return 0
	}
	return len(l.sums)
}

type ledgerBad struct{ sums map[string]int }

func loadLedgerBad(bad bool) (*ledgerBad, error) {
	l := &ledgerBad{map[string]int{}}
	in := make(chan string)
	go func() {
		for k := range in {
			l.sums[k]++ // want `map ledgerBad.sums is written here and measured at failed.go:\d+ with no lock in common`
		}
	}()
	if bad {
		close(in)
		return nil, fmt.Errorf("bad")
	}
	in <- "a"
	close(in)
	return l, nil
}

func LedgerBad() int {
	l, err := loadLedgerBad(false)
	if err != nil {
		return 0
	}
	return len(l.sums)
}

type vat struct{ sums map[string]int }

func (v *vat) load(bad bool) (int, error) {
	in, done := make(chan string), make(chan bool)
	go func() {
		defer close(done)
		for k := range in {
			v.sums[k]++
		}
	}()
	if bad {
		close(in)
		return 0, fmt.Errorf("bad")
	}
	in <- "a"
	close(in)
	<-done
	return len(v.sums), nil
}

// Whoever goes on with the object, although the call has failed, meets the goroutine: should be reported.
func FN_Vat() int {
	v := &vat{map[string]int{}}
	if _, err := v.load(true); err != nil {
		println("bad")
	}
	v.sums["b"] = 1
	return len(v.sums)
}
