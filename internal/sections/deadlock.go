package sections

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"math/bits"
	"slices"

	"github.com/mapguard/mapguard/internal/domain"
)

// effects is what a piece of source may do on the way to whoever waits for it. All of it is may: a function that is mentioned is taken to be called.
type effects struct {
	mentions []*types.Func // functions of this package
	unknown  string        // a function value that it calls
	waits    bool          // for another goroutine
}

// Blocked returns why the section must not be widened, empty if it may.
func (p *Package) Blocked(fn *Func, sec *Section, l *domain.Lock, name string) string {
	at := p.inside(sec)
	if at.waits {
		return "the section waits for other goroutines"
	}
	if at.unknown != "" {
		return fmt.Sprintf("the section calls %s, which may take the lock", at.unknown)
	}
	for _, called := range p.reach(at.mentions) {
		does := p.effects(called)
		switch {
		case called.Acquires(l):
			return fmt.Sprintf("the section calls %s, which takes %s, too", p.Name(called), name)
		case does.waits:
			return fmt.Sprintf("the section calls %s, which waits for other goroutines", p.Name(called))
		case does.unknown != "":
			return fmt.Sprintf("the section calls %s, which calls %s, which may take the lock", p.Name(called), does.unknown)
		}
	}
	return p.Entered(fn, l, name)
}

// Entered returns why the lock may be held already when fn is called, empty if it is not.
func (p *Package) Entered(fn *Func, l *domain.Lock, name string) string {
	fn = p.Declared(fn)
	of := p.of(Key(l))
	if len(of.open) == 0 && !p.leadTo(of, fn) {
		return ""
	}
	for _, h := range of.all {
		if h.sec.Open && !tries(h.sec) && h.fn != fn {
			return fmt.Sprintf("%s returns with %s held", p.Name(h.fn), name)
		}
		if _, calls := p.does(h); calls.has(fn) {
			return fmt.Sprintf("%s calls it with %s held", p.Name(h.fn), name)
		}
	}
	return ""
}

// Declared returns the declared function that fn stands in: a literal runs where it is handed to, which is taken to be there.
func (p *Package) Declared(fn *Func) *Func {
	if fn.Obj != nil {
		return fn
	}
	for i := p.byPosition(fn.Node.Pos()); i >= 0; i-- {
		if outer := p.byPos[i]; outer.Obj != nil {
			if fn.Node.End() <= outer.Node.End() {
				return outer
			}
			break // nothing before a declaration goes on behind it
		}
	}
	return fn
}

// tries reports whether a section begins with an attempt: the way on which that fails leaves nothing held.
func tries(sec *Section) bool {
	return slices.ContainsFunc(sec.Acquires, func(op *Call) bool { return op.Name.Name == "TryLock" || op.Name.Name == "TryRLock" })
}

// reach returns the functions of this package that some of those mentioned may lead to, and themselves.
func (p *Package) reach(from []*types.Func) []*Func { return p.follow(nil, p.newSet(), from) }

// follow is reach, which adds what is not in seen yet to out, and to seen.
func (p *Package) follow(out []*Func, seen funcSet, from []*types.Func) []*Func {
	add := func(mentioned []*types.Func) {
		for _, obj := range mentioned {
			if fn := p.decls[obj]; fn != nil && seen.add(fn) {
				out = append(out, fn)
			}
		}
	}
	add(from)
	for i := 0; i < len(out); i++ {
		add(p.effects(out[i]).mentions)
	}
	return out
}

// funcSet is a set of the functions of a package, a bit for each: a large one has thousands of sections, each of which leads to most functions.
type funcSet []uint64

func (p *Package) newSet() funcSet { return make(funcSet, len(p.Funcs)/64+1) }

// add adds fn, and reports whether it is new.
func (s funcSet) add(fn *Func) bool {
	old := s.has(fn)
	s[fn.index/64] |= 1 << (fn.index % 64)
	return !old
}

func (s funcSet) addAll(o funcSet) {
	for i := range o {
		s[i] |= o[i]
	}
}

