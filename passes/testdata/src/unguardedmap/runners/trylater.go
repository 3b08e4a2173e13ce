package runners

import (
	"net/http"
	"sync"
	"time"
)

// What is tried at once by whoever brings it, and only then by the goroutine of a queue.

type tryOk struct{ try func() bool }

type triesOk struct {
	mu      sync.Mutex
	waiters []*tryOk
}

func (q *triesOk) wait(w *tryOk) {
	if w.try() {
		return
	}
	q.mu.Lock()
	q.waiters = append(q.waiters, w)
	q.mu.Unlock()
}

func (q *triesOk) run() {
	for range time.Tick(time.Second) {
		q.mu.Lock()
		again := make([]*tryOk, 0)
		for _, w := range q.waiters {
			if !w.try() {
				again = append(again, w)
			}
		}
		q.waiters = again
		q.mu.Unlock()
	}
}

type redeemOk struct{ q *triesOk }

func (r *redeemOk) FP_redeem(w http.ResponseWriter, req *http.Request) {
	needed := make(map[int]string)
	for i, k := range req.Header["Coin"] {
		needed[i] = k
	}
	r.q.wait(&tryOk{try: func() bool {
		for i, k := range needed {
			if len(k) < 3 {
				return false
			}
			delete(needed, i) // want `map needed is deleted from here`
		}
		return true
	}})
}

func serveRedeem() error {
	r := &redeemOk{q: &triesOk{}}
	go r.q.run()
	http.HandleFunc("/redeem", r.FP_redeem)
	return http.ListenAndServe(":80", nil)
}
