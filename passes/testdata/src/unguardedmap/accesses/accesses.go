// Package accesses has each thing that can be done to a map, once in a racy and once in a safe place.
package accesses

import (
	"maps"
	"sync"
)

type Menu struct {
	mu     sync.Mutex
	dishes map[string]int
	tags   map[string][]string
}

func (m *Menu) AssignOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dishes[k] = 1
}

func (m *Menu) IncrementOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dishes[k]++
}

func (m *Menu) OpAssignOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.dishes[k] += 2
}

func (m *Menu) DeleteOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.dishes, k)
}

func (m *Menu) ClearOk() {
	m.mu.Lock()
	defer m.mu.Unlock()
	clear(m.dishes)
}

func (m *Menu) CopyInOk(from map[string]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(m.dishes, from)
}

func (m *Menu) DeleteFuncOk() {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.DeleteFunc(m.dishes, func(_ string, n int) bool { return n == 0 })
}

func (m *Menu) AppendOk(k, v string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.tags[k] = append(m.tags[k], v)
}

func (m *Menu) UntagOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.tags, k)
}

// An index read.
func (m *Menu) IndexBad(k string) int {
	return m.dishes[k] // want `map Menu.dishes is read without Menu.mu, held at \d+ of its \d+ other accesses`
}

func (m *Menu) IndexOk(k string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dishes[k]
}

// A comma-ok read.
func (m *Menu) CommaOkBad(k string) bool {
	_, ok := m.dishes[k] // want `map Menu.dishes is read without Menu.mu`
	return ok
}

func (m *Menu) CommaOkOk(k string) bool {
	m.mu.Lock()
	_, ok := m.dishes[k]
	m.mu.Unlock()
	return ok
}

// An iteration.
func (m *Menu) RangeBad() (n int) {
	for _, x := range m.dishes { // want `map Menu.dishes is iterated without Menu.mu`
		n += x
	}
	return n
}

func (m *Menu) RangeOk() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.dishes {
		n += x
	}
	return n
}

// The length is a read.
func (m *Menu) LenBad() int {
	return len(m.dishes) // want `map Menu.dishes is measured without Menu.mu`
}

func (m *Menu) LenOk() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.dishes)
}

// Clone iterates its argument.
func (m *Menu) CloneBad() map[string]int {
	return maps.Clone(m.dishes) // want `map Menu.dishes is iterated without Menu.mu`
}

func (m *Menu) CloneOk() map[string]int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.dishes)
}

// Copy iterates its second argument.
func (m *Menu) CopyOutBad(to map[string]int) {
	maps.Copy(to, m.dishes) // want `map Menu.dishes is iterated without Menu.mu`
}

func (m *Menu) CopyOutOk(to map[string]int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	maps.Copy(to, m.dishes)
}

// Keys iterates when the loop runs.
func (m *Menu) KeysBad() (n int) {
	for k := range maps.Keys(m.dishes) { // want `map Menu.dishes is iterated without Menu.mu`
		n += len(k)
	}
	return n
}

func (m *Menu) KeysOk() (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for k := range maps.Keys(m.dishes) {
		n += len(k)
	}
	return n
}

// The read in an append that goes elsewhere.
func (m *Menu) AppendBad(k string, to []string) []string {
	return append(to, m.tags[k]...) // want `map Menu.tags is read without Menu.mu`
}

// Comparing with nil reads the variable, which nobody replaces.
func (m *Menu) NilOk() bool {
	return m.dishes == nil
}

func sum(m map[string]int) (n int) {
	for _, x := range m {
		n += x
	}
	return n
}

func put(m map[string]int, k string) {
	m[k] = 1
}

// The callee iterates; the call is what lacks the lock, because others hold it.
func (m *Menu) SumBad() int {
	return sum(m.dishes) // want `map Menu.dishes is iterated without Menu.mu`
}

func (m *Menu) SumOk() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return sum(m.dishes)
}

