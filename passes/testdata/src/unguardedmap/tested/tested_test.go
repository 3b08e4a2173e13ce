package tested

import "testing"

func TestRows(t *testing.T) {
	s := &Store{Rows: &rows{m: map[string]int{}}}
	s.Rows.Put("a")
	if s.Rows.GetBad("a") != 1 || s.Rows.sizeOk() != 1 {
		t.Fatal("not put")
	}
}
