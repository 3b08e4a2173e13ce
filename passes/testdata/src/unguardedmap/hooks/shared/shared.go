// Package shared has tests that share an object in parallel subtests.
package shared

import "errors"

// Deck has no lock: who has one uses it alone.
type Deck struct{ cards map[string]int }

func NewDeck() *Deck { return &Deck{cards: map[string]int{}} }

// Deal takes a card, if all that it is asked for is right.
func (d *Deck) Deal(names []string) error {
	for _, name := range names {
		if d.cards[name] == 0 {
			return errors.New("no such card")
		}
		delete(d.cards, name)
	}
	return nil
}

// Tray is like Deck.
type Tray struct{ coins map[int]int }

func (y *Tray) Count() int { return len(y.coins) }

// FN_Pile is like Deck.
type FN_Pile struct{ coins map[int]int }

func (p *FN_Pile) Drop(n int) { p.coins[n]++ }
