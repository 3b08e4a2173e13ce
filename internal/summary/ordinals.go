package summary

import "golang.org/x/tools/go/ssa"

// ordinals number the values of a function in source order, the same in every run. A large block has its numbers in a map: the initialisation of a table is one
// block of a hundred thousand instructions, which must not be counted through for each of them.
type ordinals struct {
	starts []int // how many there are before each block
	large  map[*ssa.BasicBlock]map[ssa.Instruction]int
}

// largeBlock is how many instructions a block may have to be counted through.
const largeBlock = 64

// of returns the number of v, 0 if it is no instruction of fn.
func (o *ordinals) of(fn *ssa.Function, v ssa.Value) int {
	if o.starts == nil {
		n := 0
		for _, b := range fn.Blocks {
			o.starts = append(o.starts, n)
			n += values(b, func(ssa.Instruction, int) bool { return true })
		}
	}
	instr, ok := v.(ssa.Instruction)
	if !ok || instr.Block() == nil || instr.Parent() != fn {
		return 0
	}
	b := instr.Block()
	if len(b.Instrs) <= largeBlock {
		return o.starts[b.Index] + values(b, func(i ssa.Instruction, _ int) bool { return i != instr })
	}
	return o.starts[b.Index] + o.numbers(b)[instr]
}

func (o *ordinals) numbers(b *ssa.BasicBlock) map[ssa.Instruction]int {
	out, ok := o.large[b]
	if !ok {
		out = make(map[ssa.Instruction]int, len(b.Instrs))
		values(b, func(i ssa.Instruction, n int) bool { out[i] = n; return true })
		if o.large == nil {
			o.large = map[*ssa.BasicBlock]map[ssa.Instruction]int{}
		}
		o.large[b] = out
	}
	return out
}

// values calls each with the instructions of b and how many values come before them, until it returns false, and returns how many there were.
func values(b *ssa.BasicBlock, each func(instr ssa.Instruction, before int) bool) (n int) {
	for _, instr := range b.Instrs {
		if !each(instr, n) {
			break
		}
		if _, ok := instr.(ssa.Value); ok {
			n++
		}
	}
	return n
}
