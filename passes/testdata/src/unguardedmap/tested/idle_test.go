package tested

import "testing"

// A helper starts the goroutine, and the test itself only calls the product.
func TestBarrelBad(t *testing.T) {
	b := openBarrel()
	if b.Size() == 0 {
		t.Fatal("empty")
	}
}

func openBarrel() *Barrel {
	b := &Barrel{m: map[string]int{}}
	go b.fill()
	return b
}

func (b *Barrel) fill() {
	b.m["a"] = 1 // want `map Barrel.m is written here and measured at idle.go:20 with no lock in common`
}

// Nothing runs beside a test that starts nothing.
func TestPailOk(t *testing.T) {
	p := &Pail{}
	p.PutOk("a")
	seen := map[int]bool{}
	seen[p.SizeOk()] = true
	if !seen[1] {
		t.Fatal(seen)
	}
}
