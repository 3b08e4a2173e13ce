package shared

import "testing"

// The subtests know that what they ask for ends before it changes anything.
func TestDealOk(t *testing.T) {
	d := NewDeck()
	t.Run("one", func(t *testing.T) {
		t.Parallel()
		if d.Deal([]string{"ace"}) == nil {
			t.Fatal("dealt")
		}
	})
	t.Run("two", func(t *testing.T) {
		t.Parallel()
		if d.Deal([]string{"king", "queen"}) == nil {
			t.Fatal("dealt")
		}
	})
}

// One of them changes something by itself.
func TestCountBad(t *testing.T) {
	y := &Tray{coins: map[int]int{}}
	t.Run("add", func(t *testing.T) {
		t.Parallel()
		y.coins[1]++ // want `map Tray.coins is written here and measured at shared.go:\d+ with no lock in common`
	})
	t.Run("count", func(t *testing.T) {
		t.Parallel()
		if y.Count() > 1 {
			t.Fatal("too many")
		}
	})
}

func TestPileBad(t *testing.T) {
	p := &FN_Pile{coins: map[int]int{}}
	for n := range 2 {
		t.Run("drop", func(t *testing.T) {
			t.Parallel()
			p.Drop(n)
		})
	}
}
