// Package rlockwrite defines an Analyzer that finds maps written while their guard is only read-locked.
//
// # Analyzer rlockwrite
//
// rlockwrite: find maps that are written while their lock is held for reading only
//
// What it does: it reports a write to a map (an assignment, ++, delete, clear, maps.Copy, or setting the variable that holds the map), made here or in
// any function called from here, where the lock around the map is held by RLock and nothing is held by Lock. It wants a sign that the lock is
// for this map: another access that takes the same lock around it and can run at the same time.
//
// Why this is bad: RLock lets any number of goroutines in. Two of them write at once, or one reads while the other writes, and the runtime stops
// the process with a fatal error that recover can't catch.
//
// Wrong:
//
//	func (c *Cache) Get(k string) int {
//		c.mu.RLock()
//		defer c.mu.RUnlock()
//		if v, ok := c.m[k]; ok {
//			return v
//		}
//		c.m[k] = compute(k) // other readers are in here, too
//		return c.m[k]
//	}
//
// Right:
//
//	func (c *Cache) Get(k string) int {
//		c.mu.Lock()
//		defer c.mu.Unlock()
//		if v, ok := c.m[k]; ok {
//			return v
//		}
//		c.m[k] = compute(k)
//		return c.m[k]
//	}
//
// The fix turns RLock into Lock, and its RUnlock into Unlock, on every path of the section. Where that could deadlock, or not compile, the
// message says why there is none.
package rlockwrite
