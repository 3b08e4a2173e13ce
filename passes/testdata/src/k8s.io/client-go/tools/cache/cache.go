// Package cache is a stub with the shape of k8s.io/client-go/tools/cache.
package cache

type ResourceEventHandler interface {
	OnAdd(obj any, isInInitialList bool)
	OnUpdate(oldObj, newObj any)
	OnDelete(obj any)
}

type ResourceEventHandlerFuncs struct {
	AddFunc    func(obj any)
	UpdateFunc func(oldObj, newObj any)
	DeleteFunc func(obj any)
}

func (r ResourceEventHandlerFuncs) OnAdd(obj any, isInInitialList bool) {}
func (r ResourceEventHandlerFuncs) OnUpdate(oldObj, newObj any)         {}
func (r ResourceEventHandlerFuncs) OnDelete(obj any)                    {}

type SharedInformer interface {
	AddEventHandler(handler ResourceEventHandler) error
}
