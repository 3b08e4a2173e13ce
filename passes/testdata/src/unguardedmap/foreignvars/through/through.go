// Package through calls what another package offers.
package through

import "unguardedmap/foreignvars/lib"

var none = map[string]bool{"": true}

// Icon returns an icon, or nothing.
func Icon(name string) string {
	if none[name] {
		return ""
	}
	return lib.Icon(name)
}
