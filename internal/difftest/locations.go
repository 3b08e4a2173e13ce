package difftest

// scope says where the variable lives that leads to the map, and so how a function gets at it.
type scope int

const (
	method   scope = iota // a field, reached through the receiver
	global                // a package variable
	localVar              // a local variable of main, captured
	argument              // a local variable of main, passed
)

// location is where the map lives: a container and what stands in it.
type location struct {
	container
	form
}

func (l location) String() string { return l.container.name + "/" + l.form.name }

type container struct {
	name   string
	scope  scope
	fields bool // a struct holds the variable, and the lock beside it
}

var containers = []container{
	{"field", method, true}, {"field", method, true}, {"field", method, true},
	{"package var", global, false},
	{"package struct", global, true},
	{"captured", localVar, false},
	{"captured struct", localVar, true},
	{"argument", argument, false},
}

// form is the way from the variable to the map. In the texts $e is the variable as the code at hand names it, $f a field, $I and $N types, $a a local.
type form struct {
	name    string
	declare string // the variable's type
	types   string
	init    string
	load    string // comes before an access
	expr    string // the map
	typ     string // its type, if it can be named by itself
	methods bool   // the map is touched by methods of expr
	field   bool   // makes sense in a struct with methods only
}

const plainMap = "map[string]int"

const innerStruct = "type $I struct { $f map[string]int }\n"

const namedMethods = `
func (t $N) set(k string, v int) { t[k] = v }
func (t $N) get(k string) int { return t[k] }
func (t $N) drop(k string) { delete(t, k) }
func (t $N) size() int { return len(t) }
func (t $N) sum() (n int) {
	for _, v := range t { n += v }
	return n
}
`

const genericMethods = `type $I[K comparable, V any] struct { $f map[K]V }
func (t *$I[K, V]) set(k K, v V) { t.$f[k] = v }
func (t *$I[K, V]) get(k K) V { return t.$f[k] }
func (t *$I[K, V]) drop(k K) { delete(t.$f, k) }
func (t *$I[K, V]) size() int { return len(t.$f) }
func (t *$I[K, V]) sum() (n int) {
	for range t.$f { n++ }
	return n
}
`

var forms = []form{
	{name: "plain", declare: plainMap, init: "$e = map[string]int{}", expr: "$e", typ: plainMap},
	{name: "plain", declare: plainMap, init: "$e = make(map[string]int)", expr: "$e", typ: plainMap},
	{name: "alias", declare: plainMap, init: "$e = map[string]int{}", load: "$a := $e", expr: "$a", typ: plainMap},
	{name: "nested", declare: "$I", types: innerStruct, init: "$e.$f = map[string]int{}", expr: "$e.$f", typ: plainMap},
	{name: "nested pointer", declare: "*$I", types: innerStruct, init: "$e = &$I{$f: map[string]int{}}", expr: "$e.$f", typ: plainMap},
	{name: "inner map", declare: "map[string]map[string]int", init: `$e = map[string]map[string]int{"x": {}}`, expr: `$e["x"]`, typ: plainMap},
	{name: "struct in a map", declare: "map[string]*$I", types: innerStruct, init: `$e = map[string]*$I{"x": {$f: map[string]int{}}}`, expr: `$e["x"].$f`, typ: plainMap},
	{name: "slice element", declare: "[]map[string]int", init: "$e = []map[string]int{{}}", expr: "$e[0]", typ: plainMap},
	{name: "array element", declare: "[2]map[string]int", init: "$e[1] = map[string]int{}", expr: "$e[1]", typ: plainMap},
	{name: "pointer to a map", declare: "*map[string]int", init: "$e = &map[string]int{}", expr: "(*$e)", typ: plainMap},
	{name: "named type", declare: "$N", types: "type $N map[string]int\n", init: "$e = $N{}", expr: "$e", typ: "$N"},
	{name: "methods of a named type", declare: "$N", types: "type $N map[string]int\n" + namedMethods, init: "$e = $N{}", expr: "$e", typ: "$N", methods: true},
	{name: "generic field", declare: "$I[string, int]", types: "type $I[K comparable, V any] struct { $f map[K]V }\n", init: "$e.$f = map[string]int{}", expr: "$e.$f", typ: plainMap},
	{name: "generic methods", declare: "*$I[string, int]", types: genericMethods, init: "$e = &$I[string, int]{$f: map[string]int{}}", expr: "$e", methods: true},
	{name: "embedded", declare: "$I", types: innerStruct, init: "$s.$f = map[string]int{}", expr: "$s.$f", typ: plainMap, field: true},
	{name: "embedded pointer", declare: "*$I", types: innerStruct, init: "$s.$I = &$I{$f: map[string]int{}}", expr: "$s.$f", typ: plainMap, field: true},
	{name: "getter", declare: plainMap, init: "$e = map[string]int{}", expr: "$s.$g()", typ: plainMap, field: true},
}

func (f form) embedded() bool { return f.name == "embedded" || f.name == "embedded pointer" }

var locations = func() (out []location) {
	for _, c := range containers {
		for _, f := range forms {
			if !f.field || c.scope == method {
				out = append(out, location{c, f})
			}
		}
	}
	return out
}()

// op is one operation on the map. In its text $x is the map, $k a key.
type op struct {
	write bool
	text  string
	call  string // the same by a method of a named or generic type
}

var (
	reads = []op{
		{text: "_ = $x[$k]", call: "_ = $x.get($k)"},
		{text: "if _, ok := $x[$k]; ok { runtime.Gosched() }", call: "if $x.get($k) > 3 { runtime.Gosched() }"},
		{text: "for range $x { runtime.Gosched() }", call: "_ = $x.sum()"},
		{text: "_ = len($x)", call: "_ = $x.size()"},
		{text: "for range maps.Keys($x) { runtime.Gosched() }", call: "_ = $x.sum()"}, // the detector doesn't see maps.Clone
	}
	writes = []op{
		{true, "$x[$k] = 1", "$x.set($k, 1)"},
		{true, "$x[$k]++", "$x.set($k, $x.get($k)+1)"},
		{true, "delete($x, $k)", "$x.drop($k)"},
		{true, "clear($x)", "$x.drop($k)"},
		{true, "maps.Copy($x, map[string]int{$k: 2})", "$x.set($k, 2)"},
	}
)

func (p *plan) drawOp(write bool) op {
	from := reads
	if write {
		from = writes
	}
	return from[min(p.rng.IntN(len(from)+1), p.rng.IntN(len(from)))] // the usual ones more often
}