// The callee writes.
func (m *Menu) PutBad(k string) {
	put(m.dishes, k) // want `map Menu.dishes is written without Menu.mu`
}

func (m *Menu) PutOk(k string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(m.dishes, k)
}

// The callee gets another map.
func (m *Menu) PutOtherOk(k string) map[string]int {
	other := map[string]int{}
	put(other, k)
	return other
}

type Votes struct {
	mu sync.Mutex
	n  map[string]int
}

func (v *Votes) Set(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.n[k] = 1
}

func (v *Votes) Unset(k string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.n, k)
}

func (v *Votes) Zero() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.n)
}

// An increment is a read and a write, and one report.
func (v *Votes) CountBad(k string) {
	v.n[k]++ // want `map Votes.n is (read|written) without Votes.mu`
}

type Config struct {
	mu   sync.RWMutex
	vals map[string]string
}

func (c *Config) Reload(next map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.vals = maps.Clone(next)
}

// The content never changes, but the variable does.
func (c *Config) GetBad(k string) string {
	return c.vals[k] // want `variable Config.vals is read without Config.mu, under which it is replaced`
}

func (c *Config) GetOk(k string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.vals[k]
}

// Only the variable has to be read under the lock: a map that was replaced is never written again.
func (c *Config) GetLoadedOk(k string) string {
	c.mu.RLock()
	vals := c.vals
	c.mu.RUnlock()
	return vals[k]
}

type Theme struct {
	mu     sync.RWMutex
	colors map[string]string
}

func (t *Theme) Use(colors map[string]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.colors = colors
}

// Replaced by a map of the caller's.
func (t *Theme) GetBad(k string) string {
	return t.colors[k] // want `variable Theme.colors is read without Theme.mu, under which it is replaced`
}

func (t *Theme) GetOk(k string) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.colors[k]
}

type Scheme struct {
	mu     sync.RWMutex
	colors map[string]string
}

func (t *Scheme) Use(colors map[string]string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.colors = colors
}

func (t *Scheme) Set(k, v string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.colors[k] = v
}

func (t *Scheme) Drop(k string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.colors, k)
}

// Both the variable and the content change: one report.
func (t *Scheme) GetBad(k string) string {
	return t.colors[k] // want `Scheme.colors is read without Scheme.mu`
}

// The variable is read under the lock, the content is not.
func (t *Scheme) GetLoadedBad(k string) string {
	t.mu.RLock()
	colors := t.colors
	t.mu.RUnlock()
	return colors[k] // want `map Scheme.colors is read after Scheme.mu, under which it was taken, is released`
}

func (t *Scheme) GetOk(k string) string {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.colors[k]
}

// Assignment on a goroutine, read beside it.
func assignBad() {
	m := map[string]int{}
	go func() {
		m["a"] = 1 // want `map m is written here and read at`
	}()
	_ = m["b"]
}

func assignOk() {
	m := map[string]int{}
	m["b"] = 1
	go func() {
		m["a"] = 1
	}()
}

// Two reads never race.
func readOk() int {
	m := map[string]int{"a": 1}
	go func() {
		_ = m["a"]
	}()
	return m["a"] + len(m)
}

func incrementBad() {
	m := map[string]int{}
	go func() {
		m["a"]++ // want `map m is written here and read at`
	}()
	_, _ = m["b"]
}

func opAssignBad() {
	m := map[string]int{}
	go func() {
		m["a"] |= 4 // want `map m is written here and measured at`
	}()
	_ = len(m)
}

func deleteBad() {
	m := map[string]int{"a": 1}
	go func() {
		delete(m, "a") // want `map m is deleted from here and read at`
	}()
	_ = m["b"]
}

func clearBad() {
	m := map[string]int{"a": 1}
	go func() {
		clear(m) // want `map m is cleared here and iterated at`
	}()
	for range m {
	}
}

func appendBad() {
	m := map[string][]int{}
	go func() {
		m["a"] = append(m["a"], 1) // want `map m is written here and read at`
	}()
	_ = m["b"]
}

