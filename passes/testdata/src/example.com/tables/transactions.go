package tables

import "sync"

// A DB has one transaction that writes, and any number that read.
type DB struct {
	writing sync.Mutex
	writer  *Tx
}

// A Tx is for one goroutine. It remembers what it has looked up.
type Tx struct {
	db    *DB
	known map[string]int
}

func (db *DB) View(f func(*Tx)) {
	tx := db.begin(false)
	defer tx.end()
	f(tx)
}

func (db *DB) begin(write bool) *Tx {
	if write {
		return db.beginWriter()
	}
	return &Tx{db: db, known: map[string]int{}}
}

func (db *DB) beginWriter() *Tx {
	db.writing.Lock()
	db.writer = &Tx{db: db, known: map[string]int{}}
	return db.writer
}

func (tx *Tx) end() {
	if tx == tx.db.writer {
		tx.db.writer = nil
		tx.db.writing.Unlock()
	}
}

func (tx *Tx) Row(name string) int {
	tx.remember(name)
	return tx.known[name]
}

func (tx *Tx) remember(name string) { tx.known[name]++ }
