package options

import "testing"

// A test looks into options.
func TestAccounts(t *testing.T) {
	o := &Options{Accounts: []*account{{}}}
	look(t, o)
}

func look(t *testing.T, o *Options) {
	if o.Accounts[0].Enabled() {
		t.Fatal("enabled")
	}
}
