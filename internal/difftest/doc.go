// Package difftest makes small Go programs whose label, racy or safe, is known by construction, to hold mapguard and the race detector
// against each other.
//
// A program has one map. The main goroutine touches it up to three times: before it starts the others, beside them, and after it has waited for
// them. The drawn plan says where the map lives, how it is locked, how goroutines start and how they are waited for. Each seed
// gives two programs, twins: the plan as drawn, which is safe, and the same with one fault. The label is not drawn but computed,
// from which touches can overlap and which share a lock (plan.racy); the race detector confirms it.
//
// Left out: writes with only the read lock held, which another check reports, and maps handed over a channel.
package difftest
