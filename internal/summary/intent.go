package summary

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
	"github.com/mapguard/mapguard/internal/intent"
	"github.com/mapguard/mapguard/internal/models"
)

// Said is the lock that a comment names for a map.
type Said struct {
	Lock  domain.Sym // its location
	Owner domain.Sym // the type that declares it; 0 for a package variable
	Pos   token.Pos  // of the comment
}

// NoLock is a comment that names a lock which does not exist.
type NoLock struct {
	Pos  token.Pos // of what the comment is about
	Says string
}

// intents is what the comments of the package say.
type intents struct {
	u       *unit
	guards  map[string]Said // by the text of the location
	wants   map[*types.Func]domain.Lockset
	missing []NoLock
	loose   map[string]bool       // the locations of locks, and of what they guard, of which a comment says that it may be read bare
	serial  map[types.Object]bool // functions and types that are not to be called by two goroutines at once, as they say
	// receivers holds the types whose methods call their receiver so: comments speak of cc.mu, where cc is a ClientConn.
	receivers map[string][]types.Type
	locks     map[string]bool // the names of all locks that the package declares
	named     bool            // these two are filled
}

// readIntents reads the comments of the package.
func (u *unit) readIntents() *intents {
	in := &intents{u: u, guards: map[string]Said{}, wants: map[*types.Func]domain.Lockset{}, loose: map[string]bool{}, serial: map[types.Object]bool{}, receivers: map[string][]types.Type{}, locks: map[string]bool{}}
	for _, file := range u.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				in.function(n)
				return false
			case *ast.TypeSpec:
				in.isSerial(n.Name, n.Doc)
				if st, ok := n.Type.(*ast.StructType); ok {
					in.structType(n, st)
				}
			case *ast.GenDecl:
				if n.Tok == token.VAR {
					in.variables(n)
				}
				if n.Tok == token.TYPE && !n.Lparen.IsValid() {
					in.isSerial(n.Specs[0].(*ast.TypeSpec).Name, n.Doc)
				}
			}
			return true
		})
	}
	return in
}

// names collects what comments may call things.
func (in *intents) names() {
	if in.named {
		return
	}
	in.named = true
	for _, obj := range in.u.pass.TypesInfo.Defs {
		switch obj := obj.(type) {
		case *types.Var:
			if (obj.IsField() || obj.Parent() == in.u.pass.Pkg.Scope()) && models.IsLock(obj.Type()) {
				in.locks[obj.Name()] = true
			}
		case *types.Func:
			if recv := obj.Signature().Recv(); recv != nil {
				in.receivers[recv.Name()] = append(in.receivers[recv.Name()], deref(recv.Type()))
			}
		}
	}
}

// called returns the types whose methods call their receiver name, and whether owner is one of them.
func (in *intents) called(name string, owner types.Type) (all []types.Type, self bool) {
	in.names()
	all = in.receivers[name]
	return all, owner != nil && slices.ContainsFunc(all, func(t types.Type) bool { return types.Identical(t, owner) })
}

func (in *intents) declaresLock(name string) bool {
	in.names()
	return in.locks[name]
}

// member is a field or package variable with its comments.
type member struct {
	obj   *types.Var
	texts []*ast.CommentGroup
	line  int // of its first line, comments included
	end   int
}

func (in *intents) member(id *ast.Ident, node ast.Node, texts ...*ast.CommentGroup) (member, bool) {
	obj, ok := in.u.pass.TypesInfo.Defs[id].(*types.Var)
	if !ok {
		return member{}, false
	}
	m := member{obj: obj, line: in.u.pass.Fset.Position(node.Pos()).Line, end: in.u.pass.Fset.Position(node.End()).Line}
	for _, t := range texts {
		if t != nil {
			m.texts = append(m.texts, t)
			m.line = min(m.line, in.u.pass.Fset.Position(t.Pos()).Line)
		}
	}
	return m, true
}

