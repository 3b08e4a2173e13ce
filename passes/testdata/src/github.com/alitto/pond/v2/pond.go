// Package pond is a stub with the shape of github.com/alitto/pond/v2.
package pond

type TaskGroup interface {
	Submit(tasks ...func()) TaskGroup
	Wait() error
}
