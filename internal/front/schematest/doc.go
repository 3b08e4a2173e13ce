// Package schematest checks what mapguard prints against the schemas of others: SARIF 2.1.0 and reviewdog's.
//
// It is a module of its own, so that nobody who installs mapguard gets the modules that hold the schemas. Run it by
//
//	go -C internal/front/schematest test ./...
package schematest
