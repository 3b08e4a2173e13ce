// Package subtests has its tests in subtests_test.go.
package subtests
