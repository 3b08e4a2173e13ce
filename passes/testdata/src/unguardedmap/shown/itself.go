package shown

import (
	"encoding/json"
	"fmt"
	"sync"
)

// state says itself how it is encoded, which the encoder calls under the lock of whoever encodes it.
type state struct {
	mu     sync.Mutex
	values map[string]string
}

func (s *state) MarshalJSON() ([]byte, error) { return encodeOk(s.values) }

func encodeOk(values map[string]string) ([]byte, error) {
	var out []byte
	for k, v := range values {
		out = fmt.Appendf(out, "%q:%q,", k, v)
	}
	return out, nil
}

func (s *state) SetOk(k, v string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[k] = v
	return s.save()
}

func (s *state) save() error {
	_, err := json.Marshal(s)
	return err
}

// board is encoded without its lock once.
type board struct {
	mu    sync.Mutex
	marks map[string]int
}

func (b *board) MarshalJSON() ([]byte, error) {
	sum := 0
	for _, n := range b.marks {
		sum += n
	}
	return fmt.Append(nil, sum), nil
}

func (b *board) Set(k string, n int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.marks[k] = n
	_, err := json.Marshal(b)
	return err
}

func (b *board) SaveBad() ([]byte, error) {
	return json.Marshal(b) // want `map board.marks is iterated without board.mu`
}

// list prints itself, always under the lock.
type list struct {
	mu    sync.Mutex
	items map[string]int
}

func (l *list) String() string { return fmt.Sprint(l.countOk()) }

func (l *list) countOk() (n int) {
	for _, i := range l.items {
		n += i
	}
	return n
}

func (l *list) AddOk(k string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.items[k]++
	return fmt.Sprintf("now %v", l)
}
