package models

import (
	"fmt"
	"go/types"
)

// Fit returns what is wrong with the row, seen beside the package that it is about: the function, type or field has to exist, and its arguments to be
// such as the effects want.
func (r *Row) Fit(pkg *types.Package) error {
	switch {
	case r.name == "*":
		return nil
	case r.pattern:
		if _, ok := pkg.Scope().Lookup(r.typ).(*types.TypeName); !ok {
			return fmt.Errorf("%s: there is no type %s", r.Name, r.typ)
		}
		return nil
	case r.effects[0].Kind == Called:
		return r.fitCalled(pkg)
	}
	fn := r.lookup(pkg)
	if fn == nil {
		return fmt.Errorf("%s does not exist", r.Name)
	}
	if !r.receives(fn) {
		return fmt.Errorf("%s is %s", r.Name, fn.FullName())
	}
	var args []types.Type
	if recv := fn.Signature().Recv(); recv != nil {
		args = append(args, recv.Type())
	}
	for v := range fn.Signature().Params().Variables() {
		args = append(args, v.Type())
	}
	for _, e := range r.effects {
		if e.HasArg() && e.Arg >= len(args) || e.Key >= len(args) {
			return fmt.Errorf("%s has %d arguments, counted from 0: %s", r.Name, len(args), fn.Signature())
		}
		if e.HasArg() && !e.fits(args[e.Arg]) {
			return fmt.Errorf("%s: argument %d, %s, is not what the effect is about", r.Name, e.Arg, args[e.Arg])
		}
	}
	return nil
}

// fits reports whether an argument of type t can be what e is about.
func (e *Effect) fits(t types.Type) bool {
	if _, ok := t.(*types.TypeParam); ok {
		return true
	}
	u := t.Underlying()
	if s, ok := u.(*types.Slice); ok {
		u = s.Elem().Underlying() // of a variadic function
	}
	_, isFunc := u.(*types.Signature)
	_, isMap := u.(*types.Map)
	switch e.Kind {
	case Spawn, Register, Call, Once, Cleanup, Wraps:
		return isFunc || types.IsInterface(u)
	case Access:
		return isMap || types.IsInterface(u)
	case Methods:
		return types.IsInterface(u)
	case Asserts, Answers:
		b, ok := u.(*types.Basic)
		return ok && b.Kind() == types.Bool
	}
	return true
}

func (r *Row) lookup(pkg *types.Package) *types.Func {
	name := r.typ
	if name == "" {
		name = r.name
	}
	obj := pkg.Scope().Lookup(name)
	if r.typ == "" || obj == nil {
		fn, _ := obj.(*types.Func)
		return fn
	}
	found, _, _ := types.LookupFieldOrMethod(obj.Type(), true, pkg, r.name)
	fn, _ := found.(*types.Func)
	return fn
}

func (r *Row) fitCalled(pkg *types.Package) error {
	name := r.typ
	if name == "" {
		name = r.name
	}
	obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
	if !ok {
		return fmt.Errorf("%s: there is no type %s", r.Name, name)
	}
	t := obj.Type()
	if r.typ != "" {
		if _, isStruct := t.Underlying().(*types.Struct); !isStruct && !types.IsInterface(t) {
			return fmt.Errorf("%s: %s is neither a struct nor an interface", r.Name, name)
		}
		member, _, _ := types.LookupFieldOrMethod(t, true, pkg, r.name)
		if member == nil {
			return fmt.Errorf("%s: %s has no field or method %s", r.Name, name, r.name)
		}
		t = member.Type()
	}
	if _, isFunc := t.Underlying().(*types.Signature); !isFunc && !types.IsInterface(t) {
		return fmt.Errorf("%s is neither a function type nor an interface", r.Name)
	}
	return nil
}
