package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// keptSent returns what is known of senders on ch that go on with what they have sent.
func (u *unit) keptSent(ch ssa.Value) (sentKept, bool) {
	if len(u.sentKept) == 0 {
		return sentKept{}, false
	}
	on, ok := u.variableOf(ch)
	if !ok {
		return sentKept{}, false
	}
	kept, ok := u.sentKept[on]
	return kept, ok
}

// receivedFrom returns the paths of v, which comes out of ch. It was handed over, and is the receiver's, unless the channel is one whose senders go on with what they send: then it
// was put there, and each receiver gets another, if it is not sent to several.
func (f *function) receivedFrom(ch, v ssa.Value) []domain.Path {
	kept, ok := f.u.keptSent(ch)
	if !ok || f.inTest {
		return one(f.local(v))
	}
	from := f.paths(ch)
	element := domain.Drawn
	if kept.again {
		element = domain.Elem
	}
	out := extend(from, element)
	for _, p := range from {
		n := len(p.Sel())
		if n == 0 {
			continue
		}
		for _, sel := range kept.beside {
			q, _ := p.Cut(n - 1)
			for _, s := range sel {
				q = q.Append(s)
			}
			out = addPath(out, q)
		}
	}
	return out
}

// field returns the paths of a field of what has the paths. One that is the same in all messages is no other for each receiver.
func (f *function) field(paths []domain.Path, s domain.Sym) []domain.Path {
	out := extend(paths, s)
	if f.u.sentAgain[s] {
		for i := range out {
			out[i] = out[i].SomeElement()
		}
	}
	return out
}

// putSent notes what is sent on a channel whose senders go on with it.
func (f *function) putSent(ch, v ssa.Value) {
	if _, ok := f.u.keptSent(ch); ok {
		f.putInto(extend(f.paths(ch), domain.Elem), v)
	}
}

// receivesAt returns the channel of the i'th receive of a select.
func receivesAt(sel *ssa.Select, i int) ssa.Value {
	for _, st := range sel.States {
		if st.Dir == types.SendOnly {
			continue
		}
		if i == 0 {
			return st.Chan
		}
		i--
	}
	return nil
}