// Appending to a slice that was taken out writes no map.
func appendOk() []int {
	m := map[string][]int{}
	list := m["a"]
	go func() {
		_ = m["b"]
	}()
	list = append(list, 1)
	return list
}

func copyBad(from map[string]int) {
	m := map[string]int{}
	go func() {
		maps.Copy(m, from) // want `map m is written here and read at`
	}()
	_ = m["b"]
}

// Copy only reads its second argument.
func copyOk(from map[string]int) int {
	go func() {
		maps.Copy(map[string]int{}, from)
	}()
	return from["b"]
}

func deleteFuncBad() {
	m := map[string]int{}
	go func() {
		maps.DeleteFunc(m, func(k string, _ int) bool { return k == "" }) // want `map m is (deleted from|written) here and read at`
	}()
	_ = m["b"]
}

// The predicate runs for a map that nobody else has.
func deleteFuncOk(m map[string]int) int {
	mine := maps.Clone(m)
	go func() {
		maps.DeleteFunc(mine, func(k string, _ int) bool { return m[k] == 0 })
	}()
	return m["b"]
}

// The variable is replaced while it is read.
func replaceBad() {
	m := map[string]int{}
	go func() {
		m = map[string]int{"a": 1} // want `map variable m is replaced here`
	}()
	_ = m["b"]
}

// The goroutine has a variable of its own; the map is not written.
func replaceOk() {
	m := map[string]int{}
	go func(m map[string]int) {
		m = map[string]int{"a": 1}
		_ = m
	}(m)
	_ = m["b"]
}

// A read on the goroutine and the write of its starter after it.
func readerBad() {
	m := map[string]int{}
	go func() {
		_ = m["b"]
	}()
	m["a"] = 1 // want `map m is written here and read at`
}

func count(m map[string]int, k string) {
	m[k]++ // want `map m is written here and read at`
}

// The callee of the goroutine writes.
func calleeBad() {
	m := map[string]int{}
	go func() {
		count(m, "a")
	}()
	_ = m["b"]
}

func look(m map[string]int, k string) int {
	return m[k]
}

// Both sides only look.
func calleeOk() int {
	m := map[string]int{}
	go func() {
		_ = look(m, "a")
	}()
	return look(m, "b")
}

// The element of a slice in the map is set, which the map operations around it lead to.
func listBad() int {
	m := map[string][]int{"a": {0, 0}}
	done := make(chan bool)
	go func() {
		m["a"][1] = 1 // want `operand m.* is set from a map here and used as an operand at`
		close(done)
	}()
	n := m["a"][1]
	<-done
	return n
}

// Another element, and another slice.
func listOk() int {
	m := map[string][]int{"a": {0, 0}, "b": {0, 0}}
	done := make(chan bool)
	go func() {
		m["a"][1] = 1
		close(done)
	}()
	n := m["a"][0] + m["b"][1]
	<-done
	return n
}

var pad [8]byte

// A slice of a package variable is handed to code that is not seen.
func PadOk(w interface{ Write([]byte) (int, error) }, m map[string]int) {
	w.Write(pad[:4])
	_ = m["a"]
}

// A library's function is the goroutine.
func goCopyBad(m map[string]int) {
	go maps.Copy(m, map[string]int{"a": 1}) // want `map m is written here and written at accesses.go:\d+ with no lock in common`
	m["b"] = 1
}

func goCopyOk(m map[string]int) {
	own := maps.Clone(m)
	go maps.Copy(own, map[string]int{"a": 1})
	m["b"] = 1
}

func goCopiesBad(m map[string]int, all []map[string]int) {
	for _, o := range all {
		go maps.Copy(m, o) // want `map m is written here by several goroutines at once with no lock`
	}
}

func goCopiesOk(m map[string]int, all []map[string]int) {
	for _, o := range all {
		go maps.Copy(o, m)
	}
}
