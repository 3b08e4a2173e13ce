// Package models is what mapguard knows of functions that it does not analyse: the standard library and libraries whose effect no
// analysis of their source would find. Knowledge is data: a row per function, keyed by its full name.
//
// To teach it a function, add a row to the table of its kind; see docs/models.md.
package models

import (
	"go/types"
	"regexp"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// EffectKind is what a modelled call does.
type EffectKind uint8

const (
	Acquire  EffectKind = iota // locks Arg in Mode
	Release                    // unlocks Arg
	Try                        // locks Arg in Mode if the call returns true
	Spawn                      // runs function Arg on a new goroutine; waiting for Key, if there is one, ends it
	Register                   // hands function or handler Arg to a server that will call it
	Wait                       // returns after all that was signalled on Arg
	Signal                     // says on Arg that this goroutine is done
	Once                       // runs function Arg under the sync.Once Key
	Access                     // touches the map Arg as Kind says
	Serve                      // starts to run the handlers registered so far
	Fresh                      // returns memory that nobody else has
	NoReturn                   // does not return
)

// NoKey is the Key of an effect that has none.
const NoKey = -1

// Effect is one effect of a modelled function. Arguments are counted from 0, the receiver of a method being 0.
type Effect struct {
	Kind  EffectKind
	Arg   int
	Mode  domain.Mode
	Key   int
	Touch domain.Kind
	Spawn domain.SpawnKind
	Many  bool // the goroutine may run beside another from the same call
}

// Of returns the effects of fn, and whether it is modelled.
func Of(fn *types.Func) ([]Effect, bool) {
	fn = fn.Origin()
	if fn.Pkg() == nil || !modelled[fn.Pkg().Path()] {
		return nil, false
	}
	e, ok := rows[fn.FullName()]
	return e, ok
}

// Names returns the full names of all modelled functions, for the test that each exists.
func Names() map[string][]Effect { return rows }

// modelled holds the packages that have a row, so that most calls need no full name.
var modelled = func() map[string]bool {
	out := map[string]bool{}
	for name := range rows {
		name = strings.TrimLeft(name, "(*")
		slash := strings.LastIndex(name, "/") + 1
		out[name[:slash+strings.Index(name[slash:], ".")]] = true
	}
	return out
}()

// IsNoReturn reports whether a call of fn never returns. Loggers and test helpers end the program or the goroutine in ways that no analysis
// follows (a hook, a method of an interface), so their names are believed.
func IsNoReturn(fn *types.Func) bool {
	if fatalName.MatchString(fn.Name()) && fn.Signature().Results().Len() == 0 {
		return true
	}
	effects, _ := Of(fn)
	for _, e := range effects {
		if e.Kind == NoReturn {
			return true
		}
	}
	return false
}

var fatalName = regexp.MustCompile("^(Fatal|Panic)(f|ln|w|Depth|Depthf|Context|Contextf|Ctx)?$")

// LockMethod reads the name of a niladic method of a type that has both Lock and Unlock as what it says: the fallback for lock
// types nobody modelled and whose body is not at hand, such as an interface.
func LockMethod(fn *types.Func) (Effect, bool) {
	e, ok := lockMethods[fn.Name()]
	sig := fn.Signature()
	if !ok || sig.Recv() == nil || sig.Params().Len() > 0 {
		return Effect{}, false
	}
	recv := sig.Recv().Type()
	if !types.IsInterface(recv) {
		if _, isPtr := recv.(*types.Pointer); !isPtr {
			recv = types.NewPointer(recv)
		}
	}
	set := types.NewMethodSet(recv)
	if set.Lookup(fn.Pkg(), "Lock") == nil || set.Lookup(fn.Pkg(), "Unlock") == nil {
		return Effect{}, false
	}
	return e, true
}

var lockMethods = map[string]Effect{
	"Lock":     {Kind: Acquire, Mode: domain.WriteMode},
	"Unlock":   {Kind: Release, Mode: domain.WriteMode},
	"RLock":    {Kind: Acquire, Mode: domain.ReadMode},
	"RUnlock":  {Kind: Release, Mode: domain.ReadMode},
	"TryLock":  {Kind: Try, Mode: domain.WriteMode},
	"TryRLock": {Kind: Try, Mode: domain.ReadMode},
}

// IsHandlerFunc reports whether a function of this signature is run for each request, wherever it is registered: through any
// router, or wrapped by middleware.
func IsHandlerFunc(sig *types.Signature) bool { return handlerFuncs[shape(sig)] }

// IsHandlerMethod reports whether a method of this name and signature belongs to an interface whose users call it concurrently.
func IsHandlerMethod(fn *types.Func) bool {
	want, ok := handlerMethods[fn.Name()]
	return ok && want == shape(fn.Signature())
}

// shape renders parameters and results without their names.
func shape(sig *types.Signature) string {
	var b strings.Builder
	for i, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		if i > 0 {
			b.WriteString("->")
		}
		for v := range tuple.Variables() {
			b.WriteString(types.TypeString(types.Unalias(v.Type()), nil))
			b.WriteString(";")
		}
	}
	return b.String()
}

// ServiceArg returns the argument of a registration function whose exported methods are then called concurrently.
// The wrappers that protoc-gen-go-grpc generates have no fixed name: RegisterXxxServer(registrar, implementation).
func ServiceArg(fn *types.Func) (int, bool) {
	params := fn.Signature().Params()
	if strings.HasPrefix(fn.Name(), "Register") && strings.HasSuffix(fn.Name(), "Server") && params.Len() == 2 &&
		types.IsInterface(params.At(1).Type()) {
		first := types.TypeString(params.At(0).Type(), nil)
		return 1, strings.HasSuffix(first, "google.golang.org/grpc.Server") || strings.HasSuffix(first, "google.golang.org/grpc.ServiceRegistrar")
	}
	arg, ok := services[fn.FullName()]
	return arg, ok
}
