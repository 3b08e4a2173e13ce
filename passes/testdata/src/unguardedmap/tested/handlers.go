package tested

import (
	"net/http"
	"sync"
)

func logged(h http.Handler, v *Vault) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if v != nil {
			h.ServeHTTP(w, r)
		}
	})
}

type crawler struct {
	mu   sync.Mutex
	seen map[string]bool
}

func (c *crawler) crawl(url string, paths ...string) {
	for _, p := range paths {
		go func() {
			if _, err := http.Get(url + p); err == nil {
				c.mu.Lock()
				c.seen[p] = true
				c.mu.Unlock()
			}
		}()
	}
}
