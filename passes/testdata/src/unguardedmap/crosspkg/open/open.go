// Package open touches maps of another package bare, beside methods of that which take the lock.
package open

import "unguardedmap/crosspkg/open/ledger"

type Bank struct{ ledger *ledger.Ledger }

func New() *Bank { return &Bank{ledger: ledger.New()} }

func (b *Bank) Start(in chan string) {
	go b.sumBad()
	for k := range in {
		b.ledger.Put(k, 1)
	}
}

func (b *Bank) sumBad() {
	n := 0
	for _, m := range b.ledger.Rows { // want `map Ledger.Rows is iterated without Ledger.Mu`
		n += m
	}
	println(n)
}

type Press struct{ journal *ledger.Journal }

func NewPress() *Press { return &Press{journal: ledger.NewJournal()} }

func (p *Press) Start(in chan string) {
	go p.sumOk()
	for k := range in {
		p.journal.Put(k, 1)
	}
}

func (p *Press) sumOk() {
	n := 0
	p.journal.Mu.RLock()
	defer p.journal.Mu.RUnlock()
	for _, m := range p.journal.Rows {
		n += m
	}
	println(n)
}

// DraftOk makes it, fills it by its method, and looks at it.
func DraftOk(ks []string) int {
	d := ledger.NewDraft()
	for _, k := range ks {
		d.Put(k, 1)
	}
	return len(d.Rows)
}
