package libraries

import (
	"context"
	"database/sql/driver"
)

// A connection is used by one goroutine at a time, by whichever of its methods; what makes connections is not.

type SQLConnOk struct {
	driver.Conn
	prepared map[string]int
}

var _ driver.ConnPrepareContext = (*SQLConnOk)(nil)

func (c *SQLConnOk) Prepare(query string) (driver.Stmt, error) {
	return c.PrepareContext(context.Background(), query)
}

func (c *SQLConnOk) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	c.prepared[query]++
	return nil, nil
}

type sqlConnectorBad struct {
	opened map[string]int
}

func (c *sqlConnectorBad) Connect(context.Context) (driver.Conn, error) {
	c.opened["a"]++ // want `map sqlConnectorBad.opened is written here by several goroutines at once with no lock`
	return &SQLConnOk{}, nil
}

func (c *sqlConnectorBad) Driver() driver.Driver { return nil }

type sqlStateOk struct {
	driver.Conn
	state map[string]int
}

// A method of the connection that database/sql does not know is called by who has it by sql.Conn.Raw, and so alone.
func (c *sqlStateOk) Timestamp() int { return c.state["ts"] }

func (c *sqlStateOk) Ping(context.Context) error {
	c.state["ts"] = 1
	return nil
}

func (c *sqlStateOk) ResetSession(context.Context) error {
	clear(c.state)
	return nil
}
