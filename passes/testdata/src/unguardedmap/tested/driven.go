package tested

import "time"

// Vault cleans itself, and tests clean it by hand.
type Vault struct{ dead map[int]bool }

func OpenVaultOk() *Vault {
	v := &Vault{dead: map[int]bool{}}
	go v.run()
	return v
}

func (v *Vault) run() {
	for range time.Tick(time.Hour) {
		v.gc(1)
	}
}

func (v *Vault) gc(n int) { v.dead[n] = true }

// Bin is cleaned by its users, too.
type Bin struct{ dead map[int]bool }

func OpenBinBad() *Bin {
	b := &Bin{dead: map[int]bool{}}
	go b.run()
	return b
}

func (b *Bin) run() {
	for range time.Tick(time.Hour) {
		b.Clean(1)
	}
}

func (b *Bin) Clean(n int) {
	b.dead[n] = true // want `map Bin.dead is written here by several goroutines at once|map Bin.dead is written here and written`
}
