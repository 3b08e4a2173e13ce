package semaphores

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// Turns has a weighted semaphore that lets one in, and one that lets several in.
type Turns struct {
	one  *semaphore.Weighted
	few  *semaphore.Weighted
	safe map[string]int
	rows map[string]int
}

func NewTurns() *Turns {
	return &Turns{one: semaphore.NewWeighted(1), few: semaphore.NewWeighted(4), safe: map[string]int{}, rows: map[string]int{}}
}

func (t *Turns) oneOk(ctx context.Context, k string) {
	if t.one.Acquire(ctx, 1) != nil {
		return
	}
	defer t.one.Release(1)
	t.safe[k]++
}

func (t *Turns) tryOk(k string) {
	if !t.one.TryAcquire(1) {
		return
	}
	t.safe[k]++
	t.one.Release(1)
}

func (t *Turns) fewBad(ctx context.Context, k string) {
	if t.few.Acquire(ctx, 1) != nil {
		return
	}
	defer t.few.Release(1)
	t.rows[k]++ // want `map Turns.rows is written here by several goroutines at once with no lock`
}

func (t *Turns) All(ctx context.Context, ks []string) {
	for _, k := range ks {
		go t.oneOk(ctx, k)
		go t.tryOk(k)
		go t.fewBad(ctx, k)
	}
}

func (t *Turns) AfterBad(ctx context.Context, k string) int {
	t.oneOk(ctx, k)
	return t.safe[k] // want `map Turns.safe is read without Turns.one, held at \d of its \d other accesses`
}
