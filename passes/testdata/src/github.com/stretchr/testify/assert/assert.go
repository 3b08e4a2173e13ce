// Package assert is a stub with the shape of github.com/stretchr/testify/assert.
package assert

type TestingT interface {
	Errorf(format string, args ...interface{})
}

func True(t TestingT, value bool, msgAndArgs ...interface{}) bool { return value }

func False(t TestingT, value bool, msgAndArgs ...interface{}) bool { return !value }
