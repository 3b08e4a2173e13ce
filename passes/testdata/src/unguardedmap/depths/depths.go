// Package depths leads by many calls into another package.
package depths

import "example.com/tables"

type machine struct{ table *tables.Table }

func (m *machine) first(k string)  { m.second(k) }
func (m *machine) second(k string) { m.third(k) }
func (m *machine) third(k string)  { m.fourth(k) }
func (m *machine) fourth(k string) { m.fifth(k) }
func (m *machine) fifth(k string)  { m.sixth(k) }
func (m *machine) sixth(k string)  { m.table.Bump(k) }

// What a library does in its own depths is its own to order, however many calls lead there.
func StartOk(m *machine) {
	for range 2 {
		go m.first("x")
	}
}

type engine struct{ table *tables.Plain }

func (e *engine) first(k string)  { e.second(k) }
func (e *engine) second(k string) { e.third(k) }
func (e *engine) third(k string)  { e.fourth(k) }
func (e *engine) fourth(k string) { e.fifth(k) }
func (e *engine) fifth(k string)  { e.sixth(k) }
func (e *engine) sixth(k string)  { e.table.Set(k, 1) } // want `map Plain.rows is written here by several goroutines at once`

// The method that is called touches the map itself.
func StartBad(e *engine) {
	for range 2 {
		go e.first("x")
	}
}
