package summary_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/mapguard/mapguard/internal/barepass"
	"github.com/mapguard/mapguard/internal/summary"
)

// summaries returns the summary of each function of the package whose text is src.
func summaries(t *testing.T, src string) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "p.go")
	require.NoError(t, os.WriteFile(file, []byte("package p\n"+src), 0o666))
	pkg, err := barepass.Load("p", []string{file})
	require.NoError(t, err)
	result, err := barepass.Result(summary.Analyzer, pkg)
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range result.(*summary.Result).Whole().Funcs {
		out[f.Name] = f.Summary.String()
	}
	return out
}

func TestSummaries(t *testing.T) {
	const types = `
		import "sync"
		type S struct { mu sync.RWMutex; m map[string]int; sub *S; wg sync.WaitGroup }
	`
	for _, test := range []struct{ name, src, want string }{
		{"a write through the receiver", `func (s *S) f() { s.m["a"] = 1 }`,
			"P0.m loaded; P0.m written"},
		{"held locks and their mode", `func (s *S) f() int { s.mu.RLock(); defer s.mu.RUnlock(); return s.m["a"] }`,
			"P0.m loaded [P0.mu:R]; P0.m read [P0.mu:R]"},
		{"a released lock is gone", `func (s *S) f() { s.mu.Lock(); s.mu.Unlock(); clear(s.m) }`,
			"P0.m cleared; P0.m loaded"},
		{"defers run in reverse on return", `func (s *S) f() { s.mu.Lock(); defer s.mu.Unlock(); defer func() { delete(s.m, "a") }() }`,
			"P0.m deleted from [P0.mu:W]; P0.m loaded [P0.mu:W]"},
		{"lock on one branch only", `func (s *S) f(c bool) { if c { s.mu.Lock(); defer s.mu.Unlock() }; s.m["a"] = 1 }`,
			"P0.m loaded [P0.mu:W?]; P0.m written [P0.mu:W?]"},
		{"lock and unlock helpers", `func (s *S) f() { s.mu.Lock() }`,
			"acquires P0.mu:W"},
		{"unlock helper", `func (s *S) f() { s.mu.Unlock() }`,
			"releases P0.mu"},
		{"a function that returns the unlock", `func (s *S) f() func() { s.mu.Lock(); return s.mu.Unlock }`,
			"acquires P0.mu:W; result 0 releases P0.mu"},
		{"memory made here is owned", `func f() *S { s := &S{m: map[string]int{}}; s.m["a"] = 1; return s }`,
			"fresh 0"},
		{"a getter's result", `func (s *S) f() map[string]int { return s.sub.m }`,
			"P0.sub.m loaded; result 0 is P0.sub.m"},
		{"a map taken under a lock and used without", `func (s *S) f() { s.mu.Lock(); m := s.m; s.mu.Unlock(); m["a"] = 1 }`,
			"P0.m loaded [P0.mu:W]; P0.m written taken under P0.mu"},
		{"a getter that locks", `func (s *S) f() map[string]int { s.mu.Lock(); defer s.mu.Unlock(); return s.m }`,
			"P0.m handed out taken under P0.mu; P0.m loaded [P0.mu:W]; result 0 is P0.m taken under P0.mu"},
		{"a fresh struct that carries a map out", `type V struct{ m map[string]int }; func (s *S) f() *V { s.mu.Lock(); defer s.mu.Unlock(); v := &V{}; v.m = s.m; return v }`,
			"P0.m handed out taken under P0.mu; P0.m loaded [P0.mu:W]; R0.m shares P0.m taken under P0.mu; fresh 0"},
		{"a constructor keeps its arguments", `type V struct{ s *S; n int }; func f(s *S, n int) (_ *V, err error) { v := V{s: s}; if n > 1 { v.n = n }; if n > 2 { return nil, err }; return &v, nil }`,
			"R0.s shares P0; fresh 0"},
		{"a copied struct with a map", `type V struct{ m map[string]int }; func f(v *V) V { n := *v; return n }`,
			"R0 shares P0"},
		{"a swapped-out map is owned", `func (s *S) f() { old := s.m; s.m = nil; old["a"] = 1 }`,
			"P0.m loaded; P0.m replaced"},
		{"a goroutine outlives the function", `func (s *S) f() { go func() { s.m["a"] = 1 }() }`,
			"P0.m loaded spawned; P0.m written spawned; goroutine S.f$1; publishes P0"},
		{"a started goroutine runs beside what follows", `func (s *S) f() { go func() { s.m["a"] = 1 }(); s.m["b"] = 1 }`,
			"P0.m loaded beside a goroutine; P0.m loaded spawned; P0.m written beside a goroutine; P0.m written spawned; goroutine S.f$1; publishes P0"},
		{"a wait group joins", `func (s *S) f() { s.wg.Go(func() { s.m["a"] = 1 }); s.wg.Wait(); s.m["b"] = 1 }`,
			"P0.m loaded; P0.m loaded spawned; P0.m written; P0.m written spawned; goroutine S.f$1 signals P0.wg; joins P0.wg; publishes P0"},
		{"one receive does not join many", `func f(out map[string]int, done chan int) { for range 9 { go func() { out["a"] = 1; done <- 1 }() }; <-done; _ = len(out) }`,
			"L:f#0 loaded beside a goroutine; L:f#0 loaded spawned many; P0 measured beside a goroutine; P0 written spawned many; goroutine f$1 signals P1; joins P1; publishes P0; publishes P1"},
		{"a loop that receives joins", `func f(out map[string]int, done chan int) { for range 9 { go func() { out["a"] = 1; done <- 1 }() }; for range 9 { <-done }; _ = len(out) }`,
			"L:f#0 loaded; L:f#0 loaded spawned many; P0 measured; P0 written spawned many; goroutine f$1 signals P1; joins P1; publishes P0; publishes P1"},
		{"a function parameter is called", `func f(s *S, visit func(*S)) { s.mu.Lock(); visit(s.sub); s.mu.Unlock() }`,
			"call P1 [P0.mu:W]"},
		{"two methods of one name, of two objects", `func (s *S) put() { s.m["a"] = 1 }; func f(a, b *S, c bool) { do := a.put; if c { do = b.put }; do() }`,
			"P0.m loaded; P0.m written; P1.m loaded; P1.m written"},
		{"a function in a table", `func f(s *S) { tests := []struct{ do func(*S) }{{do: func(s *S) { s.m["a"] = 1 }}}; for _, t := range tests { t.do(s) } }`,
			"P0.m loaded; P0.m written"},
	} {
		t.Run(test.name, func(t *testing.T) {
			all := summaries(t, types+test.src)
			got := all["f"]
			if got == "" {
				got = all["S.f"]
			}
			assert.Equal(t, test.want, got)
		})
	}
}
