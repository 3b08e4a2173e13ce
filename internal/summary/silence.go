package summary

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/domain"
)

// Reason is why the analysis says nothing of something.
type Reason string

const (
	UnseenCall  Reason = "unseen"    // a shared map is handed to code that is not seen
	UnseenLock  Reason = "lock"      // a lock is taken in a form that is not followed
	TooMany     Reason = "interface" // more methods stand behind an interface than are followed
	Dropped     Reason = "cut"       // what a function does, or its callees, was too much
	Nameless    Reason = "nameless"  // a map is touched that has no name here
	Failed      Reason = "failed"    // the analysis of a function failed
	Unsettled   Reason = "unsettled" // the states of a function did not settle
	MaybeLocked Reason = "maybe"     // a lock may be held or not
)

// Silence is something that was not understood. Nothing is reported of it, which is not to say that it is right.
type Silence struct {
	Reason Reason
	Pos    token.Pos
	Text   string
}

// silent notes a silence, once.
func (u *unit) silent(reason Reason, pos token.Pos, format string, args ...any) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.silences[Silence{reason, pos, fmt.Sprintf(format, args...)}] = true
}

// unseen notes the shared maps that a call hands to code that is not seen.
func (f *function) unseen(st *state, args []ssa.Value, callee string, pos token.Pos, out *collector) {
	if out == nil {
		return
	}
	for _, a := range args {
		for _, v := range elements(a) {
			v = unwrap(v)
			if !IsMap(v.Type()) {
				continue
			}
			for _, p := range f.paths(v) {
				if !st.owned(&p) {
					f.u.silent(UnseenCall, pos, "map %s is handed to %s, whose code is not seen", named(&p), callee)
				}
			}
		}
	}
}

// named returns a name for the memory at p that people know.
func named(p *domain.Path) string {
	if loc := p.Loc(); loc != 0 {
		return loc.String()
	}
	return "here"
}

// Silences returns what was not understood, in the order of the source.
func (r *Result) Silences() []Silence {
	if r.u == nil {
		return nil
	}
	for _, e := range r.Errors {
		r.u.silent(Failed, e.Pos, "%s was not analysed: its analysis failed", e.Func)
	}
	r.u.mu.RLock()
	defer r.u.mu.RUnlock()
	out := make([]Silence, 0, len(r.u.silences))
	for s := range r.u.silences {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Silence) int { return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.Text, b.Text)) })
	return out
}
