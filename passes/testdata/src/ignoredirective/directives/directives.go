package directives

//mapguard:ignore // want `mapguard:ignore names no check: write //mapguard:ignore CHECK REASON`
func NothingBad() {}

//mapguard:ignore unguardedmap // want `mapguard:ignore unguardedmap gives no reason, so it silences nothing: say why the code is right`
func NoReasonBad() {}

//mapguard:ignore unguardedmap REASON // want `mapguard:ignore unguardedmap gives no reason`
func PlaceholderBad() {}

//mapguard:ignore all of it is fine // want `there is no check all: the checks are .*unguardedmap`
func UnknownBad() {}

//mapguard:ignore unguardedmap,nosuch it is fine // want `there is no check nosuch`
func OneUnknownBad() {}

// mapguard:ignore unguardedmap it is fine // want `a directive has no space after the slashes: write //mapguard:ignore`
func SpaceBad() {}

//mapguard:ignored unguardedmap it is fine // want `there is no directive mapguard:ignored, only mapguard:ignore`
func VerbBad() {}

//mapguard:ignore ignoredirective this one can't be silenced // want `there is no check ignoredirective`
func ItselfBad() {}

//mapguard:ignore unguardedmap one goroutine only
func ReasonOk() {}

// The text says //mapguard:ignore somewhere.
func TextOk() {}

// mapguard: it is a colon.
func ProseOk() {}