func (in *intents) structType(spec *ast.TypeSpec, st *ast.StructType) {
	obj := in.u.pass.TypesInfo.Defs[spec.Name]
	if obj == nil {
		return
	}
	var members []member
	for _, field := range st.Fields.List {
		names := field.Names
		if len(names) == 0 {
			names = []*ast.Ident{embeddedName(field.Type)}
		}
		for _, id := range names {
			if id == nil {
				continue
			}
			if m, ok := in.member(id, field, field.Doc, field.Comment); ok {
				members = append(members, m)
			}
		}
	}
	in.members(members, obj.Type())
}

func embeddedName(t ast.Expr) *ast.Ident {
	switch t := t.(type) {
	case *ast.Ident:
		return t
	case *ast.StarExpr:
		return embeddedName(t.X)
	case *ast.SelectorExpr:
		return t.Sel
	case *ast.IndexExpr:
		return embeddedName(t.X)
	}
	return nil
}

func (in *intents) variables(decl *ast.GenDecl) {
	var members []member
	for _, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		doc := spec.Doc
		if !decl.Lparen.IsValid() {
			doc = decl.Doc
		}
		for _, id := range spec.Names {
			if m, ok := in.member(id, spec, doc, spec.Comment); ok && m.obj.Parent() == in.u.pass.Pkg.Scope() {
				members = append(members, m)
			}
		}
	}
	in.members(members, nil)
}

// members reads the comments of fields of a type, or of the variables of one declaration.
func (in *intents) members(members []member, owner types.Type) {
	for i, m := range members {
		for _, c := range m.texts {
			if intent.Loose(c.Text()) {
				in.loose[in.found(owner, m.obj).loc.String()] = true
			}
			if models.IsLock(m.obj.Type()) {
				if p, ok := intent.OfLock(c.Text()); ok {
					in.protects(members, i, owner, p, c.Pos())
				}
				continue
			}
			g, ok := intent.OfField(c.Text())
			if !ok {
				continue
			}
			lock := in.find(g.Lock, owner)
			if lock.missing && g.Exact && IsMap(m.obj.Type()) {
				in.missing = append(in.missing, NoLock{m.obj.Pos(), in.say(owner, m.obj) + " is guarded by " + g.Lock})
			}
			in.guard(owner, m.obj, lock, c.Pos())
			if g.Following {
				for _, next := range paragraph(members, i, false) {
					in.guard(owner, next.obj, lock, c.Pos())
				}
			}
		}
	}
}

// protects applies the comment of the lock that is member i.
func (in *intents) protects(members []member, i int, owner types.Type, p intent.Protects, pos token.Pos) {
	lock := in.found(owner, members[i].obj)
	targets := paragraph(members, i, p.All)
	if !p.Following {
		targets = nil
		for _, name := range p.Names {
			n := len(targets)
			for _, m := range members {
				if m.obj.Name() == name {
					targets = append(targets, m)
				}
			}
			if len(targets) == n {
				return // something else is meant
			}
		}
	}
	for _, m := range targets {
		in.guard(owner, m.obj, lock, pos)
	}
}

// paragraph returns the members behind i up to the next lock or, unless all are meant, to the next blank line. One right behind i doesn't count.
func paragraph(members []member, i int, all bool) []member {
	var out []member
	for j := i + 1; j < len(members); j++ {
		if models.IsLock(members[j].obj.Type()) || !all && j > i+1 && members[j].line > members[j-1].end+1 {
			break
		}
		out = append(out, members[j])
	}
	return out
}

func (in *intents) guard(owner types.Type, v *types.Var, lock namedLock, pos token.Pos) {
	if lock.loc == 0 || models.IsLock(v.Type()) {
		return
	}
	in.guards[in.found(owner, v).loc.String()] = Said{lock.loc, lock.owner, pos}
}

// say names a field or variable as people do.
func (in *intents) say(owner types.Type, v *types.Var) string {
	if named, ok := owner.(*types.Named); ok {
		return named.Obj().Name() + "." + v.Name()
	}
	return v.Name()
}

