package libraries

import (
	"io"
	"net/rpc"
)

// clientCodecBad: requests are written by those who call, answers are read by the client's goroutine.
type clientCodecBad struct {
	io.Closer
	pending map[uint64]string
}

func (c *clientCodecBad) WriteRequest(r *rpc.Request, body any) error {
	c.pending[r.Seq] = r.ServiceMethod // want `map clientCodecBad.pending is written here and read at codec.go:\d+ with no lock in common`
	return nil
}

func (c *clientCodecBad) ReadResponseHeader(r *rpc.Response) error {
	r.ServiceMethod = c.pending[r.Seq]
	return nil
}

func (c *clientCodecBad) ReadResponseBody(body any) error { return nil }

// serverCodecOk: header and body are read by one goroutine.
type serverCodecOk struct {
	io.Closer
	seen map[uint64]string
}

func (c *serverCodecOk) ReadRequestHeader(r *rpc.Request) error {
	c.seen[r.Seq] = r.ServiceMethod
	return nil
}

func (c *serverCodecOk) ReadRequestBody(body any) error {
	clear(c.seen)
	return nil
}

func (c *serverCodecOk) WriteResponse(r *rpc.Response, body any) error { return nil }
