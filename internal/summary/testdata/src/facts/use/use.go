package use

import "facts/lib"

var seen map[string]bool // a package with no map, lock or goroutine is not looked at

func Write(s *lib.Store) { s.Bare("a") } // want Write:"P0.rows written"

func Later(s *lib.Store) { lib.Go(func() { s.Bare("a") }) } // want Later:"P0.rows written spawned.*goroutine Later.1"