// function reads the comment of a function.
func (in *intents) function(decl *ast.FuncDecl) {
	fn, ok := in.u.pass.TypesInfo.Defs[decl.Name].(*types.Func)
	if !ok {
		return
	}
	in.isSerial(decl.Name, decl.Doc)
	var held intent.Held
	ok = false
	if decl.Doc != nil {
		held, ok = intent.OfFunc(decl.Doc.Text())
	}
	if !ok {
		if !intent.HeldByName(decl.Name.Name) {
			return
		}
		held = intent.Held{}
	}
	if held.Within != "" && !callsBack(fn, held.Within) {
		return
	}
	lock, missing := in.callers(fn, held)
	if missing {
		in.missing = append(in.missing, NoLock{decl.Name.Pos(), "callers of " + in.u.targetName(target{obj: fn}).String() + " hold " + held.Lock})
	}
	in.wants[fn] = domain.Lockset{lock}
}

// callsBack reports whether the type of which fn is a method has one of this name that gets a function.
func callsBack(fn *types.Func, name string) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return false
	}
	other := methodNamed(recv.Type(), fn.Pkg(), name)
	if other == nil {
		return false
	}
	for v := range other.Signature().Params().Variables() {
		if _, ok := v.Type().Underlying().(*types.Signature); ok {
			return true
		}
	}
	return false
}

// callers returns the lock that the callers of fn hold. One that can't be told is any.
func (in *intents) callers(fn *types.Func, held intent.Held) (lock domain.Lock, missing bool) {
	mode := domain.WriteMode
	if held.Read {
		mode = domain.ReadMode
	}
	recv := fn.Signature().Recv()
	var owner types.Type
	name := held.Lock
	if recv != nil {
		owner = deref(recv.Type())
		name = strings.TrimPrefix(name, recv.Name()+".")
		if name == "" {
			name = onlyLock(owner)
		}
	}
	if name == "" || held.Maybe || held.Within != "" {
		return domain.Wild, false
	}
	found := in.find(name, owner)
	switch {
	case found.missing:
		return domain.Wild, held.Exact && in.parameter(fn, name) == nil
	case found.path != nil:
		p := domain.Of(domain.Root{Kind: domain.Param, Type: typeSym(recv.Type())})
		for _, s := range found.path {
			p = p.Append(s)
		}
		return domain.Lock{Path: p, Mode: mode}, false
	case found.loc != 0 && found.owner == 0:
		return domain.Lock{Path: domain.Of(domain.Root{Kind: domain.Global, Name: found.loc}), Mode: mode}, false
	}
	return domain.Wild, false
}

func (in *intents) parameter(fn *types.Func, name string) *types.Var {
	head, _, _ := strings.Cut(name, ".")
	for v := range fn.Signature().Params().Variables() {
		if v.Name() == head {
			return v
		}
	}
	return nil
}

// onlyLock returns the name of the only lock among the fields of t, empty if there are several.
func onlyLock(t types.Type) string {
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	name := ""
	for field := range st.Fields() {
		if _, _, ok := strings.Cut(field.Name(), "noCopy"); ok || !models.IsLock(field.Type()) {
			continue
		}
		if name != "" {
			return ""
		}
		name = field.Name()
	}
	return name
}

// Said returns the lock that a comment names for the map at loc, or for the map that holds it.
func (r *Result) Said(loc domain.Sym) (Said, bool) {
	if r.intents == nil {
		return Said{}, false
	}
	s, ok := r.intents.guards[strings.TrimRight(loc.String(), domain.Elem.String())]
	return s, ok
}

// Loose reports whether a comment says of the lock, or of the map at loc, that it may be read bare.
func (r *Result) Loose(loc, lock domain.Sym) bool {
	return r.intents != nil && (r.intents.loose[lock.String()] || r.intents.loose[strings.TrimRight(loc.String(), domain.Elem.String())])
}

// NoLocks returns the comments that name locks which do not exist.
func (r *Result) NoLocks() []NoLock {
	if r.intents == nil {
		return nil
	}
	return r.intents.missing
}
