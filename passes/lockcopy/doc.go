// Package lockcopy defines an Analyzer that finds copies of values that hold a lock, and maps that two objects share while each guards them
// with a lock of its own.
//
// # Analyzer lockcopy
//
// lockcopy: find maps that two values share while each has its own lock
//
// What it does: it reports copies of a value that holds a lock (value receivers, parameters, assignments, range variables, literals, arguments,
// results, sends, conversions, append, slices.Clone, method values), and names the map that the copy still shares. It also reports what vet's
// copylocks can't see: a new object that is built with a fresh lock and the map of an old one, and one map stored in two objects, where the
// methods of the type write that map under the object's own lock.
//
// Why this is bad: a copied map is the same map, a copied lock is another lock. Two goroutines that each hold "the" lock write the
// map at once, and the runtime stops the process.
//
// Wrong:
//
//	type Cache struct {
//		mu sync.Mutex
//		m  map[string]int
//	}
//
//	func (c Cache) Set(k string, v int) {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.m[k] = v
//	}
//
//	func (c *Cache) With(name string) *Cache { return &Cache{name: name, m: c.m} }
//
// Right:
//
//	func (c *Cache) Set(k string, v int) {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		c.m[k] = v
//	}
//
//	func (c *Cache) With(name string) *Cache {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		return &Cache{name: name, m: maps.Clone(c.m)}
//	}
//
// With -lockcopy.maps-only, copies of values that hold a lock and no map are left to vet.
//
// Known problems: see docs/limits.md. What is built from a literal or a call and handed on before anybody else knows of it is not a copy.
package lockcopy
