package summary

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Fields of exported types, whose functions the package calls on goroutines of its own: a callback in a configuration, the task of a pool. The fact of the type
// tells importers, who start what they put there, as the package itself does (see runner).

// FieldsFact says of an exported struct type how its package calls the functions in its exported fields.
type FieldsFact struct {
	Fields []ConveyedField // in the order of the struct
}

// ConveyedField is a field whose functions are called on a goroutine, or on many at once.
type ConveyedField struct {
	Name string
	Many bool
}

// AFact marks FieldsFact as a fact.
func (*FieldsFact) AFact() {}

// MarshalBinary returns the fact as String does.
func (f *FieldsFact) MarshalBinary() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalBinary reads what String has written.
func (f *FieldsFact) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	for text := range strings.SplitSeq(string(data), ", ") {
		name, times, ok := strings.Cut(text, " by ")
		if !ok {
			return fmt.Errorf("%q says nothing of a field", text)
		}
		f.Fields = append(f.Fields, ConveyedField{name, times == "many"})
	}
	return nil
}

// String renders the fact, as "Do by many, Idle by one".
func (f *FieldsFact) String() string {
	texts := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		times := "one"
		if field.Many {
			times = "many"
		}
		texts[i] = field.Name + " by " + times
	}
	return strings.Join(texts, ", ")
}

// exportFields exports the facts about the types of the package.
func (u *unit) exportFields() {
	if len(u.runners) == 0 {
		return
	}
	scope := u.pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() || tn.IsAlias() {
			continue
		}
		if fact := u.fieldsOf(tn); len(fact.Fields) > 0 {
			u.pass.ExportObjectFact(tn, fact)
		}
	}
}

func (u *unit) fieldsOf(tn *types.TypeName) *FieldsFact {
	fact := &FieldsFact{}
	st, ok := tn.Type().Underlying().(*types.Struct)
	if !ok {
		return fact
	}
	for i := range st.NumFields() {
		r, ok := u.runners[variable{field: fieldSym(tn.Type(), i)}]
		if t := st.Field(i).Type(); !ok || !st.Field(i).Exported() || !holdsFuncs(t) && !isDress(t) {
			continue
		}
		fact.Fields = append(fact.Fields, ConveyedField{st.Field(i).Name(), r.many || r.handler})
	}
	return fact
}

// importFields takes over what other packages say of the fields into which the functions put something.
func (u *unit) importFields(funcs []*ssa.Function) {
	seen := map[*types.TypeName]bool{}
	for _, fn := range funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			addr, ok := instr.(*ssa.FieldAddr)
			if !ok || !holdsFuncs(deref(addr.Type())) && !mayBeDress(deref(addr.Type())) {
				return
			}
			if named, ok := types.Unalias(deref(addr.X.Type())).(*types.Named); ok && !seen[named.Obj()] {
				seen[named.Obj()] = true
				u.importFieldsOf(named.Origin())
			}
		})
	}
}

func (u *unit) importFieldsOf(named *types.Named) {
	tn := named.Obj()
	var fact FieldsFact
	if tn.Pkg() == nil || tn.Pkg() == u.pass.Pkg || Unread(tn.Pkg().Path()) || !u.pass.ImportObjectFact(tn, &fact) {
		return
	}
	st := named.Underlying().(*types.Struct)
	for i := range st.NumFields() {
		for _, field := range fact.Fields {
			if field.Name == st.Field(i).Name() {
				u.runners[variable{field: fieldSym(named, i)}] = runner{many: field.Many}
			}
		}
	}
}
