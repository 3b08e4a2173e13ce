package comments

import "sync"

type Renamed struct {
	mu sync.Mutex
	// guarded by goneMu
	rows map[string]int // want `the comment says that Renamed.rows is guarded by goneMu, and there is no such lock`
	cols map[string]int // guarded by renamedMu // want `the comment says that Renamed.cols is guarded by renamedMu, and there is no such lock`
	// by number
	// +checklocks:gone
	nums map[int]int // want `the comment says that Renamed.nums is guarded by gone, and there is no such lock`
}

// dropBad drops a row. Caller must hold r.rowMu.
func (r *Renamed) dropBad(k string) { delete(r.rows, k) } // want `the comment says that callers of Renamed.dropBad hold r.rowMu, and there is no such lock`

// dropOk drops a row. Caller must hold r.mu.
func (r *Renamed) dropOk(k string) { delete(r.rows, k) }

// A word that may be English is no name.
type English struct {
	rows map[string]int // guarded by mutex
	cols map[string]int // protected by middleware
	// mu of the owner, in another package
	nums map[string]int // guarded by Owner.lock
	list []string       // guarded by listMu
}

type ownerMu struct{ ownMu sync.Mutex }

// The lock of some other type of the package.
type part struct {
	rows map[string]int // guarded by ownMu
}

// A receiver's name.
type conn struct{ wmu sync.Mutex }

func (cc *conn) write() { cc.wmu.Lock(); cc.wmu.Unlock() }

type stream struct {
	cc   *conn
	bufs map[string]int // guarded by cc.wmu
	outs map[string]int // guarded by other.mu
}
