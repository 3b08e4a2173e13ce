// Package schematest checks what mapguard prints against the schemas of others: SARIF 2.1.0 and reviewdog's.
//
// It is a module of its own, so that nobody who installs mapguard gets the modules that hold the schemas. Run it by
//
//	go -C internal/front/schematest test -count=1 ./...
//
// since go test does not see when the program that it builds has changed.
package schematest
