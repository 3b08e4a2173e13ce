package summary

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// Helpers that get a channel or a sync.Cond as an argument lock by that of their callers: the parameter is another name of the variable. Several that are
// passed to one helper are one in this, so a channel that is no lock makes none of them one.

// findPassed finds what the parameters of functions that only this package calls are other names of.
func (u *unit) findPassed(funcs []*ssa.Function) {
	for _, fn := range funcs {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if call, ok := instr.(ssa.CallInstruction); ok {
					u.notePassed(call.Common())
				}
			}
		}
	}
}

func (u *unit) notePassed(c *ssa.CallCommon) {
	if c.IsInvoke() {
		return
	}
	callee := u.calledFunc(c.Value)
	if callee == nil || callee.Pkg != u.pkg || callee.Parent() == nil && u.isExportedEntry(callee) && u.pkg.Pkg.Name() != "main" || len(callee.Params) != len(c.Args) {
		return
	}
	for i, p := range callee.Params {
		if !passesLock(p.Type()) {
			continue
		}
		if v, ok := u.variableOf(c.Args[i]); ok {
			u.unite(u.canon(variable{value: p}), v)
		}
	}
}

// unite makes two variables one. What is no parameter stands for both.
func (u *unit) unite(v, w variable) {
	if _, param := v.value.(*ssa.Parameter); !param {
		v, w = w, v
	}
	if v != w {
		u.passed[v] = w
	}
}

// passesLock reports whether a value of type t may be a lock only by what its variable is.
func passesLock(t types.Type) bool {
	if _, ok := t.Underlying().(*types.Chan); ok {
		return true
	}
	p, ok := t.Underlying().(*types.Pointer)
	return ok && typeSym(p).String() == "sync.Cond"
}

// canon returns the variable that v is another name of, or v.
func (u *unit) canon(v variable) variable {
	for {
		w, ok := u.passed[v]
		if !ok {
			return v
		}
		v = w
	}
}

// calledFunc returns the function that v is, or that the captured variable v only ever holds.
func (u *unit) calledFunc(v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return u.target(v)
	case *ssa.MakeClosure:
		return v.Fn.(*ssa.Function)
	case *ssa.UnOp:
		if got := u.capturedFunc(u.outermost(v.X)); got != nil {
			return got.fn
		}
	}
	return nil
}
