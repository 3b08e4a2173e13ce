package tested

import (
	"sync"
	"testing"
)

func TestVaultOk(t *testing.T) {
	v := OpenVaultOk()
	sweep(v)
}

func sweep(v *Vault) { v.gc(2) }

func TestBinBad(t *testing.T) {
	b := OpenBinBad()
	b.Clean(2)
}

func TestVaultsOk(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			v := OpenVaultOk()
			v.gc(len(name))
		})
	}
}

// The same on a goroutine of the test: it is none of the product's.
func TestVaultBesideOk(t *testing.T) {
	v := OpenVaultOk()
	var wg sync.WaitGroup
	wg.Go(func() { v.gc(3) })
	wg.Wait()
}

// What the test does itself, without the help of the product, is no cleaning by hand.
func TestUrnBad(t *testing.T) {
	u := OpenUrn()
	var wg sync.WaitGroup
	wg.Go(func() {
		u.dead[1] = true // want `map Urn.dead is written here and iterated`
	})
	wg.Wait()
}

// A test that looks into an object knows what the others are at, in subtests, too. On another goroutine it does not.
func TestRackOk(t *testing.T) {
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := OpenRack()
			r.m[name] = 1
			r.Raise(name, 1)
		})
	}
}

func TestRackBad(t *testing.T) {
	r := OpenRack()
	done := make(chan bool)
	go func() {
		r.m["a"] = 1 // want `map Rack.m is written without Rack.mu`
		done <- true
	}()
	<-done
}

func TestMillOk(t *testing.T) {
	m := OpenMillOk()
	m.sieve.Sift(2)
}
