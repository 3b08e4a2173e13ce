// The mapguard command finds maps that two goroutines can touch with no lock in common.
//
// Usage:
//
//	mapguard [flags] packages
//	mapguard fix [-diff] packages
//	mapguard help CHECK
//	mapguard lsp
//	go vet -vettool="$(which mapguard)" packages
//
// By hand it runs go vet with itself as the tool: results are the same everywhere, cached by the go command, and take the memory of one package.
package main

import (
	"os"

	"github.com/mapguard/mapguard/internal/front"
	"github.com/mapguard/mapguard/passes"
)

func main() {
	os.Exit(front.Main(os.Args[1:], passes.All, passes.Guards, passes.Stats, passes.Unread))
}
