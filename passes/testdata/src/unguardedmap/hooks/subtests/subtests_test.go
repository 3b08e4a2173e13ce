package subtests

import "testing"

// Parallel subtests run together once the function around them is done.
func TestParallelBad(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen[name] = true // want `map seen is written here by several goroutines at once with no lock`
		})
	}
}

// Their setting is complete by then.
func TestParallelOk(t *testing.T) {
	limits := map[string]int{}
	for _, name := range []string{"a", "b"} {
		limits[name] = 1
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_ = limits[name]
		})
	}
	limits["c"] = 1
}

// Others are over when Run returns.
func TestSerialOk(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) { seen[name] = true })
	}
	_ = len(seen)
}

func TestTwoBad(t *testing.T) {
	seen := map[string]bool{}
	t.Run("a", func(t *testing.T) {
		t.Parallel()
		seen["a"] = true // want `map seen is written here and written at subtests_test.go:\d+ with no lock in common`
	})
	t.Run("b", func(t *testing.T) {
		t.Parallel()
		seen["b"] = true
	})
}

func BenchmarkBad(b *testing.B) {
	seen := map[string]int{}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			seen["n"]++ // want `map seen is written here by several goroutines at once with no lock`
		}
	})
}

func BenchmarkOk(b *testing.B) {
	seen := map[string]int{"n": 1}
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			_ = seen["n"]
		}
	})
	seen["n"]++
}
