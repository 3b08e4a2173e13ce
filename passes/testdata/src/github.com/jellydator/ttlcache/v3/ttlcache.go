// Package ttlcache is a stub with the shape of github.com/jellydator/ttlcache/v3.
package ttlcache

import "context"

type EvictionReason int

type Item[K comparable, V any] struct{ key K }

func (item *Item[K, V]) Key() K { return item.key }

type Cache[K comparable, V any] struct{}

func New[K comparable, V any]() *Cache[K, V] { return &Cache[K, V]{} }

func (c *Cache[K, V]) OnEviction(fn func(context.Context, EvictionReason, *Item[K, V])) func() {
	return nil
}
