package tested

import "testing"

func TestVaultOk(t *testing.T) {
	v := OpenVaultOk()
	sweep(v)
}

func sweep(v *Vault) { v.gc(2) }

func TestBinBad(t *testing.T) {
	b := OpenBinBad()
	b.Clean(2)
}
