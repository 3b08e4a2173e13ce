package lockbalance

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// liveness says what may still be asked, where. Paths are told apart by what they have found out, which nobody asks any more after a while: in a long function such
// answers make 64 worlds of one.
//
// It is the liveness of variables, for names. Which values a phi gets its answers from is known by its edges, and whether it has to answer by those behind it.
type liveness struct {
	index  map[string]int // of the names that somebody asks
	asked  [][]int        // by block
	atEnd  []int          // what deferred calls ask
	in     []nameSet      // by block: what is asked there of what was known behind its phis, or further on
	made   []nameSet      // by block: the names of the values that are computed there, phis aside
	phis   []nameSet      // by block: the names of its phis
	handed [][]handing    // by block
}

// handing says where a phi gets its answers from.
type handing struct {
	name int
	from []int // by edge, -1 if it is a constant
}

// nameSet is a set of indices.
type nameSet []uint64

func (s nameSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

// add adds i, and reports whether it was missing.
func (s nameSet) add(i int) bool {
	if s.has(i) {
		return false
	}
	s[i/64] |= 1 << (i % 64)
	return true
}

func newLiveness(fn *ssa.Function) *liveness {
	n := len(fn.Blocks)
	return &liveness{index: map[string]int{}, asked: make([][]int, n), in: make([]nameSet, n), made: make([]nameSet, n), phis: make([]nameSet, n), handed: make([][]handing, n)}
}

// asks notes that name is asked in b.
func (l *liveness) asks(b *ssa.BasicBlock, name string) {
	l.asked[b.Index] = append(l.asked[b.Index], l.of(name))
}

func (l *liveness) of(name string) int {
	i, ok := l.index[name]
	if !ok {
		i = len(l.index)
		l.index[name] = i
	}
	return i
}

// find returns the index of a name, -1 if nobody asks it.
func (l *liveness) find(name string) int {
	if l != nil {
		if i, ok := l.index[name]; ok {
			return i
		}
	}
	return -1
}

// hands notes that what is known of a phi is what is known of the value that comes over an edge.
func (l *liveness) hands(phi *ssa.Phi, names *namer) {
	h := handing{name: l.of(names.of(phi))}
	for _, v := range phi.Edges {
		from := -1
		if _, isConst := v.(*ssa.Const); !isConst {
			from = l.of(names.of(v))
		}
		h.from = append(h.from, from)
	}
	b := phi.Block()
	l.handed[b.Index] = append(l.handed[b.Index], h)
}

// solve spreads what is asked to where it is found out, until nothing is new.
func (l *liveness) solve(fn *ssa.Function, names *namer) {
	words := (len(l.index) + 63) / 64
	room := make(nameSet, 3*words*len(fn.Blocks))
	set := func() (s nameSet) {
		s, room = room[:words:words], room[words:]
		return s
	}
	var work []*ssa.BasicBlock
	for i, b := range fn.Blocks {
		l.in[i], l.made[i], l.phis[i] = set(), set(), set()
		l.makes(b, names)
		if runsDefers(b) {
			l.asked[i] = append(l.asked[i], l.atEnd...)
		}
		for _, name := range l.asked[i] {
			l.add(b, name)
		}
		work = append(work, b)
	}
	waiting := slices.Repeat([]bool{true}, len(fn.Blocks))
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		waiting[b.Index] = false
		for edge, pred := range b.Preds {
			if l.before(pred, b, edge) && !waiting[pred.Index] {
				waiting[pred.Index] = true
				work = append(work, pred)
			}
		}
	}
}

// runsDefers reports whether deferred calls are run in b.
func runsDefers(b *ssa.BasicBlock) bool {
	return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
		switch instr.(type) {
		case *ssa.RunDefers, *ssa.Panic:
			return true
		}
		return false
	})
}

// makes notes the names of what is computed in b: what was known of them before is of an earlier turn.
func (l *liveness) makes(b *ssa.BasicBlock, names *namer) {
	for _, instr := range b.Instrs {
		v, ok := instr.(ssa.Value)
		if !ok {
			continue
		}
		i := l.find(names.itself(v))
		_, isPhi := v.(*ssa.Phi)
		switch {
		case i < 0:
		case isPhi:
			l.phis[b.Index].add(i)
		default:
			l.made[b.Index].add(i)
		}
	}
}

// add notes that what is known of a name behind the phis of b is asked, and reports whether that is new.
func (l *liveness) add(b *ssa.BasicBlock, name int) bool {
	return !l.made[b.Index].has(name) && l.in[b.Index].add(name)
}

// before adds to what is asked in pred, or further on, what is asked in b and comes over the edge. It reports whether there was any.
func (l *liveness) before(pred, b *ssa.BasicBlock, edge int) (grown bool) {
	in, out, phis, made := l.in[b.Index], l.in[pred.Index], l.phis[b.Index], l.made[pred.Index]
	for _, h := range l.handed[b.Index] {
		if from := h.from[edge]; from >= 0 && in.has(h.name) && l.add(pred, from) {
			grown = true
		}
	}
	for i, word := range in {
		if word &^= phis[i] | made[i] | out[i]; word != 0 {
			out[i] |= word
			grown = true
		}
	}
	return grown
}

// has reports whether a name may be asked in b, behind its phis, or further on.
func (l *liveness) has(b *ssa.BasicBlock, name string) bool {
	i := l.find(name)
	return i >= 0 && l.in[b.Index].has(i)
}

// asksOf is has for a fact, which callers may ask, too.
func (l *liveness) asksOf(b *ssa.BasicBlock, f *known) bool {
	return f.outer || f.index >= 0 && l.in[b.Index].has(f.index)
}
