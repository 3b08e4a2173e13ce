package aliases

import (
	"maps"
	"net/http"
)

// request is made by a function.
type request struct{ header map[string]string }

func newRequest() *request { return &request{header: map[string]string{}} }

func (r *request) sign(by string) { r.header["by"] = by }

// Caller has a map that it puts into each request of its own.
type Caller struct {
	shared map[string]string
	handed map[string]string
	copied map[string]string
	read   map[string]string
}

func (c *Caller) SetBad(names []string) {
	for _, n := range names {
		go func() {
			r := newRequest()
			r.header = c.shared
			r.header["name"] = n // want `map Caller.shared is written here by several goroutines at once with no lock`
		}()
	}
}

func (c *Caller) signBad(names []string) {
	for _, n := range names {
		go func() {
			r := newRequest()
			if c.handed != nil {
				r.header = c.handed
			}
			r.add(n)
		}()
	}
}

func (r *request) add(name string) {
	r.header[name] = name // want `map Caller.handed is written here by several goroutines at once with no lock`
}

func (c *Caller) CloneOk(names []string) {
	for _, n := range names {
		go func() {
			r := newRequest()
			r.header = maps.Clone(c.copied)
			r.sign(n)
		}()
	}
}

func (c *Caller) ReadOk(names []string) {
	for _, n := range names {
		go func() {
			r := newRequest()
			r.header = c.read
			println(n, r.header["by"])
		}()
	}
}

func (c *Caller) OwnOk(names []string) {
	for _, n := range names {
		go func() {
			r := newRequest()
			r.sign(n)
		}()
	}
}

// Proxy sends what it has got on, with headers that are its own.
type Proxy struct{ header http.Header }

func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest("GET", r.URL.Path, nil)
	if err != nil {
		return
	}
	req.Header = p.header
	req.Header.Set("For", r.RemoteAddr) // want `map Proxy.header is written here by several goroutines at once with no lock`
}
