// Package tables stands for another module. It has tables that leave it to others to lock.
package tables

type Table struct{ rows map[string]int }

// Bump works on the map in a helper.
func (t *Table) Bump(k string) { t.bump(k) }

func (t *Table) bump(k string) { t.rows[k]++ }

// Plain is a map with a method.
type Plain struct{ rows map[string]int }

func (p *Plain) Set(k string, v int) { p.rows[k] = v }
