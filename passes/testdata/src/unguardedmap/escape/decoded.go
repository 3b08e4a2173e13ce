package escape

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"sync"
	"time"
)

// A decoder adds to the maps that it finds.

var settings map[string]string

func WatchSettings(path string) {
	go func() {
		for range time.Tick(time.Second) {
			if text, err := os.ReadFile(path); err == nil {
				json.Unmarshal(text, &settings) // want `map settings is filled here and read at decoded.go:\d+ with no lock in common`
			}
		}
	}()
}

func Setting(k string) string { return settings[k] }

// Limits are reloaded by requests.
type Limits struct {
	mu    sync.RWMutex
	Rates map[string]int
	seen  map[string]bool
}

func (l *Limits) Rate(k string) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.Rates[k]
}

func (l *Limits) Set(k string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Rates[k] = n
}

func (l *Limits) ReloadBad(r io.Reader) error {
	return json.NewDecoder(r).Decode(&l.Rates) // want `map Limits.Rates is filled without Limits.mu`
}

func (l *Limits) ReloadOk(r io.Reader) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return json.NewDecoder(r).Decode(&l.Rates)
}

// What is decoded is new.
func (l *Limits) ReplaceOk(r io.Reader) error {
	rates := map[string]int{}
	if err := json.NewDecoder(r).Decode(&rates); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Rates = rates
	return nil
}

// NewLimitsOk decodes what nobody else has.
func NewLimitsOk(text []byte) (*Limits, error) {
	l := &Limits{}
	err := json.Unmarshal(text, l)
	return l, err
}

// A type that decodes itself says how.
type Scores struct {
	mu     sync.Mutex
	Points map[string]int
}

func (s *Scores) UnmarshalJSON(text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Unmarshal(text, &s.Points)
}

func (s *Scores) Add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Points[k]++
}

func (s *Scores) LoadOk(text []byte) error { return json.Unmarshal(text, s) }

// Quotas are reloaded by a helper.
type Quotas struct {
	mu    sync.Mutex
	Rates map[string]int
}

func (q *Quotas) Set(k string, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.Rates[k] = n
}

func (q *Quotas) Drop(k string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.Rates, k)
}

func readJSON(r *http.Request, into any) error { return json.NewDecoder(r.Body).Decode(into) }

func (q *Quotas) ReloadBad(r *http.Request) error {
	return readJSON(r, q) // want `map Quotas.Rates is filled without Quotas.mu`
}

// Album is decoded into what the caller has just made, which does not speak against the lock.
type Album struct {
	Name string
	mu   sync.Mutex
	Tags map[string]int
}

func (a *Album) Tag(k string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.Tags[k]++
}

func (a *Album) EncodeBad() ([]byte, error) {
	return json.Marshal(a) // want `map Album.Tags is iterated without Album.mu`
}

// Shop has them.
type Shop struct{ files map[string]string }

// FindOk decodes into what others have made.
func (s *Shop) FindOk(into *Album) error { return json.Unmarshal([]byte(s.files[into.Name]), into) }

func (s *Shop) Find(name string) (*Album, error) {
	a := &Album{Name: name}
	return a, s.FindOk(a)
}
