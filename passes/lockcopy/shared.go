package lockcopy

import (
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/mapguard/mapguard/internal/flow"
	"github.com/mapguard/mapguard/internal/summary"
)

// shared finds maps that lie in two objects, each of which guards it with its own lock, where the map is written in place.
func (c *checker) shared() {
	makers := c.makers()
	for _, f := range c.res.Funcs {
		if f.SSA == nil || f.InTest {
			continue
		}
		keeps := c.keeps(f, makers)
		for i := range keeps {
			c.judge(&keeps[i], keeps[:i])
		}
	}
}

// judge decides for one map that is stored in k, after others were in the same function.
func (c *checker) judge(k *keep, before []keep) {
	if !published(k.obj.root) || copied(k.obj.root) || k.behind && !k.newLock() {
		return
	}
	if k.from != nil {
		c.taken(k, k.from)
		return
	}
	for _, val := range sources(k.val) {
		if from, ok := c.held(val); ok && c.taken(k, from) {
			return
		}
		for i := range before {
			b := &before[i]
			if slices.Contains(sources(b.val), val) && c.known().either(k, b) && b.obj.text() != k.obj.text() && published(b.obj.root) && !isNil(val) && !exclusive(b.at, k.at) {
				c.reportShared(k, "gets the map that a "+short(b.owner)+" already has", b)
				return
			}
		}
		if !c.known().written[k.field] {
			continue
		}
		if g := packageMap(val); g != nil && isObject(k.obj.root) && k.fn.Entry != summary.Setup && k.fn.Entry != summary.Main {
			c.reportShared(k, fmt.Sprintf("gets the map %s of the package, as every other one made here does", g.Name()), k)
			return
		}
		if c.repeated(k, val) {
			c.reportShared(k, "gets the same map as the one before", k)
			return
		}
	}
}

// taken reports k if it holds the map of another object that goes on using it.
func (c *checker) taken(k, from *keep) bool {
	if !c.known().either(k, from) || from.obj.text() == k.obj.text() || !published(from.obj.root) || c.handedOver(from, k) || c.adopted(from, k) {
		return false
	}
	c.reportShared(k, fmt.Sprintf("takes the map %s from %s", short(from.field), c.objectName(from)), from)
	return true
}

// handedOver reports whether the function that moves the map from one object to another then gives the first one a new map. What it had been
// given before, such as a map made on first use, is the map that moves.
func (c *checker) handedOver(from, k *keep) bool {
	load := from.val.(*ssa.UnOp)
	at := placeOf(load.X).text()
	for _, b := range k.at.Parent().Blocks {
		for _, instr := range b.Instrs {
			if st, ok := instr.(*ssa.Store); ok && st != k.at && follows(st, load) && placeOf(st.Addr).text() == at {
				return true
			}
		}
	}
	return false
}

// adopted reports whether an object that exists takes the map of an argument that its callers make for this and then drop, as far as they are seen:
// c.adopt(load()). What only other packages pass is taken to be such.
func (c *checker) adopted(from, k *keep) bool {
	param, ok := from.obj.root.(*ssa.Parameter)
	if _, exists := k.obj.root.(*ssa.Parameter); !ok || !exists {
		return false
	}
	fn := param.Parent()
	i := slices.Index(fn.Params, param)
	if fn.Signature.Recv() != nil && i == 0 {
		return false
	}
	for _, f := range c.res.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok || target(call) != fn {
					continue
				}
				arg := placeOf(call.Call.Args[i])
				if _, passed := arg.root.(*ssa.Parameter); (len(arg.sel) > 0 || !passed) && published(arg.root) {
					return false
				}
			}
		}
	}
	return true
}

// repeated reports whether k stores val, made once, in each object that a loop makes.
func (c *checker) repeated(k *keep, val ssa.Value) bool {
	obj, ok := k.obj.root.(ssa.Instruction)
	if !ok || isNil(val) {
		return false
	}
	if _, isCall := k.obj.root.(*ssa.Call); !isCall && !isObject(k.obj.root) {
		return false
	}
	loop := obj.Block()
	if !flow.Reaches(loop, loop) {
		return false
	}
	switch val := val.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true
	case *ssa.MakeMap:
		return !flow.Reaches(loop, val.Block())
	}
	return false
}

// packageMap returns the package variable that val was loaded from.
func packageMap(val ssa.Value) *ssa.Global {
	load, ok := val.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	g, _ := load.X.(*ssa.Global)
	return g
}
