// Package models is what mapguard knows of functions that it does not analyse: the standard library and libraries whose effect no
// analysis of their source would find. Knowledge is data: a line per function, interface or field in table.txt.
//
// To teach it a library, add a line; see docs/models.md.
package models

import (
	"go/types"
	"strings"

	"github.com/mapguard/mapguard/internal/domain"
)

// EffectKind is what a modelled call does.
type EffectKind uint8

const (
	Acquire  EffectKind = iota // locks Arg in Mode
	Release                    // unlocks Arg
	Try                        // locks Arg in Mode if the call returns true
	Spawn                      // runs function Arg on a new goroutine, from now on; waiting for Key, if there is one, ends it
	Register                   // hands function or handler Arg to somebody who will call it, but not before the set-up is done
	Methods                    // hands the object Arg to somebody who will call its methods
	Called                     // no call: functions of the type, methods of the interface, or what is stored in the field are called
	Call                       // runs function Arg on the caller's goroutine, before it returns
	Wait                       // returns after all that was signalled on Arg
	Signal                     // says on Arg that this goroutine is done
	Expect                     // says that somebody will be done on Arg
	Once                       // runs function Arg under the sync.Once Key
	Access                     // touches the map Arg as Touch says
	Serve                      // starts to run the handlers registered so far
	Fresh                      // returns memory, or a number, that nobody else has
	Cleanup                    // runs function Arg when the function around the call is over, the last one first
	Together                   // from here on the caller runs beside all others that have come to such a call, and after what they did before
	Set                        // sets the atomic flag Arg to the argument that follows it
	Ask                        // returns the atomic flag Arg
	Swap                       // sets the atomic flag Arg from the first to the second argument that follow it, and returns whether it did
	Wraps                      // returns functions that run function Arg where they are called: with Times AtMostOnce, all of them once, under a sync.Once
	Element                    // returns an element of Arg: the one at the key that follows it
	Content                    // returns what the cell Arg holds
	Put                        // makes argument Key the content of the cell Arg
	Insert                     // makes argument Key an element of Arg
	Settle                     // returns when all that runs is over, or waits for something
	Drain                      // returns when the handlers, or the callbacks, as Spawn says, that others had begun to call are over, and no more are called
	NoReturn                   // does not return
	Asserts                    // returns only if the condition Arg is true, or with Refutes false
	Answers                    // returns, first of all, whether the condition Arg is true, or with Refutes false
	Quick                      // waits for nobody, and calls nothing but the functions and methods that it is given
)

// NoKey is the Key of an effect that has none.
const NoKey = -1

// Times says how often, and beside what, a function runs on other goroutines because of one call.
type Times uint8

const (
	Apart      Times = iota // while nothing else does: before the callbacks begin, or after they are over
	AtMostOnce              // once per call, beside anything else
	Alone                   // Serial, and nobody else calls the object's other methods meanwhile
	Serial                  // again and again, but never beside itself, nor beside what else is set in the same struct
	Single                  // Serial, and beside no other callback of that package: one goroutine calls them all
	Many                    // beside itself
)

// Depth says what of a struct is touched, where one is given instead of a map.
type Depth uint8

const (
	Flat    Depth = iota // nothing
	Encoded              // the exported fields that are maps, unless the type encodes itself
	Decoded              // the exported fields that are maps, unless the type decodes itself
	Printed              // all fields that are maps, unless the type prints itself
)

// Effect is one effect of a modelled function. Arguments are counted from 0, the receiver of a method being 0.
type Effect struct {
	Kind  EffectKind
	Arg   int
	Mode  domain.Mode
	Key   int
	Touch domain.Kind
	// Refutes: the condition of Asserts, or Answers, has to be false.
	Refutes bool
	Deep    Depth
	Spawn   domain.SpawnKind // what a message calls the goroutine
	Times   Times
	// Joined: what was started is over when the call returns, unless it calls a method of the name Unless.
	Joined bool
	Unless string
	// Group names the package of a row, whose Single callbacks take turns.
	Group string
}

// Of returns the effects of fn, and whether it is modelled.
func Of(fn *types.Func) ([]Effect, bool) {
	if row := current().function(fn.Origin()); row != nil {
		return row.effects, true
	}
	return nil, false
}

// Field returns the effect of storing a function in the field of a struct type.
func Field(owner *types.TypeName, field string) (Effect, bool) {
	if owner.Pkg() == nil {
		return Effect{}, false
	}
	for _, row := range current().about(owner.Pkg().Path()).byName[field] {
		if row.typ == owner.Name() && row.effects[0].Kind == Called {
			return row.effects[0], true
		}
	}
	return Effect{}, false
}

// IsNoReturn reports whether a call of fn never returns. Loggers and test helpers end the program or the goroutine in ways that no analysis
// follows (a hook, a method of an interface), so their names are believed.
func IsNoReturn(fn *types.Func) bool {
	if name := fn.Name(); strings.IndexByte("FPS", name[0]) >= 0 && fatalName().MatchString(name) && fn.Signature().Results().Len() == 0 {
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

// IsQuick reports whether a call of fn surely waits for nobody: it can be made with a lock held, as far as the functions that it is given can.
func IsQuick(fn *types.Func) bool {
	fn = fn.Origin()
	if fn.Pkg() == nil {
		return false
	}
	quick := current().about(fn.Pkg().Path()).quick
	return len(quick) > 0 && (quick[fn.Pkg().Path()+".*"] || quick[fn.FullName()])
}

var fatalName = lazy("^((Fatal|Panic)(f|ln|w|Depth|Depthf|Context|Contextf|Ctx)?|FailNow|SkipNow)$")

// LockMethod reads the name of a niladic method of a type that has both Lock and Unlock, niladic too, as what it says. A Lock that is asked for a context
// may fail, and its Unlock pairs with nothing that we know. It is the fallback for lock types nobody modelled and whose body is not at hand, such as an interface.
func LockMethod(fn *types.Func) (Effect, bool) {
	e, ok := lockMethods[fn.Name()]
	sig := fn.Signature()
	if !ok || sig.Recv() == nil || sig.Params().Len() > 0 {
		return Effect{}, false
	}
	return e, IsLock(sig.Recv().Type())
}

// LockReturning reads a niladic method Lock or RLock whose first result is the function that unlocks, and which may say besides that it has failed. It is the
// fallback where the body is not at hand, as that of LockMethod.
func LockReturning(fn *types.Func) (Effect, bool) {
	e, ok := lockMethods[fn.Name()]
	sig := fn.Signature()
	if !ok || e.Kind != Acquire || sig.Recv() == nil || sig.Params().Len() > 0 || sig.Results().Len() == 0 {
		return Effect{}, false
	}
	unlock, ok := sig.Results().At(0).Type().Underlying().(*types.Signature)
	return e, ok && unlock.Params().Len() == 0
}

var lockMethods = map[string]Effect{
	"Lock":     verbs["lock"],
	"Unlock":   verbs["unlock"],
	"RLock":    verbs["rlock"],
	"RUnlock":  verbs["runlock"],
	"TryLock":  verbs["trylock"],
	"TryRLock": verbs["tryrlock"],
}
