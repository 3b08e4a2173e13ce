// Package tests has its tests in tests_test.go.
package tests
