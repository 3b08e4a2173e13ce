// Package require is a stub with the shape of github.com/stretchr/testify/require.
package require

type TestingT interface {
	Errorf(format string, args ...interface{})
	FailNow()
}

func True(t TestingT, value bool, msgAndArgs ...interface{}) {}

func False(t TestingT, value bool, msgAndArgs ...interface{}) {}

type Assertions struct{}

func New(t TestingT) *Assertions { return &Assertions{} }

func (a *Assertions) Truef(value bool, msg string, args ...interface{}) {}
