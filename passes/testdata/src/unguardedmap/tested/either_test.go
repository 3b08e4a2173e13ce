package tested

import "testing"

// A test that looks at what its function has set knows in which mode it runs.
func TestEitherOk(t *testing.T) {
	var got map[string]int
	either(func() { got = map[string]int{"a": 1} }, nil)
	if got["a"] != 1 {
		t.Fatal(got)
	}
}

func TestBothBad(t *testing.T) {
	got := map[string]int{}
	both(func() { got["a"]++ }) // want `map got is written here`
	if got["a"] == 0 {
		t.Fatal("not run")
	}
}

// The mode that was asked for is of no help to two goroutines.
func TestEitherTwiceBad(t *testing.T) {
	got := map[string]int{}
	f := func() { got["a"]++ } // want `map got is written here`
	go either(f, nil)
	either(f, map[string]bool{"async": true})
}
