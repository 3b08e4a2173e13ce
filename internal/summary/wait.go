package summary

import (
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// wait notes that what was signalled on the keys has happened: the goroutines that signal them are over, and so is whatever a relay
// goroutine, which signals them, has itself waited for.
//
// One receive from a channel hears of one goroutine. Only with all set, as after a Wait or at the end of a loop that receives, are those over of
// which several may be running.
func (f *function) wait(st *state, keys []domain.Path, all bool) {
	for _, k := range keys {
		st.waits = nearest(domain.InsertPath(st.waits, k), 2*maxKeys)
		st.awaited = nearest(domain.InsertPath(st.awaited, k), 2*maxKeys)
		for _, site := range st.running {
			sp := f.spawns[site]
			if sp == nil {
				continue
			}
			h := hears(sp, k)
			if !h.any() || !all && (domain.HasSym(st.multi, site) || !h.sends() && f.sent(st, k) || h == heard{repeated: true}) {
				continue
			}
			if domain.HasSym(st.running, site) {
				st.running = domain.WithoutSym(st.running, site)
				if h.once || h.closed {
					f.wait(st, sp.Joins, true)
				}
			}
		}
	}
}

// heard is how a goroutine signals a key.
type heard struct{ once, repeated, closed bool }

func (h heard) any() bool   { return h.once || h.repeated || h.closed }
func (h heard) sends() bool { return h.once || h.repeated }

// all reports whether a callee that has waited for k comes after all that signal it: it does not know how many there are.
func (h heard) all(k domain.Path) bool { return h.any() && (!k.IsChannel() || !h.sends()) }

// hears returns what a receive from the channel k, or a wait for it, may hear of sp. That it comes before some accesses of sp is noted at those.
func hears(sp *domain.Spawn, k domain.Path) (h heard) {
	for _, s := range sp.Signals {
		plain, mark := s.Plain()
		if !domain.SameKey(plain, k) {
			continue
		}
		switch mark {
		case domain.Closed:
			h.closed = true
		case domain.Repeated:
			h.repeated = true
		default:
			h.once = true
		}
	}
	return h
}

// Drained is the location of what functions have waited for that have had what others call, such as handlers of requests, come to an end.
func Drained(kind domain.SpawnKind) domain.Sym { return drainedBy[kind] }

var drainedBy = map[domain.SpawnKind]domain.Sym{
	domain.Handler:  domain.Intern("drained handlers"),
	domain.Callback: domain.Intern("drained callbacks"),
}

// drain notes that the handlers or callbacks are over. Which server has which of them is not known: who shuts one down is taken to have no other.
func (f *function) drain(st *state, kind domain.SpawnKind) {
	f.wait(st, []domain.Path{domain.Of(domain.Root{Kind: domain.Global, Name: drainedBy[kind]})}, true)
	st.running = slices.DeleteFunc(slices.Clone(st.running), func(site domain.Sym) bool { return f.spawns[site] != nil && f.spawns[site].Kind == kind })
}

// sent reports whether some running goroutine sends on k: what was received may be that, and not the closing of k.
func (f *function) sent(st *state, k domain.Path) bool {
	return slices.ContainsFunc(st.running, func(s domain.Sym) bool { return f.spawns[s] != nil && hears(f.spawns[s], k).sends() })
}

// signal notes that this goroutine has signalled the keys, and what it had waited for by then.
func (f *function) signal(st *state, keys []domain.Path) {
	st.sent = withNearest(st.sent, keys, maxKeys)
	if len(keys) > 0 {
		f.awaits = domain.UnionPaths(f.awaits, st.awaited)
	}
}