func (s funcSet) has(fn *Func) bool { return s[fn.index/64]&(1<<(fn.index%64)) != 0 }

// in returns the functions of a set, in the order of the package.
func (p *Package) in(s funcSet) iter.Seq[*Func] {
	return func(yield func(*Func) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(p.Funcs[i*64+bits.TrailingZeros64(word)]) {
					return
				}
			}
		}
	}
}

// inside returns what happens in a section.
func (p *Package) inside(sec *Section) (e effects) {
	for _, n := range sec.Nodes {
		p.effectsOf(n, &e)
	}
	e.waits = e.waits || slices.ContainsFunc(sec.Ranges, p.isChan)
	return e
}

func (p *Package) isChan(x ast.Expr) bool {
	_, ok := p.Pass.TypesInfo.TypeOf(x).Underlying().(*types.Chan)
	return ok
}

func (p *Package) effects(fn *Func) effects {
	if e, ok := p.runs[fn]; ok {
		return e // as nearly always: each section leads to thousands of functions
	}
	var e effects
	p.effectsOf(fn.Body, &e)
	p.runs[fn] = e
	return e
}

func (p *Package) effectsOf(n ast.Node, e *effects) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if fn, ok := p.Pass.TypesInfo.Uses[n].(*types.Func); ok {
				p.mention(fn.Origin(), e)
			}
		case *ast.CallExpr:
			p.dynamic(n, e)
		case *ast.GoStmt:
			for _, arg := range n.Call.Args {
				p.effectsOf(arg, e)
			}
			return false // it runs beside the section, not in it
		case *ast.SendStmt, *ast.SelectStmt:
			e.waits = true
		case *ast.UnaryExpr:
			e.waits = e.waits || n.Op == token.ARROW
		case *ast.RangeStmt:
			e.waits = e.waits || p.isChan(n.X)
		}
		return true
	})
}

// mention notes a function: itself, or what an interface method of this package's types may be.
func (p *Package) mention(fn *types.Func, e *effects) {
	if fn.Name() == "Wait" && fn.Signature().Recv() != nil && p.decls[fn] == nil {
		e.waits = true
	}
	add := func(fn *types.Func) {
		if !slices.Contains(e.mentions, fn) {
			e.mentions = append(e.mentions, fn)
		}
	}
	if recv := fn.Signature().Recv(); recv != nil && types.IsInterface(recv.Type()) {
		for _, m := range p.named[fn.Name()] {
			add(m)
		}
	} else if p.decls[fn] != nil {
		add(fn)
	}
}

// dynamic notes the call of a function value that is not a literal of this function.
func (p *Package) dynamic(call *ast.CallExpr, e *effects) {
	if tv := p.Pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return
	}
	var obj types.Object
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.FuncLit:
		return // its body is looked at where it stands
	case *ast.Ident:
		obj = p.Pass.TypesInfo.Uses[fun]
	case *ast.SelectorExpr:
		obj = p.Pass.TypesInfo.Uses[fun.Sel]
	case *ast.IndexExpr, *ast.IndexListExpr:
		if id := genericName(fun); id != nil {
			obj = p.Pass.TypesInfo.Uses[id]
		}
	}
	if _, ok := obj.(*types.Func); !ok {
		e.unknown = types.ExprString(call.Fun)
	}
}

// genericName returns the name of the function in an instantiation.
func genericName(e ast.Expr) *ast.Ident {
	switch x := e.(type) {
	case *ast.IndexExpr:
		e = x.X
	case *ast.IndexListExpr:
		e = x.X
	}
	switch x := e.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

// Name returns the name that people know fn by.
func (p *Package) Name(fn *Func) string {
	if fn.Obj == nil {
		return "a function literal"
	}
	if recv := fn.Obj.Signature().Recv(); recv != nil {
		t := recv.Type()
		if p, ok := t.(*types.Pointer); ok {
			t = p.Elem()
		}
		if n, ok := types.Unalias(t).(*types.Named); ok {
			return n.Obj().Name() + "." + fn.Obj.Name()
		}
	}
	return fn.Obj.Name()
}
